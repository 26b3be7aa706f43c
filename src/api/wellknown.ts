import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import { GET } from "../core/operation.ts";
import type { HydraResponse } from "../core/response.ts";
import { type CallOptions, connect, type Send } from "../core/transport.ts";
import type { JsonWebKeySet } from "../types.ts";

/**
 * The public keys of the server: the operation that Hydra tags `wellknown`. Errors are the same as those of
 * `OAuth2Api`.
 */
export class WellknownApi {
  readonly #send: Send;
  /** The configuration that the calls use. */
  declare protected readonly configuration: Configuration;

  /**
   * @param configuration how to reach Hydra: a {@link Configuration} or a plain object
   * @param basePath used if the configuration does not have one
   * @throws {@link RequiredError} `basePath` is missing
   * @throws {@link InvalidInputError} a value is invalid
   */
  constructor(configuration?: ConfigurationParameters, basePath?: string, ...unsupported: never[]) {
    this.#send = connect(this, configuration, basePath, unsupported);
  }

  /**
   * Returns the public keys that verify ID tokens and JWT access tokens.
   *
   * @example const { keys } = (await api.discoverJsonWebKeys()).data;
   * @see [Hydra operation `discoverJsonWebKeys`](https://www.ory.com/docs/hydra/reference/api#tag/wellknown/operation/discoverJsonWebKeys)
   */
  async discoverJsonWebKeys(options?: CallOptions): Promise<HydraResponse<JsonWebKeySet>> {
    return this.#send(GET("/.well-known/jwks.json"), options);
  }
}
