import type { KeyObject, webcrypto } from "node:crypto";
import type * as jose from "jose";
import type Keyv from "keyv";
import type * as oauth from "oauth4webapi";
import type * as openid from "openid-client";
import type {
  AccessToken,
  ClientAuth,
  ClientCredentialsOptions,
  DeviceAuthorizationOptions,
  ExchangeCodeOptions,
  generateKey,
  JsonWebKey,
  OAuth2Client,
  PrivateKeyJwtOptions,
  publicJwks,
  SigningKey,
  TokenResponse,
  TokenSource,
  TokenStore,
} from "../../src/index.ts";
import type { Equal, Expect } from "./expect.ts";

type Fits<From, To> = From extends To ? true : false;

/** Our client authentication is assignable to that of oauth4webapi and openid-client, and vice versa. */
export type ClientAuthentication = [
  Expect<Fits<ClientAuth, oauth.ClientAuth>>,
  Expect<Fits<ClientAuth, openid.ClientAuth>>,
  Expect<Fits<oauth.ClientAuth, ClientAuth>>,
  Expect<Fits<openid.ClientAuth, ClientAuth>>,
  Expect<Fits<ReturnType<typeof oauth.PrivateKeyJwt>, ClientAuth>>,
];

/** Accepts the key types of common libraries, and no others. */
export type Keys = [
  Expect<Fits<CryptoKey, SigningKey>>,
  Expect<Fits<KeyObject, SigningKey>>,
  Expect<Fits<webcrypto.CryptoKey, SigningKey>>,
  Expect<Fits<jose.CryptoKey, SigningKey>>,
  Expect<Fits<oauth.CryptoKey, SigningKey>>,
  Expect<Fits<jose.JWK_EC_Private, SigningKey>>,
  Expect<Fits<jose.JWK_RSA_Private, SigningKey>>,
  Expect<Fits<webcrypto.JsonWebKey, SigningKey>>,
  Expect<Fits<JsonWebKey, SigningKey>>,
  Expect<Fits<string, SigningKey>>,
  Expect<Fits<Awaited<ReturnType<typeof generateKey>>, SigningKey>>,
  Expect<Equal<Fits<Uint8Array, SigningKey>, false>>,
  Expect<Equal<Fits<undefined, SigningKey>, false>>,
];

/** Accepts a key with a separate algorithm, and an assertion without `kid`. */
export type Named = [
  Expect<Fits<{ key: string; alg: "PS256" }, Parameters<typeof publicJwks>[number]>>,
  Expect<Fits<{ kid: null }, PrivateKeyJwtOptions>>,
];

/** The result of publicJwks can be registered. */
export type Registration = Expect<Fits<Awaited<ReturnType<typeof publicJwks>>, NonNullable<OAuth2Client["jwks"]>>>;

/** A token source can be used as `accessToken`, a Map or a Keyv as store. */
export type Sources = [
  Expect<Fits<TokenSource, AccessToken>>,
  Expect<Fits<Map<string, any>, TokenStore>>,
  Expect<Fits<Keyv, TokenStore>>,
];

/** The required and optional fields of a token response. */
export type TokenResponseFields = [
  Expect<Equal<TokenResponse["access_token"], string>>,
  Expect<Equal<TokenResponse["refresh_token"], string | undefined>>,
];

declare const auth: ClientAuth;
const clientId = "c";

/** Exactly one option must identify the server. */
export const accepted: ClientCredentialsOptions[] = [
  { basePath: "https://hydra.example", clientId, auth },
  { issuer: "https://hydra.example", clientId, auth, scope: ["a"], audience: "b", parameters: { resource: "r" } },
  { tokenEndpoint: "https://hydra.example/oauth2/token", clientId, auth, timeout: 1, headers: { a: "1" } },
  { basePath: "https://hydra.example", clientId, auth: (_as, _client, body) => body.set("a", "b") },
  { basePath: "https://hydra.example", clientId, auth, parameters: { resource: ["a", "b"], left: undefined } },
  { basePath: "https://hydra.example", clientId, auth, parameters: new URLSearchParams(), headers: { a: undefined } },
];

// @ts-expect-error no server
export const noServer: ClientCredentialsOptions = { clientId, auth };
// @ts-expect-error two servers
export const twoServers: ClientCredentialsOptions = { basePath: "", issuer: "", clientId, auth };
// @ts-expect-error no authentication
export const noAuth: ClientCredentialsOptions = { basePath: "", clientId };
// @ts-expect-error a secret is not a client authentication
export const secret: ClientCredentialsOptions = { basePath: "", clientId, auth: "secret" };
// @ts-expect-error no code
export const noCode: ExchangeCodeOptions = { basePath: "", clientId };
// @ts-expect-error the token endpoint does not identify the device authorization endpoint
export const device: DeviceAuthorizationOptions = { tokenEndpoint: "", clientId };
