import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import { DELETE, GET, POST, PUT } from "../core/operation.ts";
import type { HydraResponse } from "../core/response.ts";
import { type CallOptions, connect, type Send } from "../core/transport.ts";
import { assertInput, requireParameters } from "../core/validate.ts";
import type * as T from "../types.ts";

/**
 * JSON Web Key Sets (RFC 7517) that Hydra stores, including private keys: the operations that Hydra tags `jwk`. Sets
 * such as `hydra.openid.id-token` sign Hydra's own tokens. Errors are the same as those of `OAuth2Api`.
 */
export class JwkApi {
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
   * Generates a key in a set and creates the set if it does not exist. The response contains the private key.
   *
   * @throws {@link ResponseError} 400 `alg` is missing or unknown (`HS256` and `HS512` among them)
   * @example const { data } = await api.createJsonWebKeySet({ set: "signing", createJsonWebKeySet: { alg: "ES256" } });
   * @see [Hydra operation `createJsonWebKeySet`](https://www.ory.com/docs/hydra/reference/api#tag/jwk/operation/createJsonWebKeySet)
   */
  async createJsonWebKeySet(
    parameters: T.JwkApiCreateJsonWebKeySetRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.JsonWebKeySet>> {
    const { set, createJsonWebKeySet } = requireParameters(parameters, ["set", "createJsonWebKeySet"]);
    return this.#send(POST("/admin/keys/{set}", { path: { set }, body: createJsonWebKeySet }), options);
  }

  /**
   * Deletes one key of a set. Succeeds even if the key does not exist. An empty `kid`, which would delete the set, is
   * rejected before it is sent.
   *
   * @throws {@link InvalidInputError} `set` or `kid` is empty
   * @example await api.deleteJsonWebKey({ set: "signing", kid: "2026-01" });
   * @see [Hydra operation `deleteJsonWebKey`](https://www.ory.com/docs/hydra/reference/api#tag/jwk/operation/deleteJsonWebKey)
   */
  async deleteJsonWebKey(
    parameters: T.JwkApiDeleteJsonWebKeyRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const { set, kid } = requireParameters(parameters, ["set", "kid"]);
    return this.#send(DELETE("/admin/keys/{set}/{kid}", { path: { set, kid }, response: "empty" }), options);
  }

  /**
   * Deletes a set and all its keys. Succeeds even if the set does not exist.
   *
   * @example await api.deleteJsonWebKeySet({ set: "signing" });
   * @see [Hydra operation `deleteJsonWebKeySet`](https://www.ory.com/docs/hydra/reference/api#tag/jwk/operation/deleteJsonWebKeySet)
   */
  async deleteJsonWebKeySet(
    parameters: T.JwkApiDeleteJsonWebKeySetRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<void>> {
    const { set } = requireParameters(parameters, ["set"]);
    return this.#send(DELETE("/admin/keys/{set}", { path: { set }, response: "empty" }), options);
  }

  /**
   * Returns one key, as a set with one member.
   *
   * @throws {@link ResponseError} 404 the key does not exist
   * @example const { data } = await api.getJsonWebKey({ set: "signing", kid: "2026-01" });
   * @see [Hydra operation `getJsonWebKey`](https://www.ory.com/docs/hydra/reference/api#tag/jwk/operation/getJsonWebKey)
   */
  async getJsonWebKey(
    parameters: T.JwkApiGetJsonWebKeyRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.JsonWebKeySet>> {
    const { set, kid } = requireParameters(parameters, ["set", "kid"]);
    return this.#send(GET("/admin/keys/{set}/{kid}", { path: { set, kid } }), options);
  }

  /**
   * Returns a set, including private keys.
   *
   * @throws {@link ResponseError} 404 the set does not exist
   * @example const { keys } = (await api.getJsonWebKeySet({ set: "hydra.openid.id-token" })).data;
   * @see [Hydra operation `getJsonWebKeySet`](https://www.ory.com/docs/hydra/reference/api#tag/jwk/operation/getJsonWebKeySet)
   */
  async getJsonWebKeySet(
    parameters: T.JwkApiGetJsonWebKeySetRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.JsonWebKeySet>> {
    const { set } = requireParameters(parameters, ["set"]);
    return this.#send(GET("/admin/keys/{set}", { path: { set } }), options);
  }

  /**
   * Stores your own key in a set and replaces the key with the same `kid`, if any.
   *
   * @throws {@link ResponseError} 400 the body is not a JSON Web Key
   * @example await api.setJsonWebKey({ set: "signing", kid: "2026-01", jsonWebKey });
   * @see [Hydra operation `setJsonWebKey`](https://www.ory.com/docs/hydra/reference/api#tag/jwk/operation/setJsonWebKey)
   */
  async setJsonWebKey(
    parameters: T.JwkApiSetJsonWebKeyRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.JsonWebKey>> {
    const { set, kid, jsonWebKey } = requireParameters(parameters, ["set", "kid"]);
    return this.#send(
      PUT("/admin/keys/{set}/{kid}", {
        path: { set, kid },
        body: jsonWebKey ?? ({} as T.JsonWebKey),
      }),
      options,
    );
  }

  /**
   * Replaces all keys of a set with your own.
   *
   * @throws {@link ResponseError} 400 the body is not a JSON Web Key Set
   * @example await api.setJsonWebKeySet({ set: "signing", jsonWebKeySet: { keys: [jsonWebKey] } });
   * @see [Hydra operation `setJsonWebKeySet`](https://www.ory.com/docs/hydra/reference/api#tag/jwk/operation/setJsonWebKeySet)
   */
  async setJsonWebKeySet(
    parameters: T.JwkApiSetJsonWebKeySetRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.JsonWebKeySet>> {
    const { set, jsonWebKeySet } = requireParameters(parameters, ["set"]);
    const hasKeys = Array.isArray(jsonWebKeySet?.keys);
    assertInput(hasKeys, "jsonWebKeySet", "must have a list of keys: without it, Hydra deletes all keys of the set");
    return this.#send(PUT("/admin/keys/{set}", { path: { set }, body: jsonWebKeySet! }), options);
  }
}
