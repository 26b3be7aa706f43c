import { decodeProtectedHeader } from "jose";
import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import {
  clientSecretBasic,
  clientSecretJwt,
  clientSecretPost,
  none,
  privateKeyJwt,
} from "../../src/tokens/client-auth.ts";
import { clientCredentials } from "../../src/tokens/grants.ts";
import { generateKey, publicJwks } from "../../src/tokens/keys.ts";
import type { ClientAuth } from "../../src/types.ts";
import { rejection } from "../support/observe.ts";

const SECRET = "s3cr:et/ä+ &=%€~*'";
const serviceClient = { grant_types: ["client_credentials"], scope: "read" };
let key: Awaited<ReturnType<typeof generateKey>>;
let foreignKey: oauth.CryptoKey;
let hydra: MockHydra;
let clients: Record<"client_secret_basic" | "client_secret_post" | "private_key_jwt", string>;

beforeAll(async () => {
  key = await generateKey("ES256");
  const { kty, crv, x, y, d } = key;
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  foreignKey = await crypto.subtle.importKey("jwk", { kty, crv, x, y, d } as any, algorithm, false, ["sign"]);
});
beforeEach(async () => {
  hydra = createMockHydra();
  const register = (token_endpoint_auth_method: string, more: object) =>
    hydra.addClient({ ...serviceClient, token_endpoint_auth_method, ...more }).client_id;
  clients = {
    client_secret_basic: register("client_secret_basic", { client_secret: SECRET }),
    client_secret_post: register("client_secret_post", { client_secret: SECRET }),
    private_key_jwt: register("private_key_jwt", {
      token_endpoint_auth_signing_alg: "ES256",
      jwks: await publicJwks(key),
    }),
  };
});

const ours = (): [keyof typeof clients, ClientAuth][] => [
  ["client_secret_basic", clientSecretBasic(SECRET)],
  ["client_secret_post", clientSecretPost(SECRET)],
  ["private_key_jwt", privateKeyJwt(key)],
];

test("oauth4webapi accepts our client authentication", async () => {
  const issuer = new URL(`${hydra.publicUrl}/`);
  const options = { [oauth.customFetch]: hydra.fetch, [oauth.allowInsecureRequests]: true } as any;
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  for (const [method, auth] of ours()) {
    const client = { client_id: clients[method] };
    const parameters = new URLSearchParams({ scope: "read" });
    const response = await oauth.clientCredentialsGrantRequest(as, client, auth, parameters, options);
    const tokens = await oauth.processClientCredentialsResponse(as, client, response);
    expect(tokens).toMatchObject({ scope: "read" });
  }
});

test("openid-client accepts our client authentication", async () => {
  for (const [method, auth] of ours()) {
    const config = await openid.discovery(new URL(`${hydra.publicUrl}/`), clients[method], undefined, auth, {
      execute: [openid.allowInsecureRequests],
      [openid.customFetch]: hydra.fetch as openid.CustomFetch,
    });
    const tokens = await openid.clientCredentialsGrant(config, { scope: "read" });
    expect(tokens.scope).toBe("read");
    await openid.tokenRevocation(config, tokens.access_token);
  }
});

describe.each([
  ["oauth4webapi", oauth],
  ["openid-client", openid],
])("clientCredentials accepts the client authentication of %s", (_name, library) => {
  const get = (method: keyof typeof clients, auth: ClientAuth) =>
    clientCredentials({
      basePath: hydra.publicUrl,
      clientId: clients[method],
      auth,
      scope: "read",
      fetch: hydra.fetch,
    });

  test("with a secret, in the header and in the form", async () => {
    expect(await get("client_secret_basic", library.ClientSecretBasic(SECRET))).toMatchObject({ scope: "read" });
    expect(await get("client_secret_post", library.ClientSecretPost(SECRET))).toMatchObject({ scope: "read" });
  });

  test("with an assertion, whose audience must be changed for Hydra", async () => {
    const signing = { key: foreignKey, kid: key.kid };
    const plain = library.PrivateKeyJwt(signing);
    expect(await rejection(get("private_key_jwt", plain))).toMatchObject({ status: 401 });
    const changed = library.PrivateKeyJwt(signing, {
      [library.modifyAssertion]: (_header: unknown, payload: Record<string, unknown>) => {
        payload["aud"] = `${hydra.publicUrl}/oauth2/token`;
      },
    });
    expect(await get("private_key_jwt", changed)).toMatchObject({ scope: "read" });
  });

  test("with none and client_secret_jwt, which send the same parameters as ours", async () => {
    const sent = async (auth: ClientAuth) => {
      const body = new URLSearchParams();
      const headers = new Headers();
      await auth(
        { issuer: "https://as.example", token_endpoint: "https://as.example/t" },
        { client_id: "c" },
        body,
        headers,
      );
      const assertion = body.get("client_assertion");
      const { alg } = assertion ? decodeProtectedHeader(assertion) : {};
      return [[...body.keys()], [...headers], alg];
    };
    expect(await sent(library.None())).toEqual(await sent(none()));
    expect(await sent(library.ClientSecretJwt(SECRET))).toEqual(await sent(clientSecretJwt(SECRET)));
    expect((await sent(clientSecretJwt(SECRET))).at(-1)).toBe("HS256");
  });
});
