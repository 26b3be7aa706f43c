// An MCP server that Hydra protects, and a client that registers itself, signs its user in and calls a tool.
//
//   npx tsx examples/mcp/call-tool.ts
//
// A real Hydra must name the server's registration endpoint, and have its pages at http://127.0.0.1:3000:
// WEBFINGER_OIDC_DISCOVERY_CLIENT_REGISTRATION_URL=http://127.0.0.1:3003/register
//
// Also needs: npm install @modelcontextprotocol/sdk
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { OAuth2Api, OidcApi } from "hydra-sdk";
import { cleanUp } from "../support/clean-up.ts";
import { McpSignIn } from "../support/mcp-sign-in.ts";
import { serve, startStage } from "../support/serve.ts";
import { mcpServer } from "./mcp-server.ts";

const { ORY_SDK_URL, HYDRA_PUBLIC_URL, MCP_PORT = ORY_SDK_URL || HYDRA_PUBLIC_URL ? "3003" : "0" } = process.env;
let handle: (request: Request) => Promise<Response>;
const site = await serve((request) => handle(request), Number(MCP_PORT));
const resource = `${site.origin}/mcp`;
const clientRegistrationUrl = `${site.origin}/register`;
const stage = await startStage([], { clientRegistrationUrl, resources: [resource] });
const callback = await serve(async () => new Response("You can close this window."));
const oauth2 = new OAuth2Api({ timeout: 10_000, ...stage.configuration });
const oidc = new OidcApi({ timeout: 10_000, ...stage.configuration });

async function callTool(signIn: McpSignIn): Promise<void> {
  const client = new Client({ name: "assistant", version: "1.0.0" });
  const transport = new StreamableHTTPClientTransport(new URL(resource), { authProvider: signIn });
  try {
    await client.connect(transport as Parameters<Client["connect"]>[0]);
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    await transport.finishAuth(signIn.code);
    return callTool(signIn);
  }
  const { content } = await client.callTool({ name: "list_notes" });
  console.log("called the tool:", content);
  await client.close();
}

const signIn = new McpSignIn(`${callback.origin}/callback`, stage);
try {
  const { data: metadata } = await oidc.discoverOidcConfiguration();
  handle = mcpServer({ oauth2, oidc, issuer: metadata.issuer, resource });
  if (metadata.registration_endpoint === clientRegistrationUrl) {
    const { status, headers } = await fetch(resource, { method: "POST" });
    console.log("without a token:", status, headers.get("www-authenticate"));
    await callTool(signIn);
    const { data: grant } = await oauth2.introspectOAuth2Token({ token: signIn.tokens()!.access_token });
    console.log("the token is only for this server:", grant.aud?.join() === resource);
    console.log("the token expires, and the client refreshes it");
    signIn.expire();
    await callTool(signIn);
  } else console.log("Set webfinger.oidc_discovery.client_registration_url of this Hydra to", clientRegistrationUrl);
} finally {
  const id = signIn.clientInformation()?.client_id;
  if (id) await cleanUp(oauth2.deleteOAuth2Client({ id }));
  for (const one of [callback, site, stage]) await one.close();
}
