// An MCP server with one tool, for users who signed in at Hydra: it checks each access token by introspection.
// It is a function from Request to Response, for any runtime and framework.
//
//   npx tsx examples/mcp/call-tool.ts    serves it, and calls the tool
//
// Also needs: npm install @modelcontextprotocol/sdk
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import {
  createIntrospector,
  isAccessTokenError,
  type OAuth2Api,
  type OidcApi,
  protectedResourceMetadata,
  registrationProxy,
} from "hydra-sdk";

export interface McpServerOptions {
  oauth2: OAuth2Api;
  oidc: OidcApi;
  /** The `issuer` of Hydra's metadata. */
  issuer: string;
  /** The URL of the MCP server as clients know it. */
  resource: string;
}

export function mcpServer(options: McpServerOptions): (request: Request) => Promise<Response> {
  const { oauth2, oidc, issuer, resource } = options;
  const metadata = protectedResourceMetadata({
    resource,
    resourceName: "Notes",
    authorizationServers: [issuer],
    scopesSupported: ["notes.read", "offline_access"],
  });
  // Hydra's setting webfinger.oidc_discovery.client_registration_url names this path.
  const register = registrationProxy(oidc, { audience: [resource] });
  // A token for another API of this Hydra, or a refresh token, is not for us.
  const guard = createIntrospector(oauth2, { audience: resource, cache: false });
  const refuse = (refused: unknown) => {
    if (!isAccessTokenError(refused)) throw refused;
    const { status, problem } = refused;
    const scope = problem === "insufficient_scope" ? "notes.read" : undefined;
    const error = problem === "no_token" ? {} : { error: problem, scope };
    return new Response(null, { status, headers: { "www-authenticate": metadata.wwwAuthenticate(error) } });
  };

  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === metadata.path) return Response.json(metadata.document);
    if (pathname === "/register") return register(request);
    if (pathname !== new URL(resource).pathname) return new Response(null, { status: 404 });

    const user = await guard(request.headers.get("authorization"), { requiredScope: "notes.read" }).catch(refuse);
    if (user instanceof Response) return user;

    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    const server = new McpServer({ name: "notes", version: "1.0.0" });
    server.registerTool("list_notes", { description: "Lists the notes of the user" }, () => ({
      content: [{ type: "text", text: `notes of ${user.subject}: buy milk` }],
    }));
    // Without sessions: a server for each request.
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    return transport.handleRequest(request);
  };
}
