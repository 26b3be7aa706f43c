import type { Scenario } from "./recorder.ts";

const owner = "owner-run00000001";
const chosen = "chosen-run00000001";
const odd = "odd/ä run00000001";

export const clients: Scenario = async (t) => {
  await t.admin("create with an empty body object", "POST /admin/clients", { json: {} });
  const made = await t.admin("create a confidential client", "POST /admin/clients", {
    json: {
      client_name: "One",
      owner,
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: ["https://example.com"],
      scope: "offline openid",
      token_endpoint_auth_method: "client_secret_post",
      metadata: { a: { b: 1 } },
      audience: ["https://api.example.com"],
      contacts: ["a@example.com"],
    },
  });
  const id = made.body.client_id;
  await t.admin("create a public client", "POST /admin/clients", {
    json: {
      owner,
      client_name: "Two",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code"],
      redirect_uris: ["http://127.0.0.1/cb"],
    },
  });
  await t.admin("create with chosen id and secret", "POST /admin/clients", {
    json: { owner, client_id: chosen, client_secret: "a-secret-of-mine" },
  });
  await t.admin("create the same id again", "POST /admin/clients", {
    json: { client_id: chosen, client_secret: "a-secret-of-mine" },
  });
  await t.admin("create with a short secret", "POST /admin/clients", { json: { client_secret: "abc" } });
  await t.admin("create with a bad redirect uri", "POST /admin/clients", {
    json: { redirect_uris: ["not a uri#frag"] },
  });
  await t.admin("create with a redirect uri with fragment", "POST /admin/clients", {
    json: { redirect_uris: ["https://example.com/#frag"] },
  });
  await t.admin("create with an unknown auth method", "POST /admin/clients", {
    json: { token_endpoint_auth_method: "nonsense" },
  });
  await t.admin("create with an unknown subject type", "POST /admin/clients", { json: { subject_type: "nonsense" } });
  await t.admin("create pairwise without sector", "POST /admin/clients", {
    json: { subject_type: "pairwise", redirect_uris: ["https://a.example/cb", "https://b.example/cb"] },
  });
  await t.admin("create private_key_jwt without keys", "POST /admin/clients", {
    json: { token_endpoint_auth_method: "private_key_jwt" },
  });
  await t.admin("create with both jwks and jwks_uri", "POST /admin/clients", {
    json: { jwks: { keys: [] }, jwks_uri: "https://example.com/jwks.json" },
  });
  await t.admin("create with a bad logout uri", "POST /admin/clients", {
    json: { post_logout_redirect_uris: ["https://other.example/out"], redirect_uris: ["https://example.com/cb"] },
  });
  await t.admin("create with a bad userinfo alg", "POST /admin/clients", {
    json: { userinfo_signed_response_alg: "HS999" },
  });
  await t.admin("create with a scope that is a list", "POST /admin/clients", { json: { scope: ["a"] } });
  await t.admin("create with an unknown field", "POST /admin/clients", {
    json: { nonsense: true, client_name: "Unknown field", owner },
  });
  await t.admin("create with broken json", "POST /admin/clients", {
    body: "{",
    headers: { "content-type": "application/json" },
  });
  await t.admin("create with no content type", "POST /admin/clients", { body: "{}" });
  await t.admin("create with a space in scope and odd characters in the id", "POST /admin/clients", {
    json: { owner, client_id: odd, client_secret: "odd:secret/ä+&=%" },
  });
  await t.admin("get the odd id", `GET /admin/clients/${encodeURIComponent(odd)}`);
  await t.admin("delete the odd id", `DELETE /admin/clients/${encodeURIComponent(odd)}`);
  await t.admin("create with lifespans", "POST /admin/clients", {
    json: {
      owner,
      client_credentials_grant_access_token_lifespan: "15m",
      authorization_code_grant_refresh_token_lifespan: "720h0m0s",
    },
  });
  await t.admin("create with a bad lifespan", "POST /admin/clients", {
    json: { client_credentials_grant_access_token_lifespan: "15 minutes" },
  });
  await t.admin("get", `GET /admin/clients/${id}`);
  await t.admin("get an unknown id", "GET /admin/clients/nobody-here");
  await t.admin("get with an Authorization header", `GET /admin/clients/${id}`, {
    headers: { authorization: "Bearer anything" },
  });
  const firstPage = await t.admin("list, two a page", "GET /admin/clients", { query: { owner, page_size: "2" } });
  const [, page_token = ""] = /page_token=([^&>]+)>; rel="next"/.exec(firstPage.headers.get("link") ?? "") ?? [];
  await t.admin("list, next page", "GET /admin/clients", { query: { owner, page_size: "2", page_token } });
  await t.admin("list by name", "GET /admin/clients", { query: { client_name: "Two", owner } });
  await t.admin("list, nobody", "GET /admin/clients", { query: { owner: "nobody" } });
  await t.admin("list with a bad page token", "GET /admin/clients", { query: { page_token: "nonsense" } });
  await t.admin("list with page size 0", "GET /admin/clients", { query: { owner, page_size: "0" } });
  await t.admin("list with a huge page size", "GET /admin/clients", { query: { owner, page_size: "100000" } });
  await t.admin("list with a word as page size", "GET /admin/clients", { query: { owner, page_size: "many" } });
  await t.admin("set (replaces all)", `PUT /admin/clients/${id}`, { json: { client_name: "One set" } });
  await t.admin("get after set", `GET /admin/clients/${id}`);
  await t.admin("set with a new secret", `PUT /admin/clients/${id}`, {
    json: { client_name: "One set", client_secret: "another-secret" },
  });
  await t.admin("set with another client_id in the body", `PUT /admin/clients/${id}`, {
    json: { client_id: "other", client_name: "One set", owner },
  });
  await t.admin("set an unknown id", "PUT /admin/clients/nobody-here", { json: { client_name: "x" } });
  await t.admin("set with broken json", `PUT /admin/clients/${id}`, {
    body: "[",
    headers: { "content-type": "application/json" },
  });
  const patch = (name: string, json: unknown, headers: Record<string, string> = {}) =>
    t.admin(`patch: ${name}`, `PATCH /admin/clients/${id}`, { json, headers });
  await patch("replace owner, no slash", [{ op: "replace", path: "owner", value: "New owner" }]);
  await patch("replace /owner", [{ op: "replace", path: "/owner", value: "New owner 2" }]);
  await patch("replace /client_name and add /metadata", [
    { op: "replace", path: "/client_name", value: "Patched" },
    { op: "add", path: "/metadata", value: { team: { a: 1 } } },
  ]);
  await patch("add nested metadata", [{ op: "add", path: "/metadata/team/b", value: 2 }]);
  await patch("add to end of redirect_uris", [
    { op: "add", path: "/redirect_uris", value: ["https://a.example"] },
    { op: "add", path: "/redirect_uris/-", value: "https://b.example" },
  ]);
  await patch("remove redirect uri 0", [{ op: "remove", path: "/redirect_uris/0" }]);
  await patch("remove a missing path", [{ op: "remove", path: "/metadata/nope/deep" }]);
  await patch("replace a missing path", [{ op: "replace", path: "/tos_uri", value: "https://example.com/tos" }]);
  await patch("replace a missing nested path", [{ op: "replace", path: "/metadata/x", value: "y" }]);
  await patch("test op", [{ op: "test", path: "/owner", value: "New owner 2" }]);
  await patch("move op", [{ op: "move", from: "/owner", path: "/client_name" }]);
  await patch("copy op", [{ op: "copy", from: "/owner", path: "/client_name" }]);
  await patch("unknown op", [{ op: "nonsense", path: "/owner", value: 1 }]);
  await patch("no op", [{ path: "/owner", value: "x" }]);
  await patch("a value of the wrong type", [{ op: "replace", path: "/redirect_uris", value: "https://x.example" }]);
  await patch("an invalid value", [{ op: "replace", path: "/token_endpoint_auth_method", value: "nonsense" }]);
  await patch("/client_id", [{ op: "replace", path: "/client_id", value: "stolen" }]);
  await patch("/id", [{ op: "replace", path: "/id", value: "stolen" }]);
  await patch("/client_secret", [{ op: "replace", path: "/client_secret", value: "a-patched-secret" }]);
  await patch("/registration_access_token", [{ op: "replace", path: "/registration_access_token", value: "x" }]);
  await patch("/created_at", [{ op: "replace", path: "/created_at", value: "2020-01-01T00:00:00Z" }]);
  await patch("empty list", []);
  await patch("an object, not a list", { op: "replace", path: "/owner", value: "x" });
  await patch("json-patch content type", [{ op: "replace", path: "/owner", value: "New owner 3" }], {
    "content-type": "application/json-patch+json",
  });
  await t.admin("patch an unknown id", "PATCH /admin/clients/nobody-here", {
    json: [{ op: "replace", path: "/owner", value: "x" }],
  });
  await t.admin("lifespans", `PUT /admin/clients/${id}/lifespans`, {
    json: { authorization_code_grant_access_token_lifespan: "1h", refresh_token_grant_refresh_token_lifespan: "720h" },
  });
  await t.admin("lifespans, invalid", `PUT /admin/clients/${id}/lifespans`, {
    json: { authorization_code_grant_access_token_lifespan: "1 hour" },
  });
  await t.admin("lifespans, unknown client", "PUT /admin/clients/nobody-here/lifespans", { json: {} });
  await t.admin("lifespans, empty", `PUT /admin/clients/${id}/lifespans`, { json: {} });
  await t.admin("rotate the secret", `POST /admin/clients/${id}/secrets/rotate`);
  await t.admin("rotate the secret of an unknown client", "POST /admin/clients/nobody-here/secrets/rotate");
  await t.admin("delete rotated secrets", `DELETE /admin/clients/${id}/secrets/rotate`);
  await t.admin("delete rotated secrets of an unknown client", "DELETE /admin/clients/nobody-here/secrets/rotate");
  await t.admin("delete", `DELETE /admin/clients/${id}`);
  await t.admin("delete again", `DELETE /admin/clients/${id}`);
  await t.admin("a route that is not there", "GET /admin/nothing");
  await t.admin("a method that is not there", `POST /admin/clients/${id}`, { json: {} });
  await t.public("admin route on the public port", "GET /admin/clients");
  await t.admin("public route on the admin port", "GET /.well-known/openid-configuration");
  await t.admin("list what is left", "GET /admin/clients", { query: { owner } });
};
