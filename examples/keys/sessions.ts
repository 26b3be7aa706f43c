// Lists and revokes what a user has consented to: consent sessions, their tokens, and login sessions.
//
//   npx tsx examples/keys/sessions.ts
import { OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";
import { signIn } from "../support/sign-in.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const oauth2 = new OAuth2Api(configuration);
const subject = `alice-${crypto.randomUUID()}`;

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Web shop",
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: ["https://shop.example.com/callback"],
    scope: "openid offline_access",
  },
});

try {
  const tokens = await signIn(configuration, client, subject);

  // "Applications with access to your account"
  const { data: sessions } = await oauth2.listOAuth2ConsentSessions({ subject });
  for (const { consent_request, grant_scope } of sessions) {
    console.log(consent_request?.client?.client_name, "may", grant_scope?.join(" "));
  }

  // "Remove access": revokes the consent and all tokens issued with it.
  await oauth2.revokeOAuth2ConsentSessions({ subject, client: client.client_id! });
  const { data: remaining } = await oauth2.listOAuth2ConsentSessions({ subject });
  const { data: token } = await oauth2.introspectOAuth2Token({ token: tokens.access_token });
  console.log("after revocation:", remaining.length, "consents, the token is active:", token.active);

  // "Log out everywhere": the user's next authorization requires the password again. Tokens remain valid.
  await signIn(configuration, client, subject);
  await oauth2.revokeOAuth2LoginSessions({ subject });
  console.log("logged out everywhere");

  // When an account is deleted, revoke all consents at once.
  await oauth2.revokeOAuth2ConsentSessions({ subject, all: true });
  console.log("consents left:", (await oauth2.listOAuth2ConsentSessions({ subject })).data.length);
} finally {
  await cleanUp(oauth2.revokeOAuth2LoginSessions({ subject }), oauth2.deleteOAuth2Client({ id: client.client_id! }));
}
