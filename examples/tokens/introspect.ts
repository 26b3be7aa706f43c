// Protects an API with introspection (RFC 7662): checks whether the token is active and grants access to the call.
//
//   npx tsx examples/tokens/introspect.ts
import { clientCredentials, clientSecretBasic, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);
const audience = "https://orders.example.com";

/** Returns the status of the API's response to a request. */
async function authorize(authorization: string | null, scope: string): Promise<200 | 401 | 403> {
  const token = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  if (!token) return 401;
  // An unknown, expired or revoked token results in { active: false }. If the server cannot be reached, the call rejects.
  const { data } = await oauth2.introspectOAuth2Token({ token });
  // Accept only access tokens: an active refresh token is not enough.
  if (!data.active || data.token_use !== "access_token") return 401;
  // Reject tokens that were issued for another API.
  if (!data.aud?.includes(audience)) return 401;
  return data.scope?.split(" ").includes(scope) ? 200 : 403;
}

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: { grant_types: ["client_credentials"], scope: "orders.read", audience: [audience] },
});

try {
  const auth = clientSecretBasic(client.client_secret!);
  const request = { basePath, fetch, clientId: client.client_id!, auth, scope: "orders.read" };
  const { access_token } = await clientCredentials({ ...request, audience });
  const other = await clientCredentials(request);
  console.log("no token:", await authorize(null, "orders.read"));
  console.log("a made-up token:", await authorize("Bearer ory_at_made-up", "orders.read"));
  console.log("without the audience:", await authorize(`Bearer ${other.access_token}`, "orders.read"));
  console.log("the right scope:", await authorize(`Bearer ${access_token}`, "orders.read"));
  console.log("another scope:", await authorize(`Bearer ${access_token}`, "orders.write"));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
