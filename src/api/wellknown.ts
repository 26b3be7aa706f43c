import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import { GET } from "../core/operation.ts";
import type { HydraResponse } from "../core/response.ts";
import { type CallOptions, connect, type Send } from "../core/transport.ts";
import type { JsonWebKeySet } from "../types.ts";

/** The public keys of the server: the operation that Hydra tags `wellknown`. Errors are as with `OAuth2Api`. */
export class WellknownApi {
  readonly #send: Send;

  /**
   * @param configuration where Hydra is; a plain object does as well
   * @param basePath used if the configuration has none
   * @throws {@link RequiredError} there is no `basePath`
   * @throws {@link InvalidInputError} a value is invalid
   */
  constructor(configuration?: Configuration | ConfigurationParameters, basePath?: string) {
    this.#send = connect(configuration, basePath);
  }

  /**
   * Reads the public keys that ID tokens and JWT access tokens are verified with.
   *
   * @see Hydra operation `discoverJsonWebKeys`
   */
  async discoverJsonWebKeys(options?: CallOptions): Promise<HydraResponse<JsonWebKeySet>> {
    return this.#send(GET("/.well-known/jwks.json"), options);
  }
}
