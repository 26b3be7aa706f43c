// Creates a public client (a single-page or mobile app, which can keep no secret) and starts a login with PKCE.
//
//   npx tsx examples/clients/create-public.ts
import { authorizationUrl, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const redirectUri = "https://app.example.com/callback";

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Photo app",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    redirect_uris: [redirectUri],
    scope: "openid offline_access",
    token_endpoint_auth_method: "none",
  },
});
const clientId = client.client_id!;

try {
  console.log("created", client.client_name, clientId, client.client_secret ? "with" : "without", "a secret");

  // PKCE stands in for the secret: only who made the verifier can redeem the code. Keep the rest in the session.
  const { basePath } = configuration;
  const { url, codeVerifier, state, nonce } = await authorizationUrl({
    basePath,
    clientId,
    redirectUri,
    scope: "openid",
  });
  console.log("send the browser to", new URL(url).origin + new URL(url).pathname);
  console.log("challenge method:", new URL(url).searchParams.get("code_challenge_method"));
  console.log("kept for the callback:", Object.keys({ codeVerifier, state, nonce }).join(", "));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
