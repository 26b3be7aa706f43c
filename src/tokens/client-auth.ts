import { check, RequiredError } from "../core/errors.ts";
import { formEncode } from "../core/form.ts";
import { importKey, type SigningAlgorithm, type SigningKey } from "./keys.ts";

/** What a client authentication may read of the server (RFC 8414). */
export type ServerMetadata = {
  /** The server's own name for itself. */
  readonly issuer: string;
  /** Where its token endpoint is. */
  readonly token_endpoint?: string;
};

/** What a client authentication may read of the client (RFC 7591). */
export type ClientMetadata = {
  /** The client's id. */
  client_id: string;
};

/**
 * How a client shows who it is: adds to the form and to the headers of a request that is about to be sent. Of the shape
 * of `ClientAuth` of oauth4webapi 3 and openid-client 6, so that theirs work here and these work there.
 *
 * A Hydra takes only the method that the client is registered for: its `token_endpoint_auth_method`.
 */
export type ClientAuth = (
  as: ServerMetadata,
  client: ClientMetadata,
  body: URLSearchParams,
  headers: Headers,
) => void | Promise<void>;

/** `none`: a public client, which sends its `client_id` alone (RFC 6749, section 3.2.1). */
export function none(): ClientAuth {
  return (_as, client, body) => body.set("client_id", client.client_id);
}

/**
 * `client_secret_basic`: id and secret in the `Authorization` header, both form-encoded first, without which Hydra
 * refuses many a secret (RFC 6749, section 2.3.1 and appendix B).
 *
 * @param clientSecret as the server gave it: not encoded
 * @throws {@link RequiredError} `clientSecret` is missing
 */
export function clientSecretBasic(clientSecret: string): ClientAuth {
  demand(clientSecret, "clientSecret");
  return (_as, client, _body, headers) =>
    headers.set("authorization", basicAuthorization(client.client_id, clientSecret));
}

/**
 * `client_secret_post`: id and secret in the form (RFC 6749, section 2.3.1).
 *
 * @param clientSecret as the server gave it: not encoded
 * @throws {@link RequiredError} `clientSecret` is missing
 */
export function clientSecretPost(clientSecret: string): ClientAuth {
  demand(clientSecret, "clientSecret");
  return (_as, client, body) => {
    body.set("client_id", client.client_id);
    body.set("client_secret", clientSecret);
  };
}

/** How a client assertion is made. */
export interface AssertionOptions {
  /**
   * Who is to accept the assertion, its `aud`. Hydra wants its token endpoint, under the address that Hydra itself is
   * configured with: state it where `basePath` is another, inside a cluster, say, or give `issuer` rather than
   * `basePath`. Servers that follow FAPI 2.0 want their issuer.
   * @default the token endpoint
   */
  audience?: string | string[] | undefined;
  /** Seconds until the assertion expires, from 1 to 3600. @default 60 */
  lifetime?: number | undefined;
  /** The `typ` of the header, such as `client-authentication+jwt`, for servers that want one. @default none */
  typ?: string | undefined;
  /** The clock: milliseconds since 1970. @default Date.now */
  now?: (() => number) | undefined;
}

/** How {@link privateKeyJwt} signs. */
export interface PrivateKeyJwtOptions extends AssertionOptions {
  /**
   * The algorithm, which is to be the client's `token_endpoint_auth_signing_alg`. Hydra takes the RS, PS and ES families.
   * @default the key's own; `RS256` for an RSA key that names none
   */
  alg?: SigningAlgorithm | undefined;
  /**
   * Which of the client's keys this is, as it is registered; `null` sends none.
   * @default the `kid` of a JSON Web Key, else the thumbprint of RFC 7638, which `publicJwks` registers; none for a
   * `CryptoKey` that is not extractable
   */
  kid?: string | null | undefined;
}

/**
 * `private_key_jwt`: a signed JWT in place of a secret (RFC 7523, section 2.2). Each request gets a fresh one, for
 * servers take a `jti` once. Its `iat` lies 30 s back, so that a clock up to 30 s ahead of the server's does no harm: a
 * Hydra answers 500 to an `iat` in the future. It is valid for 60 s, so that as much as that may be lost the other way.
 *
 * @param key private; it is read at the first request, and with it jose is loaded
 * @param options how it signs, and what the assertion says
 * @throws {@link InvalidInputError} at the first request: `key` is public, symmetric, too short, or does not fit `alg`
 *
 * @example
 * ```ts
 * const auth = privateKeyJwt(process.env.CLIENT_KEY!);
 * const { access_token } = await clientCredentials({ basePath: "https://slug.projects.oryapis.com", clientId, auth });
 * ```
 */
export function privateKeyJwt(key: SigningKey, options: PrivateKeyJwtOptions = {}): ClientAuth {
  return clientAssertion(options, async () => {
    const imported = await importKey(key, { alg: options.alg, sign: true });
    const { kid } = options;
    return { ...imported, kid: kid === null ? undefined : kid || imported.kid };
  });
}

/**
 * `client_secret_jwt`: a JWT signed with the secret by HS256 (OpenID Connect Core 1.0, section 9). For other servers:
 * Hydra refuses it.
 *
 * @param clientSecret the key of the signature, as the server gave it
 * @param options what the assertion says
 * @throws {@link RequiredError} `clientSecret` is missing
 */
export function clientSecretJwt(clientSecret: string, options: AssertionOptions = {}): ClientAuth {
  demand(clientSecret, "clientSecret");
  const key = new TextEncoder().encode(clientSecret);
  return clientAssertion(options, async () => ({ key, alg: "HS256" }));
}

type Signer = { key: CryptoKey | Uint8Array; alg: string; kid?: string | undefined };

function clientAssertion(options: AssertionOptions, signer: () => Promise<Signer>): ClientAuth {
  const { lifetime = 60, typ, now = Date.now } = options;
  check(lifetime >= 1 && lifetime <= 3600, "lifetime", "must be a number of seconds from 1 to 3600");
  const prepare = async () => {
    const { key, alg, kid } = await signer();
    const { SignJWT } = await import("jose");
    return { key, SignJWT, header: { alg, ...(kid !== undefined && { kid }), ...(typ !== undefined && { typ }) } };
  };
  let prepared: Awaited<ReturnType<typeof prepare>> | undefined;
  return async (as, { client_id }, body) => {
    const { audience = as.token_endpoint } = options;
    check(audience?.length, "audience", "is missing: the token endpoint is not known");
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

/** The value of an `Authorization` header for HTTP Basic, both halves form-encoded first (RFC 6749, section 2.3.1). */
export function basicAuthorization(clientId: string, clientSecret: string): string {
  return `Basic ${btoa(`${formEncode(clientId)}:${formEncode(clientSecret)}`)}`;
}

/**
 * @throws {@link RequiredError} there is no `value`
 * @throws {@link InvalidInputError} it is of another type
 */
export function demand(value: unknown, field: string, type = "string"): void {
  if (!value) throw new RequiredError(field, `${field} is missing`);
  check(typeof value === type, field, `must be a ${type}`);
}
