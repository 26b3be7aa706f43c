import { basicAuthorization } from "../core/credentials.ts";
import { assertInput, assertOptions, requireValue } from "../core/validate.ts";
import type { ClientAuth } from "../types.ts";
import { importKey, type SigningAlgorithm, type SigningKey } from "./keys.ts";

/** `none`: a public client, which sends only its `client_id` (RFC 6749, section 3.2.1). */
export function none(): ClientAuth {
  return (_as, client, body) => body.set("client_id", client.client_id);
}

/**
 * `client_secret_basic`: ID and secret in the `Authorization` header, both form-encoded first (RFC 6749, section 2.3.1 and
 * appendix B). Without the encoding, Hydra rejects secrets with special characters.
 *
 * @param clientSecret as the server returned it, not encoded
 * @throws {@link RequiredError} `clientSecret` is missing
 */
export function clientSecretBasic(clientSecret: string): ClientAuth {
  requireValue(clientSecret, "clientSecret");
  return (_as, client, _body, headers) =>
    headers.set("authorization", basicAuthorization(client.client_id, clientSecret));
}

/**
 * `client_secret_post`: ID and secret in the form (RFC 6749, section 2.3.1).
 *
 * @param clientSecret as the server returned it, not encoded
 * @throws {@link RequiredError} `clientSecret` is missing
 */
export function clientSecretPost(clientSecret: string): ClientAuth {
  requireValue(clientSecret, "clientSecret");
  return (_as, client, body) => {
    body.set("client_id", client.client_id);
    body.set("client_secret", clientSecret);
  };
}

/** The contents of a client assertion. */
export interface AssertionOptions {
  /**
   * The `aud` of the assertion. Hydra requires its token endpoint, with the URL that Hydra itself is configured with: set it
   * if `basePath` is a different URL, for example inside a cluster, or pass `issuer` instead of `basePath`. Servers that
   * follow FAPI 2.0 require their issuer.
   * @default the token endpoint
   */
  audience?: string | string[] | undefined;
  /** Seconds until the assertion expires, from 1 to 3600. @default 60 */
  lifetime?: number | undefined;
  /** The `typ` of the header, such as `client-authentication+jwt`, for servers that require one. @default none */
  typ?: string | undefined;
  /** The clock: milliseconds since the Unix epoch. @default Date.now */
  now?: (() => number) | undefined;
}

/** How {@link privateKeyJwt} signs. */
export interface PrivateKeyJwtOptions extends AssertionOptions {
  /**
   * The algorithm: the client's `token_endpoint_auth_signing_alg`. Hydra accepts the RS, PS and ES families.
   * @default the key's own; `RS256` for an RSA key that does not name one
   */
  alg?: SigningAlgorithm | undefined;
  /**
   * The `kid` under which the key is registered; `null` omits it.
   * @default the `kid` of a JSON Web Key, otherwise the thumbprint of RFC 7638, which `publicJwks` registers; omitted for a
   * `CryptoKey` that is not extractable
   */
  kid?: string | null | undefined;
}

/**
 * `private_key_jwt`: a signed JWT instead of a secret (RFC 7523, section 2.2). Each request uses a new one, because servers
 * accept a `jti` once. Its `iat` is 30 s in the past, so that a clock up to 30 s ahead of the server's is tolerated: Hydra
 * responds with 500 to an `iat` in the future. It is valid for 60 s, so that a clock up to 60 s behind is tolerated, too.
 *
 * @param key a private key; the first request imports it and loads jose
 * @param options how to sign, and the contents of the assertion
 * @throws {@link InvalidInputError} at the first request: `key` is public, symmetric, too short, or does not fit `alg`
 *
 * @example
 * ```ts
 * const auth = privateKeyJwt(process.env.CLIENT_KEY!);
 * const { access_token } = await clientCredentials({ basePath: "https://slug.projects.oryapis.com", clientId, auth });
 * ```
 */
export function privateKeyJwt(key: SigningKey, options: PrivateKeyJwtOptions = {}): ClientAuth {
  assertOptions(options, [...ASSERTION_OPTIONS, "alg", "kid"], "privateKeyJwt", "is it misspelled?");
  return clientAssertion(options, async () => {
    const imported = await importKey(key, { alg: options.alg, sign: true });
    const { kid } = options;
    return { ...imported, kid: kid === null ? undefined : kid || imported.kid };
  });
}

/**
 * `client_secret_jwt`: a JWT signed with the secret and HS256 (OpenID Connect Core 1.0, section 9). For other servers:
 * Hydra does not support it.
 *
 * @param clientSecret the key of the signature, as the server returned it
 * @param options the contents of the assertion
 * @throws {@link RequiredError} `clientSecret` is missing
 */
export function clientSecretJwt(clientSecret: string, options: AssertionOptions = {}): ClientAuth {
  requireValue(clientSecret, "clientSecret");
  const key = new TextEncoder().encode(clientSecret);
  assertOptions(options, ASSERTION_OPTIONS, "clientSecretJwt", "is it misspelled?");
  return clientAssertion(options, async () => ({ key, alg: "HS256" }));
}

const ASSERTION_OPTIONS = ["audience", "lifetime", "typ", "now"];

type Signer = { key: CryptoKey | Uint8Array; alg: string; kid?: string | undefined };

function clientAssertion(options: AssertionOptions, signer: () => Promise<Signer>): ClientAuth {
  const { lifetime = 60, typ, now = Date.now } = options;
  assertInput(lifetime >= 1 && lifetime <= 3600, "lifetime", "must be a number of seconds from 1 to 3600");
  const prepare = async () => {
    const { key, alg, kid } = await signer();
    const { SignJWT } = await import("jose");
    return { key, SignJWT, header: { alg, ...(kid !== undefined && { kid }), ...(typ !== undefined && { typ }) } };
  };
  let prepared: Awaited<ReturnType<typeof prepare>> | undefined;
  return async (as, { client_id }, body) => {
    const { audience = as.token_endpoint } = options;
    assertInput(audience?.length, "audience", "is missing, because the token endpoint is unknown: pass it");
    prepared ??= await prepare();
    const { key, SignJWT, header } = prepared;
    const time = Math.floor(now() / 1000);
    const claims = {
      iss: client_id,
      sub: client_id,
      aud: audience,
      jti: crypto.randomUUID(),
      iat: time - 30,
      exp: time + Math.floor(lifetime),
    };
    body.set("client_id", client_id);
    body.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    body.set("client_assertion", await new SignJWT(claims).setProtectedHeader(header).sign(key));
  };
}
