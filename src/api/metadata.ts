import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import { GET } from "../core/operation.ts";
import type { HydraResponse } from "../core/response.ts";
import { type CallOptions, connect, type Send } from "../core/transport.ts";
import type { GetVersion200Response, HealthStatus, IsReady200Response } from "../types.ts";

/** Health and version of the server, asked at the admin listener: the operations that Hydra tags `metadata`. */
export class MetadataApi {
  readonly #send: Send;

  /**
   * @param configuration where Hydra is and who calls; a plain object works as well
   * @param basePath used if the configuration has none
   * @throws {@link RequiredError} there is no `basePath`
   * @throws {@link InvalidInputError} a value is invalid
   */
  constructor(configuration?: Configuration | ConfigurationParameters, basePath?: string) {
    this.#send = connect(configuration, basePath);
  }

  /**
   * Reads the version that the server runs.
   *
   * @see Hydra operation `getVersion`
   */
  async getVersion(options?: CallOptions): Promise<HydraResponse<GetVersion200Response>> {
    return this.#send(GET("/version", { listener: "admin", credential: "token" }), options);
  }

  /**
   * Says whether the server accepts requests. It does not look at the database: see {@link isReady}.
   *
   * @see Hydra operation `isAlive`
   */
  async isAlive(options?: CallOptions): Promise<HydraResponse<HealthStatus>> {
    return this.#send(GET("/health/alive", { listener: "admin" }), options);
  }

  /**
   * Says whether the server and what it depends on, such as its database, are ready.
   *
   * @throws {@link ResponseError} 503 something is not; `response.data.errors` says what
   * @see Hydra operation `isReady`
   */
  async isReady(options?: CallOptions): Promise<HydraResponse<IsReady200Response>> {
    return this.#send(GET("/health/ready", { listener: "admin" }), options);
  }
}
