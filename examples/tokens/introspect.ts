// Protects an API with introspection (RFC 7662): is this token alive, whose is it, and does it allow the call?
//
//   npx tsx examples/tokens/introspect.ts
import { clientCredentials, clientSecretBasic, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);
const audience = "https://orders.example.com";

/** Gives the status with which the API answers a request. */
async function authorize(authorization: string | null, scope: string): Promise<200 | 401 | 403> {
  const token = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  if (!token) return 401;
  // A token that is unknown, expired or revoked is { active: false }. That the server cannot be asked is an error.
  const { data } = await oauth2.introspectOAuth2Token({ token });
  // Only access tokens open an API: a refresh token is active as well.
  if (!data.active || data.token_use !== "access_token") return 401;
  // Nor does a token that was given out for another API.
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
  console.log("for no audience:", await authorize(`Bearer ${other.access_token}`, "orders.read"));
  console.log("the right scope:", await authorize(`Bearer ${access_token}`, "orders.read"));
  console.log("another scope:", await authorize(`Bearer ${access_token}`, "orders.write"));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
