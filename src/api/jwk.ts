import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import type { HydraResponse } from "../core/response.ts";
import { type Call, type CallOptions, connect, DELETE, GET, POST, PUT } from "../core/transport.ts";
import type * as T from "../types.ts";

/**
 * JSON Web Key sets (RFC 7517) that Hydra keeps, private parts included: the operations that Hydra tags `jwk`. Sets
 * such as `hydra.openid.id-token` sign Hydra's own tokens. Errors are as with `OAuth2Api`.
 */
export class JwkApi {
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
   * Generates a key into a set, which is created where it does not exist. Its private part is in this answer.
   *
   * @throws {@link ResponseError} 400 `alg` is missing or unknown (`HS256` and `HS512` among them)
   * @see Hydra operation `createJsonWebKeySet`
   */
  createJsonWebKeySet(
    parameters: T.JwkApiCreateJsonWebKeySetRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.JsonWebKeySet>> {
    return this.#call(options, parameters, ["set", "createJsonWebKeySet"], ({ set, createJsonWebKeySet }) =>
      POST("/admin/keys/{set}", { params: { path: { set } }, body: createJsonWebKeySet }),
    );
  }

  /**
   * Deletes one key of a set. Succeeds too where there is none. An empty `kid`, which would delete the set, is refused.
   *
   * @throws {@link InvalidInputError} `set` or `kid` is empty
   * @see Hydra operation `deleteJsonWebKey`
   */
  deleteJsonWebKey(parameters: T.JwkApiDeleteJsonWebKeyRequest, options?: CallOptions): Promise<HydraResponse<void>> {
    return this.#call(options, parameters, ["set", "kid"], ({ set, kid }) =>
      DELETE("/admin/keys/{set}/{kid}", { params: { path: { set, kid } } }),
    );
  }

  /**
   * Deletes a set with all its keys. Succeeds too where there is none.
   *
   * @see Hydra operation `deleteJsonWebKeySet`
   */
  deleteJsonWebKeySet(
    parameters: T.JwkApiDeleteJsonWebKeySetRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    return this.#call(options, parameters, ["set"], ({ set }) =>
      DELETE("/admin/keys/{set}", { params: { path: { set } } }),
    );
  }

  /**
   * Reads one key, as a set of one.
   *
   * @throws {@link ResponseError} 404 there is no such key
   * @see Hydra operation `getJsonWebKey`
   */
  getJsonWebKey(
    parameters: T.JwkApiGetJsonWebKeyRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.JsonWebKeySet>> {
    return this.#call(options, parameters, ["set", "kid"], ({ set, kid }) =>
      GET("/admin/keys/{set}/{kid}", { params: { path: { set, kid } } }),
    );
  }

  /**
   * Reads a set, private parts included.
   *
   * @throws {@link ResponseError} 404 there is no such set
   * @see Hydra operation `getJsonWebKeySet`
   */
  getJsonWebKeySet(
    parameters: T.JwkApiGetJsonWebKeySetRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.JsonWebKeySet>> {
    return this.#call(options, parameters, ["set"], ({ set }) =>
      GET("/admin/keys/{set}", { params: { path: { set } } }),
    );
  }

  /**
   * Stores a key of your own in a set, in place of the one with the same `kid`.
   *
   * @throws {@link ResponseError} 400 it is no JSON Web Key
   * @see Hydra operation `setJsonWebKey`
   */
  setJsonWebKey(parameters: T.JwkApiSetJsonWebKeyRequest, options?: CallOptions): Promise<HydraResponse<T.JsonWebKey>> {
    return this.#call(options, parameters, ["set", "kid"], ({ set, kid, jsonWebKey }) =>
      PUT("/admin/keys/{set}/{kid}", {
        params: { path: { set, kid } },
        body: jsonWebKey ?? ({} as T.JsonWebKey),
      }),
    );
  }

  /**
   * Replaces a set by keys of your own.
   *
   * @throws {@link ResponseError} 400 it is no JSON Web Key set
   * @see Hydra operation `setJsonWebKeySet`
   */
  setJsonWebKeySet(
    parameters: T.JwkApiSetJsonWebKeySetRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.JsonWebKeySet>> {
    return this.#call(options, parameters, ["set"], ({ set, jsonWebKeySet = {} }) =>
      PUT("/admin/keys/{set}", { params: { path: { set } }, body: jsonWebKeySet }),
    );
  }
}
