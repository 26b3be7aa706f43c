// Creates a public client (a single-page or mobile app, which cannot keep a secret) and starts a login with PKCE.
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

  // PKCE replaces the secret: only the creator of the verifier can exchange the code. Save the rest in the session.
  const { basePath } = configuration;
  const { url, codeVerifier, state, nonce } = await authorizationUrl({
    basePath,
    clientId,
    redirectUri,
    scope: "openid",
  });
  console.log("send the browser to", new URL(url).origin + new URL(url).pathname);
  console.log("challenge method:", new URL(url).searchParams.get("code_challenge_method"));
  console.log("saved for the callback:", Object.keys({ codeVerifier, state, nonce }).join(", "));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
