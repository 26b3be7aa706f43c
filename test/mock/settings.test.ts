import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { createMockHydra, type MockHydra, type MockHydraOptions, type TokenHookRequest } from "../../src/mock/index.ts";
import { Browser, logInAndConsent, REDIRECT_URI } from "./support/browser.ts";

// What Hydra's settings do: each as a server with this setting has answered.

const app = {
  client_secret: "s3cret-s3cret",
  redirect_uris: [REDIRECT_URI],
  grant_types: ["authorization_code", "refresh_token", "client_credentials"],
  response_types: ["code"],
  scope: "openid offline_access read",
  token_endpoint_auth_method: "client_secret_post",
};

async function post(hydra: MockHydra, path: string, form: Record<string, string>) {
  const response = await hydra.fetch(hydra.publicUrl + path, { method: "POST", body: new URLSearchParams(form) });
  return { status: response.status, body: await response.json() };
}

function exchange(hydra: MockHydra, client_id: string, form: Record<string, string>) {
  return post(hydra, "/oauth2/token", { client_id, client_secret: app.client_secret, ...form });
}

async function accessToken(options: MockHydraOptions, scope = "read") {
  const hydra = createMockHydra(options);
  const { client_id } = hydra.addClient(app);
  return (await exchange(hydra, client_id, { grant_type: "client_credentials", scope })).body;
}

async function discovery(hydra: MockHydra) {
  return (await hydra.fetch(`${hydra.publicUrl}/.well-known/openid-configuration`)).json();
}

async function create(options: MockHydraOptions, client: object) {
  const hydra = createMockHydra(options);
  const init = { method: "POST", body: JSON.stringify(client) };
  const response = await hydra.fetch(`${hydra.adminUrl}/admin/clients`, init);
  return { status: response.status, body: await response.json() };
}

describe("a setting", () => {
  it.each(["https://issuer.example", "https://issuer.example/"])(
    "urls.self.issuer %s is the issuer as written",
    async (issuer) => {
      expect((await discovery(createMockHydra({ issuer }))).issuer).toBe(issuer);
      const { access_token } = await accessToken({ issuer, accessTokenStrategy: "jwt" });
      expect(decodeJwt(access_token).iss).toBe(issuer);
    },
  );

  it("webfinger.oidc_discovery.client_registration_url is the registration endpoint, and none is stated without it", async () => {
    const clientRegistrationUrl = "https://mcp.example/register";
    expect((await discovery(createMockHydra({ clientRegistrationUrl }))).registration_endpoint).toBe(
      clientRegistrationUrl,
    );
    expect(await discovery(createMockHydra())).not.toHaveProperty("registration_endpoint");
  });

  it("default_scope is the scope of a client that states none", async () => {
    expect((await create({ defaultScope: ["read", "write"] }, {})).body.scope).toBe("read write");
    expect((await create({ defaultScope: [] }, {})).body.scope).toBe("offline_access offline openid");
    expect((await create({ defaultScope: ["read"] }, { scope: "own" })).body.scope).toBe("own");
  });

  it("supported_types decides which subject types clients may have", async () => {
    expect((await create({ subjectTypes: ["public"] }, { subject_type: "pairwise" })).status).toBe(400);
    expect((await create({ subjectTypes: ["pairwise"] }, {})).body.subject_type).toBe("pairwise");
    expect((await create({ accessTokenStrategy: "jwt" }, { subject_type: "pairwise" })).status).toBe(400);
    expect((await discovery(createMockHydra({ subjectTypes: ["public"] }))).subject_types_supported).toEqual([
      "public",
    ]);
  });

  it.each([
    ["list", ["read", undefined]],
    ["string", [undefined, "read"]],
    ["both", ["read", "read"]],
  ] as const)("scope_claim %s decides how a JWT states its scope", async (scopeClaim, [scp, scope]) => {
    const { access_token } = await accessToken({ scopeClaim, accessTokenStrategy: "jwt" });
    const claims = decodeJwt(access_token);
    expect([claims["scp"], claims["scope"]]).toEqual([scp && [scp], scope]);
  });

  it("pkce.enforced refuses a request without a challenge, for_public_clients only that of a public client", async () => {
    const attempt = async (options: MockHydraOptions, method: string) => {
      const hydra = createMockHydra(options);
      const client = hydra.addClient({ ...app, token_endpoint_auth_method: method });
      const query = { client_id: client.client_id, response_type: "code", scope: "read", state: "12345678" };
      const url = `${hydra.publicUrl}/oauth2/auth?${new URLSearchParams(query)}`;
      const location = await logInAndConsent(hydra, new Browser(hydra), url);
      return location.searchParams.get("error");
    };
    expect(await attempt({ pkceEnforced: true }, "client_secret_post")).toBe("invalid_request");
    expect(await attempt({ pkceEnforcedForPublicClients: true }, "client_secret_post")).toBeNull();
    expect(await attempt({ pkceEnforcedForPublicClients: true }, "none")).toBe("invalid_request");
    expect(await attempt({}, "none")).toBeNull();
  });

  it("ttl.access_token is the lifetime of a client without its own", async () => {
    expect((await accessToken({ ttl: { accessToken: "5m" } })).expires_in).toBe(300);
  });

  it("ttl.device_user_code is the lifetime of a device code", async () => {
    const hydra = createMockHydra({ ttl: { deviceUserCode: "2m" } });
    const grant_types = ["urn:ietf:params:oauth:grant-type:device_code"];
    const { client_id } = hydra.addClient({ ...app, grant_types });
    const { body } = await post(hydra, "/oauth2/device/auth", { client_id, client_secret: app.client_secret });
    expect(body.expires_in).toBe(120);
  });

  it("rotation_grace_period lets a refresh token be used again for a while", async () => {
    let ahead = 0;
    const hydra = createMockHydra({ refreshTokenGracePeriod: "10s", clock: () => Date.now() + ahead });
    const { client_id } = hydra.addClient(app);
    const value = await code(hydra, client_id);
    const first = await exchange(hydra, client_id, {
      grant_type: "authorization_code",
      code: value,
      redirect_uri: REDIRECT_URI,
    });
    const refresh = () =>
      exchange(hydra, client_id, { grant_type: "refresh_token", refresh_token: first.body.refresh_token });
    const active = async (token: string) => {
      const init = { method: "POST", body: new URLSearchParams({ token }) };
      return (await (await hydra.fetch(`${hydra.adminUrl}/admin/oauth2/introspect`, init)).json()).active;
    };
    const [second, third] = [await refresh(), await refresh()];
    expect([second.status, third.status]).toEqual([200, 200]);
    expect(await active(first.body.access_token)).toBe(false);
    expect([await active(second.body.access_token), await active(third.body.access_token)]).toEqual([true, true]);
    ahead = 11_000;
    expect((await refresh()).body.error).toBe("invalid_grant");
    expect(await active(second.body.access_token)).toBe(false);
  });
});

async function code(hydra: MockHydra, client_id: string): Promise<string> {
  const query = { client_id, response_type: "code", scope: app.scope, state: "12345678", redirect_uri: REDIRECT_URI };
  const url = `${hydra.publicUrl}/oauth2/auth?${new URLSearchParams(query)}`;
  return (await logInAndConsent(hydra, new Browser(hydra), url)).searchParams.get("code")!;
}

describe("a token hook", () => {
  it("changes the claims of both tokens", async () => {
    const seen: TokenHookRequest[] = [];
    const hydra = createMockHydra({
      accessTokenStrategy: "jwt",
      tokenHook: (request) => {
        seen.push(request);
        return { session: { access_token: { added: "a" }, id_token: { added: "b" } } };
      },
    });
    const { client_id } = hydra.addClient(app);
    const form = { grant_type: "authorization_code", code: await code(hydra, client_id), redirect_uri: REDIRECT_URI };
    const { body } = await exchange(hydra, client_id, form);
    expect(decodeJwt(body.access_token)["ext"]).toMatchObject({ added: "a" });
    expect(decodeJwt(body.id_token)["added"]).toBe("b");
    expect(seen[0]!.request).toMatchObject({
      client_id,
      grant_types: ["authorization_code"],
      payload: { grant_type: ["authorization_code"], client_id: [client_id] },
    });
    expect(JSON.stringify(seen)).not.toContain(app.client_secret);
  });

  it.each([
    [() => undefined, 200, undefined],
    [() => false as const, 403, "access_denied"],
    [() => Promise.reject(new Error("down")), 500, "server_error"],
  ])("that is %s gives %i", async (tokenHook, status, error) => {
    const hydra = createMockHydra({ tokenHook });
    const { client_id } = hydra.addClient(app);
    const reply = await exchange(hydra, client_id, { grant_type: "client_credentials" });
    expect([reply.status, reply.body.error]).toEqual([status, error]);
  });
});
