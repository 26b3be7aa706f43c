import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { discoverOAuthServerInfo, extractWWWAuthenticateParams } from "@modelcontextprotocol/sdk/client/auth.js";
import { createMcpExpressApp } from "@modelcontextprotocol/sdk/server/express.js";
import { Hono } from "hono";
import { describe, expect, it, onTestFinished } from "vitest";
import { isInvalidInputError, protectedResourceMetadata } from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";

const options = { resource: "https://mcp.example.com/mcp", authorizationServers: ["https://auth.example.com/"] };

describe("protectedResourceMetadata", () => {
  it("returns the document of RFC 9728", () => {
    const { document } = protectedResourceMetadata({
      ...options,
      scopesSupported: ["notes.read", "offline_access"],
      resourceName: "Notes",
      resourceDocumentation: "https://example.com/notes",
    });
    expect(document).toEqual({
      resource: "https://mcp.example.com/mcp",
      authorization_servers: ["https://auth.example.com/"],
      bearer_methods_supported: ["header"],
      scopes_supported: ["notes.read", "offline_access"],
      resource_name: "Notes",
      resource_documentation: "https://example.com/notes",
    });
    expect(Object.keys(protectedResourceMetadata(options).document)).toEqual([
      "resource",
      "authorization_servers",
      "bearer_methods_supported",
    ]);
  });

  it.each([
    ["https://mcp.example.com", "/.well-known/oauth-protected-resource", ""],
    ["https://mcp.example.com/", "/.well-known/oauth-protected-resource", ""],
    ["https://mcp.example.com/a/mcp", "/.well-known/oauth-protected-resource/a/mcp", ""],
    ["https://mcp.example.com/mcp?tenant=2", "/.well-known/oauth-protected-resource/mcp", "?tenant=2"],
  ])("serves that of %s at %s", (resource, path, query) => {
    const metadata = protectedResourceMetadata({ ...options, resource });
    expect(metadata).toMatchObject({ path, url: `https://mcp.example.com${path}${query}` });
  });

  it("returns WWW-Authenticate as clients parse it", () => {
    const { url, wwwAuthenticate } = protectedResourceMetadata(options);
    expect(wwwAuthenticate()).toBe(`Bearer resource_metadata="${url}"`);
    const value = wwwAuthenticate({ error: "insufficient_scope", errorDescription: "Ask again.", scope: "a b" });
    expect(value).toBe(
      `Bearer error="insufficient_scope", error_description="Ask again.", scope="a b", resource_metadata="${url}"`,
    );
    const response = new Response(null, { status: 403, headers: { "www-authenticate": value } });
    expect(extractWWWAuthenticateParams(response)).toEqual({
      error: "insufficient_scope",
      resourceMetadataUrl: new URL(url),
      scope: "a b",
    });
  });

  it.each(['say "no"', "back\\slash", "line\nbreak", "ü"])(
    "rejects the description %j, which would break out",
    (text) => {
      const call = () => protectedResourceMetadata(options).wwwAuthenticate({ errorDescription: text });
      expect(call).toThrow(expect.objectContaining({ name: "InvalidInputError", field: "error_description" }));
    },
  );

  it.each<[string, object]>([
    ["resource", { resource: "/mcp" }],
    ["resource", { resource: "https://mcp.example.com/mcp#part" }],
    ["authorizationServers", { authorizationServers: [] }],
    ["authorizationServers", { authorizationServers: ["auth.example.com"] }],
    ["authorizationServers", { authorizationServers: "https://auth.example.com" }],
  ])("rejects, for its %s, %j", (field, wrong) => {
    try {
      expect.fail(JSON.stringify(protectedResourceMetadata({ ...options, ...wrong })));
    } catch (error) {
      expect(isInvalidInputError(error) && error.field).toBe(field);
    }
  });
});

describe("a client of the MCP SDK finds Hydra", () => {
  const hydra = createMockHydra();
  const metadata = protectedResourceMetadata({ ...options, authorizationServers: [`${hydra.publicUrl}/`] });
  const find = async (ofResource: (path: string) => Response | Promise<Response>) => {
    const fetchFn = async (input: string | URL, init?: RequestInit) => {
      const url = new URL(input);
      return url.origin === hydra.publicUrl ? hydra.fetch(url, init) : ofResource(url.pathname);
    };
    return discoverOAuthServerInfo(options.resource, { fetchFn });
  };
  const found = {
    authorizationServerUrl: "http://127.0.0.1:4444/",
    resourceMetadata: metadata.document,
    authorizationServerMetadata: { issuer: "http://127.0.0.1:4444/" },
  };

  it("through Hono", async () => {
    const app = new Hono();
    app.get(metadata.path, (c) => c.json(metadata.document));
    expect(await find((path) => app.request(path))).toMatchObject(found);
  });

  it("through Express", async () => {
    const app = createMcpExpressApp();
    app.get(metadata.path, (_request: unknown, response: { json(body: object): void }) =>
      response.json(metadata.document),
    );
    const server = app.listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect(await find((path) => fetch(`http://127.0.0.1:${port}${path}`))).toMatchObject(found);
  });
});
