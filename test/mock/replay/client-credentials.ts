import { randomUUID } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import { basic, type Scenario, signer } from "./recorder.ts";

const secret = "s3cr:et/ä+ &=%";
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export const clientCredentials: Scenario = async (t) => {
  const make = async (name: string, json: object) => {
    const defaults = {
      grant_types: ["client_credentials"],
      scope: "read write",
      audience: ["https://api.example.com"],
    };
    return (await t.admin(`create: ${name}`, "POST /admin/clients", { json: { ...defaults, ...json } })).body;
  };
  const token = (name: string, form: Record<string, string>, headers = {}) =>
    t.public(`token: ${name}`, "POST /oauth2/token", { form: { grant_type: "client_credentials", ...form }, headers });
  const introspect = (name: string, form: Record<string, string>) =>
    t.admin(`introspect: ${name}`, "POST /admin/oauth2/introspect", { form });
  const revoke = (name: string, form: Record<string, string>, headers = {}) =>
    t.public(`revoke: ${name}`, "POST /oauth2/revoke", { form, headers });
  const b = await make("client_secret_basic", {
    client_secret: secret,
    token_endpoint_auth_method: "client_secret_basic",
  });
  const p = await make("client_secret_post", { token_endpoint_auth_method: "client_secret_post" });
  const asB = { authorization: basic(b.client_id, secret) };
  const asP = { client_id: p.client_id, client_secret: p.client_secret };
  const ok = await token("basic", { scope: "read" }, asB);
  await token(
    "basic, not url-encoded",
    {},
    { authorization: `Basic ${Buffer.from(`${b.client_id}:${secret}`).toString("base64")}` },
  );
  await token("basic, wrong secret", {}, { authorization: basic(b.client_id, "wrong") });
  await token("basic, unknown client", {}, { authorization: basic("nobody-here", "wrong") });
  await token("basic client by body", { client_id: b.client_id, client_secret: secret });
  await token("post", { ...asP, scope: "read write" });
  await token("post client by basic", {}, { authorization: basic(p.client_id, p.client_secret) });
  await token("post, wrong secret", { client_id: p.client_id, client_secret: "wrong" });
  await token("both basic and body", asP, { authorization: basic(p.client_id, p.client_secret) });
  await token("no client at all", {});
  await token("a scope that was not granted", { ...asP, scope: "admin" });
  await token("an audience", { ...asP, audience: "https://api.example.com" });
  await token("an audience that was not granted", { ...asP, audience: "https://other.example.com" });
  await token("a grant type that is not there", {
    grant_type: "nonsense",
    client_id: p.client_id,
    client_secret: p.client_secret,
  });
  await token("a grant type the client lacks", {
    grant_type: "authorization_code",
    code: "x",
    redirect_uri: "https://x.example",
    client_id: p.client_id,
    client_secret: p.client_secret,
  });
  await t.public("token: json body", "POST /oauth2/token", {
    json: { grant_type: "client_credentials", client_id: p.client_id, client_secret: p.client_secret },
  });
  await t.public("token: GET", "GET /oauth2/token");
  await t.public("token: empty body", "POST /oauth2/token", { form: {} });
  const none = await make("none", { token_endpoint_auth_method: "none" });
  await token("a public client asks for client_credentials", { client_id: none.client_id });
  const jwtC = await make("jwt access tokens", {
    access_token_strategy: "jwt",
    token_endpoint_auth_method: "client_secret_post",
  });
  const jwtT = await token("jwt strategy", {
    client_id: jwtC.client_id,
    client_secret: jwtC.client_secret,
    scope: "read",
  });
  const aud = `${t.hydra.publicUrl}/oauth2/token`;
  for (const alg of ["RS256", "ES256", "PS256", "EdDSA"]) {
    const key = await signer(alg);
    const c = await make(`private_key_jwt ${alg}`, {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: alg,
      jwks: { keys: [key.jwk] },
    });
    if (!c.client_id) continue;
    const claims = (changed: object = {}) => ({
      iss: c.client_id,
      sub: c.client_id,
      aud,
      jti: randomUUID(),
      exp: t.now + 300,
      iat: t.now,
      ...changed,
    });
    const assertion = async (changed: object = {}, kid?: string | null) => ({
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await key.sign(claims(changed), kid),
    });
    const first = await assertion();
    await token(`private_key_jwt ${alg}`, { ...first, client_id: c.client_id });
    if (alg !== "ES256" && alg !== "RS256") continue;
    await token(`private_key_jwt ${alg}, the same assertion again`, { ...first, client_id: c.client_id });
    await token(`private_key_jwt ${alg}, no client_id`, await assertion());
    if (alg !== "RS256") continue;
    await token("private_key_jwt, aud is the issuer", await assertion({ aud: `${t.hydra.publicUrl}/` }));
    await token("private_key_jwt, aud is the issuer without slash", await assertion({ aud: t.hydra.publicUrl }));
    await token("private_key_jwt, aud is a list", await assertion({ aud: [aud] }));
    await token("private_key_jwt, aud is another", await assertion({ aud: "https://other.example/oauth2/token" }));
    await token("private_key_jwt, iss is not the client", await assertion({ iss: "https://example.org" }));
    await token("private_key_jwt, sub is not the client", await assertion({ sub: "other" }));
    await token("private_key_jwt, expired", await assertion({ exp: t.now - 60 }));
    await token("private_key_jwt, no exp", await assertion({ exp: undefined }));
    await token("private_key_jwt, no jti", await assertion({ jti: undefined }));
    await token("private_key_jwt, no iat", await assertion({ iat: undefined }));
    await token("private_key_jwt, iat in milliseconds", await assertion({ iat: t.clock.now }));
    await token("private_key_jwt, iat a minute ahead", await assertion({ iat: t.now + 60 }));
    await token("private_key_jwt, a day long", await assertion({ exp: t.now + 86400 }));
    await token("private_key_jwt, no kid", await assertion({}, null));
    await token("private_key_jwt, unknown kid", await assertion({}, "nope"));
    await token("private_key_jwt, another key", {
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await (await signer(alg)).sign(claims(), key.kid),
    });
    await token("private_key_jwt, alg none", {
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: new UnsecuredJWT(claims()).encode(),
    });
    await token("private_key_jwt, wrong assertion type", { ...(await assertion()), client_assertion_type: "nonsense" });
    await token("private_key_jwt, not a jwt", { client_assertion_type: ASSERTION_TYPE, client_assertion: "nonsense" });
    await t.admin("introspect: private_key_jwt client's metadata by admin", `GET /admin/clients/${c.client_id}`);
  }
  const symmetric = await make("client_secret_jwt", { token_endpoint_auth_method: "client_secret_jwt" });
  const hs = new SignJWT({
    iss: symmetric.client_id,
    sub: symmetric.client_id,
    aud,
    jti: randomUUID(),
    exp: t.now + 60,
    iat: t.now,
  });
  await token("client_secret_jwt", {
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: await hs
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(symmetric.client_secret)),
  });
  await introspect("active", { token: ok.body.access_token });
  await introspect("active with its scope", { token: ok.body.access_token, scope: "read" });
  await introspect("active with another scope", { token: ok.body.access_token, scope: "admin" });
  await introspect("active jwt", { token: jwtT.body.access_token });
  await introspect("unknown", { token: "nonsense" });
  await introspect("none given", {});
  await t.admin("introspect: json body", "POST /admin/oauth2/introspect", { json: { token: ok.body.access_token } });
  await revoke("without the client", { token: ok.body.access_token });
  await revoke("by another client", {
    token: ok.body.access_token,
    client_id: p.client_id,
    client_secret: p.client_secret,
  });
  await revoke("by its client", { token: ok.body.access_token }, asB);
  await revoke("an unknown token", { token: "nonsense" }, asB);
  await introspect("revoked", { token: ok.body.access_token });
  const again = await token("again", asP);
  await t.admin("delete tokens of a client", "DELETE /admin/oauth2/tokens", { query: { client_id: p.client_id } });
  await t.admin("delete tokens without a client", "DELETE /admin/oauth2/tokens");
  await introspect("deleted", { token: again.body.access_token });
  const r = await make("to rotate", { token_endpoint_auth_method: "client_secret_post" });
  const rotated = await t.admin("rotate", `POST /admin/clients/${r.client_id}/secrets/rotate`);
  await token("old secret after rotation", { client_id: r.client_id, client_secret: r.client_secret });
  await token("new secret after rotation", { client_id: r.client_id, client_secret: rotated.body.client_secret });
  await t.admin("forget rotated", `DELETE /admin/clients/${r.client_id}/secrets/rotate`);
  await token("old secret after forgetting", { client_id: r.client_id, client_secret: r.client_secret });
  await token("new secret after forgetting", { client_id: r.client_id, client_secret: rotated.body.client_secret });
  await t.admin("delete the client of a live token", `DELETE /admin/clients/${jwtC.client_id}`);
  await introspect("token of a deleted client", { token: jwtT.body.access_token });
};
