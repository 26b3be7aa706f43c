import { expect, test } from "vitest";
import { OAuth2Api } from "../../src/api/oauth2.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { clientSecretBasic, clientSecretPost, none, privateKeyJwt } from "../../src/tokens/client-auth.ts";
import { clientCredentials } from "../../src/tokens/grants.ts";
import { generateKey, publicJwks } from "../../src/tokens/keys.ts";
import type { ClientAuth } from "../../src/types.ts";
import { observe, rejection } from "../support/observe.ts";

const SECRET = "s3cr:et/ä+ &=%";

test("revokeOAuth2Token accepts every client authentication", async () => {
  const hydra = createMockHydra();
  const { publicUrl: basePath, adminUrl: adminBasePath, fetch } = hydra;
  const api = new OAuth2Api({ basePath, adminBasePath, fetch });
  const key = await generateKey("ES256");
  const methods: [string, object, ClientAuth][] = [
    ["client_secret_basic", { client_secret: SECRET }, clientSecretBasic(SECRET)],
    ["client_secret_post", { client_secret: SECRET }, clientSecretPost(SECRET)],
    ["private_key_jwt", { jwks: await publicJwks(key), token_endpoint_auth_signing_alg: "ES256" }, privateKeyJwt(key)],
  ];
  for (const [token_endpoint_auth_method, more, auth] of methods) {
    const grant_types = ["client_credentials"];
    const { client_id: clientId } = hydra.addClient({ grant_types, token_endpoint_auth_method, ...more });
    const { access_token: token } = await clientCredentials({ basePath, clientId, auth, fetch });
    expect((await api.introspectOAuth2Token({ token })).data.active).toBe(true);
    await api.revokeOAuth2Token({ token, clientId, auth });
    expect((await api.introspectOAuth2Token({ token })).data.active).toBe(false);
  }
});

test("revokeOAuth2Token with auth requires the client ID, and does not send the secret of the configuration", async () => {
  const wire = observe(() => new Response(null, { status: 200 }));
  const basePath = "https://hydra.example/path";
  const api = new OAuth2Api({ basePath, username: "other", password: "other", fetch: wire.fetch });
  for (const clientId of [undefined, ""]) {
    const error = await rejection(api.revokeOAuth2Token({ token: "t", clientId: clientId!, auth: none() }));
    expect(error).toMatchObject({ name: "RequiredError", field: "clientId" });
  }
  const seen: unknown[] = [];
  const auth: ClientAuth = (as, client, body) => {
    seen.push(as, client);
    body.set("client_secret", "s");
  };
  await api.revokeOAuth2Token({ token: "t", clientId: "c", auth });
  expect(seen).toEqual([{ issuer: basePath, token_endpoint: `${basePath}/oauth2/token` }, { client_id: "c" }]);
  expect(wire.only.body).toBe("token=t&client_id=c&client_secret=s");
  expect(wire.only.headers).not.toHaveProperty("authorization");
});

test("revokeOAuth2Token rejects invalid parameters without revealing them", async () => {
  const wire = observe(() => new Response(null, { status: 200 }));
  const api = new OAuth2Api({ basePath: "https://hydra.example", fetch: wire.fetch });
  const revoke = (more: object, headers = {}) =>
    rejection(api.revokeOAuth2Token({ token: "t", clientId: "c", auth: none(), ...more }, { headers }));
  const calls = [
    [revoke({ auth: "my-secret" }), "auth"],
    [revoke({ clientSecret: "my-secret" }), "auth"],
    [revoke({ clientAssertion: "my-secret" }), "auth"],
    [revoke({}, { "x-key": "my-secret\nvalue" }), "x-key"],
  ] as const;
  for (const [call, field] of calls) {
    const error = await call;
    expect(error).toMatchObject({ name: "InvalidInputError", field });
    expect(error.message).not.toContain("my-secret");
  }
  expect(wire.seen).toEqual([]);
});

test("no request is sent if the access token arrives after the call has ended", async () => {
  const wire = observe();
  const controller = new AbortController();
  let resolveToken = (_token: string) => {};
  const accessToken = () =>
    new Promise<string>((resolve) => {
      resolveToken = resolve;
    });
  const api = new OAuth2Api({ basePath: "https://hydra.example", accessToken, fetch: wire.fetch });
  const call = rejection(api.listOAuth2Clients({}, { signal: controller.signal }));
  controller.abort();
  expect(await call).toMatchObject({ name: "AbortError" });
  resolveToken("token");
  await new Promise((resolve) => setImmediate(resolve));
  expect(wire.seen).toEqual([]);
});
