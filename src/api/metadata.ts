import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import { GET } from "../core/operation.ts";
import type { HydraResponse } from "../core/response.ts";
import { type CallOptions, connect, type Send } from "../core/transport.ts";
import type { GetVersion200Response, HealthStatus, IsReady200Response } from "../types.ts";

/** Health and version of the server, requested from the admin listener: the operations that Hydra tags `metadata`. */
export class MetadataApi {
  readonly #send: Send;
  /** The configuration that the calls use. */
  declare protected readonly configuration: Configuration;

  /**
   * @param configuration how to reach Hydra, and the credentials: a {@link Configuration} or a plain object
   * @param basePath used if the configuration does not have one
   * @throws {@link RequiredError} `basePath` is missing
   * @throws {@link InvalidInputError} a value is invalid
   */
  constructor(configuration?: ConfigurationParameters, basePath?: string, ...unsupported: never[]) {
    this.#send = connect(this, configuration, basePath, unsupported);
  }

  /**
   * Returns the version of the server.
   *
   * @example const { version } = (await api.getVersion()).data;
   * @see [Hydra operation `getVersion`](https://www.ory.com/docs/hydra/reference/api#tag/metadata/operation/getVersion)
   */
  async getVersion(options?: CallOptions): Promise<HydraResponse<GetVersion200Response>> {
    return this.#send(GET("/version", { listener: "admin", credential: "token" }), options);
  }

  /**
   * Reports whether the server accepts requests. Does not check the database: see {@link isReady}.
   *
   * @example await api.isAlive({ timeout: 2_000 });
   * @see [Hydra operation `isAlive`](https://www.ory.com/docs/hydra/reference/api#tag/metadata/operation/isAlive)
   */
  async isAlive(options?: CallOptions): Promise<HydraResponse<HealthStatus>> {
    return this.#send(GET("/health/alive", { listener: "admin" }), options);
  }

  /**
   * Reports whether the server and its dependencies, such as the database, are ready.
   *
   * @throws {@link ResponseError} 503 the server or a dependency is not ready; `response.data.errors` names it
   * @example const { status } = (await api.isReady()).data;
   * @see [Hydra operation `isReady`](https://www.ory.com/docs/hydra/reference/api#tag/metadata/operation/isReady)
   */
  async isReady(options?: CallOptions): Promise<HydraResponse<IsReady200Response>> {
    return this.#send(GET("/health/ready", { listener: "admin" }), options);
  }
}
