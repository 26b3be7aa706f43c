import type { Scenario } from "./recorder.ts";

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export const registration: Scenario = async (t) => {
  await t.public("register with an empty object", "POST /oauth2/register", { json: {} });
  const made = await t.public("register", "POST /oauth2/register", {
    json: {
      client_name: "Self",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: ["https://example.com"],
      scope: "offline openid",
      token_endpoint_auth_method: "client_secret_post",
    },
  });
  const { client_id: id, registration_access_token: rat } = made.body;
  await t.public("register a public client", "POST /oauth2/register", {
    json: { token_endpoint_auth_method: "none", redirect_uris: ["https://example.com"] },
  });
  await t.public("register with a client_id", "POST /oauth2/register", { json: { client_id: "mine" } });
  await t.public("register with a client_secret", "POST /oauth2/register", {
    json: { client_secret: "my-own-secret" },
  });
  await t.public("register with metadata", "POST /oauth2/register", { json: { metadata: { a: 1 } } });
  await t.public("register with skip_consent", "POST /oauth2/register", { json: { skip_consent: true } });
  await t.public("register with skip_logout_consent", "POST /oauth2/register", { json: { skip_logout_consent: true } });
  await t.public("register with an access token strategy", "POST /oauth2/register", {
    json: { access_token_strategy: "jwt" },
  });
  await t.public("register with a lifespan", "POST /oauth2/register", {
    json: { client_credentials_grant_access_token_lifespan: "1h" },
  });
  await t.public("register with a bad redirect uri", "POST /oauth2/register", {
    json: { redirect_uris: ["https://example.com/#f"] },
  });
  await t.public("register with an API key as bearer", "POST /oauth2/register", {
    json: { client_name: "With a key" },
    headers: bearer("ory_pat_anything"),
  });
  await t.public("register with broken json", "POST /oauth2/register", {
    body: "{",
    headers: { "content-type": "application/json" },
  });
  await t.public("get", `GET /oauth2/register/${id}`, { headers: bearer(rat) });
  await t.public("get without a token", `GET /oauth2/register/${id}`);
  await t.public("get with a wrong token", `GET /oauth2/register/${id}`, { headers: bearer("ory_at_wrong.wrong") });
  await t.public("get with the token in lower case scheme", `GET /oauth2/register/${id}`, {
    headers: { authorization: `bearer ${rat}` },
  });
  await t.public("get with the token in the query", `GET /oauth2/register/${id}`, { query: { access_token: rat } });
  await t.public("get an unknown client", "GET /oauth2/register/nobody-here", { headers: bearer(rat) });
  await t.public("get with Basic client credentials", `GET /oauth2/register/${id}`, {
    headers: { authorization: `Basic ${btoa(`${id}:${made.body.client_secret}`)}` },
  });
  const put = await t.public("set", `PUT /oauth2/register/${id}`, {
    json: {
      client_name: "Self 2",
      redirect_uris: ["https://example.com"],
      token_endpoint_auth_method: "client_secret_post",
    },
    headers: bearer(rat),
  });
  const rat2 = put.body.registration_access_token;
  await t.public("get with the old token", `GET /oauth2/register/${id}`, { headers: bearer(rat) });
  await t.public("get with the new token", `GET /oauth2/register/${id}`, { headers: bearer(rat2) });
  await t.public("get again with the new token", `GET /oauth2/register/${id}`, { headers: bearer(rat2) });
  await t.public("set without a token", `PUT /oauth2/register/${id}`, { json: { client_name: "x" } });
  await t.public("set with the old token", `PUT /oauth2/register/${id}`, {
    json: { client_name: "x" },
    headers: bearer(rat),
  });
  await t.public("set with metadata", `PUT /oauth2/register/${id}`, {
    json: { metadata: { a: 1 } },
    headers: bearer(rat2),
  });
  await t.public("get after the refused set", `GET /oauth2/register/${id}`, { headers: bearer(rat2) });
  await t.public("set with the whole client echoed back, its token and secret included", `PUT /oauth2/register/${id}`, {
    json: put.body,
    headers: bearer(rat2),
  });
  await t.public("set with a client_secret", `PUT /oauth2/register/${id}`, {
    json: { client_name: "Self 3", client_secret: "my-own-secret" },
    headers: bearer(rat2),
  });
  const otherId = await t.public("set with another client_id", `PUT /oauth2/register/${id}`, {
    json: { client_id: "other", client_name: "Self 4" },
    headers: bearer(rat2),
  });
  const rat3 = otherId.body.registration_access_token;
  await t.public("get after another client_id", `GET /oauth2/register/${id}`, { headers: bearer(rat3) });
  const other = await t.public("another client", "POST /oauth2/register", { json: { client_name: "Other" } });
  await t.public("get one client with the other's token", `GET /oauth2/register/${id}`, {
    headers: bearer(other.body.registration_access_token),
  });
  await t.public("delete one client with the other's token", `DELETE /oauth2/register/${id}`, {
    headers: bearer(other.body.registration_access_token),
  });
  await t.admin("admin reads a dynamic client", `GET /admin/clients/${id}`);
  await t.admin("admin patches a dynamic client", `PATCH /admin/clients/${id}`, {
    json: [{ op: "replace", path: "/client_name", value: "By admin" }],
  });
  await t.public("get after the admin's patch", `GET /oauth2/register/${id}`, { headers: bearer(rat3) });
  await t.admin(
    "admin rotates a dynamic client's secret",
    `POST /admin/clients/${other.body.client_id}/secrets/rotate`,
  );
  await t.public("get after the admin's rotation", `GET /oauth2/register/${other.body.client_id}`, {
    headers: bearer(other.body.registration_access_token),
  });
  const third = await t.public("a third client", "POST /oauth2/register", { json: { client_name: "Third" } });
  const id3 = third.body.client_id;
  await t.admin("admin sets a dynamic client", `PUT /admin/clients/${id3}`, {
    json: { client_name: "Third by admin" },
  });
  await t.public("get after the admin's set", `GET /oauth2/register/${id3}`, {
    headers: bearer(third.body.registration_access_token),
  });
  const admin = await t.admin("admin creates a client", "POST /admin/clients", {
    json: { client_name: "Admin's", metadata: { secret: 1 } },
  });
  await t.public(
    "the admin's client answers to its registration token",
    `GET /oauth2/register/${admin.body.client_id}`,
    { headers: bearer(admin.body.registration_access_token) },
  );
  await t.public("delete without a token", `DELETE /oauth2/register/${id}`);
  const fourth = await t.public("a fourth client", "POST /oauth2/register", { json: { client_name: "Fourth" } });
  await t.public("delete", `DELETE /oauth2/register/${fourth.body.client_id}`, {
    headers: bearer(fourth.body.registration_access_token),
  });
  await t.public("delete again", `DELETE /oauth2/register/${fourth.body.client_id}`, {
    headers: bearer(fourth.body.registration_access_token),
  });
  await t.public("get after delete", `GET /oauth2/register/${fourth.body.client_id}`, {
    headers: bearer(fourth.body.registration_access_token),
  });
  await t.public("patch is not there", `PATCH /oauth2/register/${id}`, { json: [], headers: bearer(rat3) });
  await t.public("preflight", "OPTIONS /oauth2/register", {
    headers: {
      origin: "http://127.0.0.1:3000",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    },
  });
  await t.public("preflight from a stranger", "OPTIONS /oauth2/register", {
    headers: {
      origin: "https://evil.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    },
  });
};
