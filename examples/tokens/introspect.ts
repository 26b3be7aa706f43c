// Protects an API with introspection (RFC 7662), and tells clients why they do not get access (RFC 6750).
//
//   npx tsx examples/tokens/introspect.ts
import { clientCredentials, clientSecretBasic, createIntrospector, isAccessTokenError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);
const audience = "https://orders.example.com";

// An active token is cached for a minute, so a revoked one gets access for up to a minute. Tokens of other APIs are refused.
const guard = createIntrospector(oauth2, { audience, cache: { maxAge: 60 } });

/** Responds to a request to the API that requires a scope. */
async function respond(request: Request, requiredScope: string): Promise<Response> {
  try {
    const { clientId } = await guard(request.headers.get("authorization"), { requiredScope });
    return Response.json({ orders: [], for: clientId });
  } catch (error) {
    // Another error means that the server could not be asked: respond with 503.
    if (!isAccessTokenError(error)) throw error;
    return new Response(null, { status: error.status, headers: { "www-authenticate": error.challenge() } });
  }
}

async function show(description: string, token: string | undefined, scope: string): Promise<void> {
  const headers = new Headers(token ? { authorization: `Bearer ${token}` } : {});
  const response = await respond(new Request(`${audience}/orders`, { headers }), scope);
  console.log(`${description}:`, response.status, response.headers.get("www-authenticate") ?? "");
}

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: { grant_types: ["client_credentials"], scope: "orders.read", audience: [audience] },
});

try {
  const auth = clientSecretBasic(client.client_secret!);
  const request = { basePath, fetch, clientId: client.client_id!, auth, scope: "orders.read" };
  const { access_token } = await clientCredentials({ ...request, audience });
  const other = await clientCredentials(request);
  await show("no token", undefined, "orders.read");
  await show("a made-up token", "ory_at_made-up", "orders.read");
  await show("without the audience", other.access_token, "orders.read");
  await show("the right scope", access_token, "orders.read");
  await show("another scope", access_token, "orders.write");
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
