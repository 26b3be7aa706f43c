import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import type { HydraResponse } from "../core/response.ts";
import { type Call, type CallOptions, connect, GET } from "../core/transport.ts";
import type { JsonWebKeySet } from "../types.ts";

/** The public keys of the server: the operation that Hydra tags `wellknown`. Errors are as with `OAuth2Api`. */
export class WellknownApi {
  readonly #call: Call;

  /**
   * @param configuration where Hydra is; a plain object does as well
   * @param basePath used where the configuration has none
   * @throws {@link RequiredError} there is no `basePath`
   * @throws {@link InvalidInputError} a value cannot be right
   */
  constructor(configuration?: Configuration | ConfigurationParameters, basePath?: string) {
    this.#call = connect(configuration, basePath);
  }

  /**
   * Reads the public keys that ID tokens and JWT access tokens are verified with.
   *
   * @see Hydra operation `discoverJsonWebKeys`
   */
  discoverJsonWebKeys(options?: CallOptions): Promise<HydraResponse<JsonWebKeySet>> {
    return this.#call(options, {}, [], () => GET("/.well-known/jwks.json"));
  }
}
