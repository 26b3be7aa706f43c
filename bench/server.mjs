// A minimal server that responds to every request with the same client. Sends its port to its parent.
import { createServer } from "node:http";

const client = {
  client_id: "5f2ae5a9-56ce-4a5d-a07b-45a2c3e8a3f6",
  client_name: "Bench",
  client_secret_expires_at: 0,
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  redirect_uris: ["https://app.example/callback"],
  scope: "openid offline_access profile",
  token_endpoint_auth_method: "client_secret_basic",
  subject_type: "public",
  jwks: {},
  metadata: { team: "accounts" },
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};
const body = JSON.stringify(client);

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(request.method === "POST" ? 201 : 200, { "content-type": "application/json; charset=utf-8" });
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
