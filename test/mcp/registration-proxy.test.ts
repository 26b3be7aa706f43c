import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { registerClient } from "@modelcontextprotocol/sdk/client/auth.js";
import { createMcpExpressApp } from "@modelcontextprotocol/sdk/server/express.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { OidcApi, registrationProxy } from "../../src/index.ts";
import { createMockHydra, type MockHydraOptions } from "../../src/mock/index.ts";

const MCP = "https://mcp.example.com/mcp";
const clientMetadata = {
  client_name: "Assistant",
  redirect_uris: ["http://127.0.0.1:1455/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  token_endpoint_auth_method: "none",
};

function setUp(options: MockHydraOptions = {}) {
  const hydra = createMockHydra(options);
  const api = new OidcApi({ basePath: hydra.publicUrl, fetch: hydra.fetch });
  const register = registrationProxy(api, { audience: [MCP] });
  const post = (body: string) => register(new Request("https://mcp.example.com/register", { method: "POST", body }));
  return { hydra, register, post };
}

/** Registers with the MCP SDK, whose requests `fetch` answers. */
async function registerByMcpSdk(fetchFn: (url: string | URL, init?: RequestInit) => Promise<Response>) {
  const issuer = "http://127.0.0.1:4444";
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/auth`,
    token_endpoint: `${issuer}/oauth2/token`,
    registration_endpoint: `${issuer}/oauth2/register`,
    response_types_supported: ["code"],
  };
  return registerClient(issuer, { metadata, clientMetadata, scope: "notes.read offline_access", fetchFn });
}

describe("registrationProxy", () => {
  it("the MCP SDK cannot read the answer of Hydra without it: client_uri and contacts are not what they must be", async () => {
    const { hydra } = setUp();
    await expect(registerByMcpSdk(hydra.fetch)).rejects.toThrow(/client_uri.*contacts/s);
  });

  it("lets a client of the MCP SDK register", async () => {
    const { hydra, register } = setUp();
    const client = await registerByMcpSdk((url, init) => register(new Request(url, init)));
    expect(client).toMatchObject({ ...clientMetadata, scope: "notes.read offline_access" });
    expect(hydra.state.clients.size).toBe(1);
  });

  it("works in Express, as docs/mcp.md shows", async () => {
    const { hydra, register } = setUp();
    const app = createMcpExpressApp(); // Parses JSON, as express.json() does.
    app.post("/register", async (request: any, response: any) => {
      const body = JSON.stringify(request.body);
      const url = `${request.protocol}://${request.host}/register`;
      const answer = await register(new Request(url, { method: "POST", body }));
      response
        .status(answer.status)
        .type("json")
        .send(await answer.text());
    });
    const server = app.listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const client = await registerByMcpSdk((_url, init) => fetch(`http://127.0.0.1:${port}/register`, init));
    expect(hydra.state.clients.has(client.client_id)).toBe(true);
  });

  it("leaves out what has no value, and keeps everything else", async () => {
    const { hydra, post } = setUp();
    const response = await post(JSON.stringify(clientMetadata));
    expect([response.status, response.headers.get("cache-control")]).toEqual([201, "no-store"]);
    const answer = await response.json();
    expect(answer).toMatchObject({ ...clientMetadata, audience: [MCP], skip_consent: false });
    expect(answer).toMatchObject({ registration_access_token: expect.any(String), client_secret_expires_at: 0 });
    expect(Object.values(answer).filter((value) => value === "" || value === null)).toEqual([]);
    for (const name of ["client_uri", "contacts", "jwks"]) expect(answer).not.toHaveProperty(name);
    expect(answer.client_id).toBe([...hydra.state.clients.keys()][0]);
  });

  it("registers its own audience, whatever the client asks for", async () => {
    const { post } = setUp();
    const response = await post(JSON.stringify({ ...clientMetadata, audience: ["https://payments.example.com"] }));
    expect((await response.json()).audience).toEqual([MCP]);
  });

  it("passes the refusal of Hydra on", async () => {
    const response = await setUp().post(JSON.stringify({ ...clientMetadata, redirect_uris: ["relative"] }));
    expect([response.status, (await response.json()).error]).toEqual([400, "invalid_redirect_uri"]);
    expect((await setUp({ dynamicRegistration: false }).post(JSON.stringify(clientMetadata))).status).toBe(404);
  });

  it.each(["", "{", "null", "[]", '"text"'])("refuses the body %j without a call of Hydra", async (body) => {
    const { hydra, post } = setUp();
    const response = await post(body);
    expect([response.status, (await response.json()).error]).toEqual([400, "invalid_client_metadata"]);
    expect(hydra.requests).toEqual([]);
  });

  it("refuses a private key without a call of Hydra", async () => {
    const { hydra, post } = setUp();
    const jwks = { keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y", d: "private" }] };
    const response = await post(JSON.stringify({ ...clientMetadata, jwks }));
    const { error, error_description } = await response.json();
    expect([response.status, error]).toEqual([400, "invalid_client_metadata"]);
    expect(error_description).toMatch(/^jwks/);
    expect(hydra.requests).toEqual([]);
  });

  it("answers other methods with 405", async () => {
    const response = await setUp().register(new Request("https://mcp.example.com/register"));
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("rejects with the error if Hydra cannot be reached", async () => {
    const { hydra, post } = setUp();
    hydra.fail({ operation: "createOidcDynamicClient", dropConnection: true });
    await expect(post(JSON.stringify(clientMetadata))).rejects.toMatchObject({ name: "NetworkError" });
  });
});
