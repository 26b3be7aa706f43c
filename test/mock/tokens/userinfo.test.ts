import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import type { MockHydra } from "../../../src/mock/index.ts";
import type { OAuth2Client } from "../../../src/types.ts";
import { authorizationUrl, Browser, logInAndConsent, REDIRECT_URI } from "../support/browser.ts";
import { standingClock } from "../support/clock.ts";
import { checkedMock } from "../support/mock.ts";
import { postForm } from "../support/requests.ts";

const clock = standingClock();
let hydra: MockHydra;

beforeEach(() => {
  hydra = checkedMock({ clock });
});

const app: OAuth2Client = {
  grant_types: ["authorization_code", "refresh_token", "client_credentials"],
  response_types: ["code"],
  redirect_uris: [REDIRECT_URI],
  scope: "openid offline_access userinfo_credential_draft_00",
};

async function tokensOf(client: OAuth2Client, scope = "openid offline_access") {
  const start = authorizationUrl(hydra, client.client_id!, { scope });
  const session = { id_token: { email: "alice@example.com", jti: "mine" } };
  const at = await logInAndConsent(hydra, new Browser(hydra), start, { consent: { session } });
  const form = { grant_type: "authorization_code", code: at.searchParams.get("code")!, redirect_uri: REDIRECT_URI };
  return (await postForm(hydra, `${hydra.publicUrl}/oauth2/token`, form, client)).body;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const publicKeys = async () =>
  createLocalJWKSet((await (await hydra.fetch(`${hydra.publicUrl}/.well-known/jwks.json`)).json()) as any);

describe("userinfo", () => {
  it("returns claims about the person, for a token in the body, the query or the header", async () => {
    const client = hydra.addClient(app);
    const { access_token } = await tokensOf(client);
    const expected = {
      aud: [client.client_id],
      auth_time: clock() / 1000,
      email: "alice@example.com",
      iat: clock() / 1000,
      iss: `${hydra.publicUrl}/`,
      rat: clock() / 1000,
      sub: "alice",
    };
    const url = `${hydra.publicUrl}/userinfo`;
    const body = new URLSearchParams({ access_token });
    for (const request of [
      new Request(url, { headers: bearer(access_token) }),
      new Request(`${url}?${body}`),
      new Request(url, { method: "POST", body }),
    ]) {
      expect(await (await hydra.fetch(request)).json()).toEqual(expected);
    }
  });

  it("is signed if the client has registered for it", async () => {
    const client = hydra.addClient({ ...app, userinfo_signed_response_alg: "RS256" });
    const { access_token } = await tokensOf(client);
    const response = await hydra.fetch(`${hydra.publicUrl}/userinfo`, { headers: bearer(access_token) });
    expect(response.headers.get("content-type")).toBe("application/jwt");
    const { payload } = await jwtVerify(await response.text(), await publicKeys());
    expect(payload).toMatchObject({ sub: "alice", email: "alice@example.com", aud: [client.client_id] });
  });

  it("has no subject if a client acts for itself", async () => {
    const client = hydra.addClient(app);
    const form = { grant_type: "client_credentials" };
    const { access_token } = (await postForm(hydra, `${hydra.publicUrl}/oauth2/token`, form, client)).body;
    const response = await hydra.fetch(`${hydra.publicUrl}/userinfo`, { headers: bearer(access_token) });
    expect(Object.keys((await response.json()) as object).sort()).toEqual(["aud", "iat", "iss"]);
  });

  it("refuses a refresh token, and an access token that has expired", async () => {
    const { access_token, refresh_token } = await tokensOf(hydra.addClient(app));
    const ask = (token: string) => hydra.fetch(`${hydra.publicUrl}/userinfo`, { headers: bearer(token) });
    const refused = await ask(refresh_token);
    expect([refused.status, refused.headers.get("www-authenticate")]).toMatchObject([
      401,
      expect.stringContaining(`error="invalid_token"`),
    ]);
    clock.advance(3600);
    expect((await ask(access_token)).status).toBe(401);
  });

  it("signs with the newest key, also after an administrator has added one", async () => {
    const client = hydra.addClient(app);
    const before = (await tokensOf(client)).id_token;
    await hydra.fetch(`${hydra.adminUrl}/admin/keys/hydra.openid.id-token`, {
      method: "POST",
      body: JSON.stringify({ alg: "RS256", use: "sig", kid: "newer" }),
    });
    const after = (await tokensOf(client)).id_token;
    const keys = await publicKeys();
    const currentDate = new Date(clock());
    expect((await jwtVerify(before, keys, { currentDate })).protectedHeader.kid).not.toBe("newer");
    expect((await jwtVerify(after, keys, { currentDate })).protectedHeader.kid).toBe("newer");
  });
});

describe("verifiable credentials", () => {
  const ask = async (token: string, body: unknown) => {
    const init = { method: "POST", headers: bearer(token), body: JSON.stringify(body) };
    const response = await hydra.fetch(`${hydra.publicUrl}/credentials`, init);
    return { status: response.status, body: (await response.json()) as any };
  };
  const request = { format: "jwt_vc_json", types: ["VerifiableCredential", "UserInfoCredential"] };
  const proof = async (nonce: string) => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const header = { alg: "ES256", jwk: await exportJWK(publicKey) };
    return { proof_type: "jwt", jwt: await new SignJWT({ nonce }).setProtectedHeader(header).sign(privateKey) };
  };

  it("are issued for a proof of possession of a key", async () => {
    const { access_token, c_nonce_draft_00 } = await tokensOf(
      hydra.addClient(app),
      "openid userinfo_credential_draft_00",
    );
    const { status, body } = await ask(access_token, { ...request, proof: await proof(c_nonce_draft_00) });
    expect([status, body.format]).toEqual([200, "jwt_vc_json"]);
    const { payload } = await jwtVerify(body.credential_draft_00, await publicKeys(), {
      currentDate: new Date(clock()),
    });
    expect(payload).toMatchObject({
      iss: `${hydra.publicUrl}/`,
      sub: expect.stringMatching(/^did:jwk:/),
      vc: { credentialSubject: { sub: "alice", email: "alice@example.com", id: payload.sub } },
    });
    expect(decodeJwt(body.credential_draft_00).exp).toBe(clock() / 1000 + 3600);
  });

  it("are refused with a nonce if the proof is missing", async () => {
    const { access_token } = await tokensOf(hydra.addClient(app));
    const { status, body } = await ask(access_token, request);
    expect([status, body]).toMatchObject([400, { error: "missing_proof", c_nonce_expires_in: 3600 }]);
    expect((await ask(access_token, { ...request, proof: await proof(body.c_nonce) })).status).toBe(200);
    const other = (await tokensOf(hydra.addClient(app))).access_token;
    expect((await ask(other, { ...request, proof: await proof(body.c_nonce) })).status).toBe(400);
    clock.advance(3599);
    const late = await ask(access_token, { ...request, proof: await proof("made up") });
    expect(late.status).toBe(400);
  });

  it.each([
    { format: "ldp_vc" },
    { ...request, proof: { proof_type: "cwt", jwt: "x" } },
    { ...request, proof: { proof_type: "jwt", jwt: "x" } },
    { ...request, proof: "x" },
    [],
  ])("are refused for %j", async (body) => {
    const { access_token } = await tokensOf(hydra.addClient(app));
    expect((await ask(access_token, body)).status).toBe(400);
  });
});
