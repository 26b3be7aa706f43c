// Keeps a user signed in with a refresh token, which is replaced on every use.
//
//   npx tsx examples/tokens/refresh.ts
import { clientSecretBasic, OAuth2Api, refreshToken, tokenSource } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";
import { signIn } from "../support/sign-in.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: ["https://shop.example.com/callback"],
    scope: "openid offline_access",
  },
});
const clientId = client.client_id!;
const auth = clientSecretBasic(client.client_secret!);
const subject = `alice-${crypto.randomUUID()}`;
const refresh = (token: string) => refreshToken({ basePath, fetch, clientId, auth, refreshToken: token });

try {
  const signedIn = await signIn(configuration, client, subject);
  console.log("signed in, with a refresh token:", Boolean(signedIn.refresh_token));

  // The source keeps the newest refresh token. Pass a persistent store if it must outlive the process.
  const store = new Map();
  const accessToken = tokenSource((previous = signedIn) => refresh(previous.refresh_token!), { store, key: subject });
  const first = await accessToken();
  await accessToken.invalidate();
  console.log("refreshed twice:", first !== (await accessToken()));

  // A reused refresh token may be stolen: the server rejects it and revokes all tokens of the grant.
  await attempt("reused token", refresh(signedIn.refresh_token!));
} finally {
  await cleanUp(oauth2.revokeOAuth2LoginSessions({ subject }), oauth2.deleteOAuth2Client({ id: clientId }));
}
