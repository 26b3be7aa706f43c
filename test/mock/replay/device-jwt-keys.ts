import { randomUUID } from "node:crypto";
import type { JWTPayload } from "jose";
import { basic, Jar, parameter, type Scenario, signer } from "./recorder.ts";

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
const JWT_BEARER_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const ACCEPT = "PUT /admin/oauth2/auth/requests";
const ISSUERS = "/admin/trust/grants/jwt-bearer/issuers";

export const deviceJwtKeys: Scenario = async (t) => {
  const { body: device } = await t.admin("create a device client", "POST /admin/clients", {
    json: {
      grant_types: [DEVICE_GRANT, "refresh_token"],
      response_types: ["code"],
      scope: "openid offline_access",
      token_endpoint_auth_method: "none",
    },
  });
  const { client_id } = device;
  const { body: started } = await t.public("device authorization", "POST /oauth2/device/auth", {
    form: { client_id, scope: "openid offline_access" },
  });
  await t.public("device authorization of an unknown client", "POST /oauth2/device/auth", {
    form: { client_id: "nobody-here" },
  });
  const poll = (name: string, device_code: string) =>
    t.public(name, "POST /oauth2/token", { form: { grant_type: DEVICE_GRANT, device_code, client_id } });
  await poll("poll before the user", started.device_code);
  await poll("poll too soon", started.device_code);
  await poll("poll an unknown code", "nonsense");

  const jar = new Jar();
  const page = await t.follow("open the verification page", started.verification_uri_complete, jar);
  const query = { device_challenge: parameter(page.location, "device_challenge") };
  await t.admin("accept a wrong user code", `${ACCEPT}/device/accept`, { query, json: { user_code: "WRONGCOD" } });
  await t.admin("accept without a user code", `${ACCEPT}/device/accept`, { query, json: {} });
  const { body: verified } = await t.admin("accept the user code", `${ACCEPT}/device/accept`, {
    query,
    json: { user_code: started.user_code },
  });
  const atLogin = await t.follow("device: follow to login", verified.redirect_to, jar);
  const { body: login } = await t.admin("device: accept the login", `${ACCEPT}/login/accept`, {
    query: { login_challenge: parameter(atLogin.location, "login_challenge") },
    json: { subject: "carol" },
  });
  const atConsent = await t.follow("device: follow to consent", login.redirect_to, jar);
  const { body: consent } = await t.admin("device: accept the consent", `${ACCEPT}/consent/accept`, {
    query: { consent_challenge: parameter(atConsent.location, "consent_challenge") },
    json: { grant_scope: ["openid", "offline_access"] },
  });
  await t.follow("device: follow to success", consent.redirect_to, jar);
  t.clock.now += 5500;
  await poll("poll after the user", started.device_code);
  await poll("poll again after success", started.device_code);
  await t.admin("accept an unknown device challenge", `${ACCEPT}/device/accept`, {
    query: { device_challenge: "nonsense" },
    json: { user_code: "ABCDEFGH" },
  });

  const key = await signer("RS256");
  const issuer = `https://issuer-${randomUUID()}.example`;
  const grant = { issuer, subject: "dave", scope: ["read"], jwk: key.jwk };
  const expires_at = new Date(t.clock.now + 86_400_000).toISOString();
  const trust = await t.admin("trust an issuer", `POST ${ISSUERS}`, {
    json: { ...grant, expires_at },
  });
  await t.admin("trust the same issuer again", `POST ${ISSUERS}`, {
    json: { ...grant, expires_at },
  });
  await t.admin("trust an issuer with nothing", `POST ${ISSUERS}`, { json: {} });
  await t.admin("trust an issuer with subject and any subject", `POST ${ISSUERS}`, {
    json: { ...grant, allow_any_subject: true, expires_at },
  });
  await t.admin("trust an issuer without expiry", `POST ${ISSUERS}`, {
    json: { ...grant, subject: "eve" },
  });
  await t.admin("get the trusted issuer", `GET ${ISSUERS}/${trust.body.id}`);
  await t.admin("get an unknown trusted issuer", `GET ${ISSUERS}/${randomUUID()}`);
  await t.admin("get a trusted issuer by a bad id", `GET ${ISSUERS}/nonsense`);
  await t.admin("list trusted issuers", `GET ${ISSUERS}`, { query: { issuer } });
  const { body: client } = await t.admin("create a jwt-bearer client", "POST /admin/clients", {
    json: { grant_types: [JWT_BEARER_GRANT], scope: "read", token_endpoint_auth_method: "client_secret_basic" },
  });
  const bearer = async (name: string, changed: JWTPayload = {}) => {
    const aud = `${t.hydra.publicUrl}/oauth2/token`;
    const claims = { iss: issuer, sub: "dave", aud, jti: randomUUID(), exp: t.now + 300, iat: t.now, ...changed };
    await t.public(`jwt-bearer: ${name}`, "POST /oauth2/token", {
      form: { grant_type: JWT_BEARER_GRANT, assertion: await key.sign(claims), scope: "read" },
      headers: { authorization: basic(client.client_id, client.client_secret) },
    });
  };
  await bearer("exchange");
  await bearer("another subject", { sub: "mallory" });
  await bearer("another issuer", { iss: "https://other.example" });
  await bearer("expired", { exp: t.now - 10 });
  await t.admin("forget the trusted issuer", `DELETE ${ISSUERS}/${trust.body.id}`);
  await t.admin("forget it again", `DELETE ${ISSUERS}/${trust.body.id}`);

  const set = "set-run00000001";
  await t.admin("create a key set", `POST /admin/keys/${set}`, { json: { kid: "first", alg: "RS256", use: "sig" } });
  await t.admin("create an ES256 key", `POST /admin/keys/${set}`, {
    json: { kid: "second", alg: "ES256", use: "sig" },
  });
  await t.admin("create an HS256 key", `POST /admin/keys/${set}-hs`, { json: { kid: "hs", alg: "HS256", use: "sig" } });
  await t.admin("create an EdDSA key", `POST /admin/keys/${set}-ed`, { json: { kid: "ed", alg: "EdDSA", use: "sig" } });
  await t.admin("create a key of an unknown alg", `POST /admin/keys/${set}`, {
    json: { kid: "x", alg: "nonsense", use: "sig" },
  });
  await t.admin("create a key without alg", `POST /admin/keys/${set}`, { json: { kid: "x" } });
  const { body: keySet } = await t.admin("get the key set", `GET /admin/keys/${set}`);
  await t.admin("get a key", `GET /admin/keys/${set}/first`);
  await t.admin("get an unknown key", `GET /admin/keys/${set}/nope`);
  await t.admin("get an unknown set", `GET /admin/keys/nope-${set}`);
  await t.admin("set a key", `PUT /admin/keys/${set}/first`, { json: keySet.keys[1] });
  await t.admin("set a key under another kid", `PUT /admin/keys/${set}/other`, { json: keySet.keys[0] });
  await t.admin("set a key that is none", `PUT /admin/keys/${set}/first`, { json: { kid: "first" } });
  await t.admin("set the key set", `PUT /admin/keys/${set}`, { json: keySet });
  await t.admin("set a key set that is none", `PUT /admin/keys/${set}`, { json: { keys: "x" } });
  await t.admin("delete a key", `DELETE /admin/keys/${set}/first`);
  await t.admin("delete an unknown key", `DELETE /admin/keys/${set}/nope`);
  await t.admin("delete the key set", `DELETE /admin/keys/${set}`);
  await t.admin("delete the key set again", `DELETE /admin/keys/${set}`);

  await t.public("discover", "GET /.well-known/openid-configuration");
  await t.public("discover keys", "GET /.well-known/jwks.json");
  await t.admin("version", "GET /version");
  await t.admin("alive", "GET /health/alive");
  await t.admin("ready", "GET /health/ready");
  await t.public("public alive", "GET /health/alive");
  await t.public("public version", "GET /version");
  await t.public("verifiable credential without a token", "POST /credentials", {
    json: {
      format: "jwt_vc_json",
      types: ["VerifiableCredential", "UserInfoCredential"],
      proof: { proof_type: "jwt", jwt: "x" },
    },
  });
};
