import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import type { HydraResponse } from "../core/response.ts";
import { type Call, type CallOptions, connect, GET } from "../core/transport.ts";
import type { GetVersion200Response, HealthStatus, IsReady200Response } from "../types.ts";

/** Health and version of the server, asked at the admin listener: the operations that Hydra tags `metadata`. */
export class MetadataApi {
  readonly #call: Call;

  /**
   * @param configuration where Hydra is and who calls; a plain object does as well
   * @param basePath used where the configuration has none
   * @throws {@link RequiredError} there is no `basePath`
   * @throws {@link InvalidInputError} a value cannot be right
   */
  constructor(configuration?: Configuration | ConfigurationParameters, basePath?: string) {
    this.#call = connect(configuration, basePath);
  }

  /**
   * Reads the version that the server runs.
   *
   * @see Hydra operation `getVersion`
   */
  getVersion(options?: CallOptions): Promise<HydraResponse<GetVersion200Response>> {
    return this.#call(options, {}, [], () => GET("/version"));
  }

  /**
   * Says whether the server accepts requests. It does not look at the database: see {@link isReady}.
   *
   * @see Hydra operation `isAlive`
   */
  isAlive(options?: CallOptions): Promise<HydraResponse<HealthStatus>> {
    return this.#call(options, {}, [], () => GET("/health/alive"));
  }

  /**
   * Says whether the server and what it depends on, such as its database, are ready.
   *
   * @throws {@link ResponseError} 503 something is not; `response.data.errors` says what
   * @see Hydra operation `isReady`
   */
  isReady(options?: CallOptions): Promise<HydraResponse<IsReady200Response>> {
    return this.#call(options, {}, [], () => GET("/health/ready"));
  }
}
