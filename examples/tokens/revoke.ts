// Revokes tokens (RFC 7009): a client revokes one, and an administrator revokes all tokens of a client.
//
//   npx tsx examples/tokens/revoke.ts
import { clientCredentials, clientSecretPost, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: { grant_types: ["client_credentials"], token_endpoint_auth_method: "client_secret_post" },
});
const clientId = client.client_id!;
const clientSecret = client.client_secret!;

const getToken = async () =>
  (await clientCredentials({ basePath, fetch, clientId, auth: clientSecretPost(clientSecret) })).access_token;
const isActive = async (token: string) => (await oauth2.introspectOAuth2Token({ token })).data.active;

try {
  const token = await getToken();
  console.log("active:", await isActive(token));

  // The client revokes its own token, authenticated as at the token endpoint.
  await oauth2.revokeOAuth2Token({ token, tokenTypeHint: "access_token", clientId, clientSecret });
  console.log("after revocation:", await isActive(token));

  // Revoking a token that is already revoked or does not exist succeeds.
  await oauth2.revokeOAuth2Token({ token, clientId, clientSecret });

  // An administrator revokes all access tokens of a client at once, for example after a leak.
  const tokens = await Promise.all([getToken(), getToken(), getToken()]);
  await oauth2.deleteOAuth2Token({ clientId });
  console.log("after the administrator's revocation:", await Promise.all(tokens.map(isActive)));

  const wrongCredentials = { clientId, clientSecret: "wrong" };
  await attempt("with a wrong secret", oauth2.revokeOAuth2Token({ token, ...wrongCredentials }));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
