// The authorization code flow from end to end: a web application, the login and consent application, and a person.
//
//   npx tsx examples/provider/sign-in.ts            walks through login, consent and logout, and prints what is seen
//   npx tsx examples/provider/sign-in.ts --serve    leaves it to you and your browser
//
// Also needs: npm install openid-client
import { clientSecretBasic, OAuth2Api } from "hydra-sdk";
import * as openid from "openid-client";
import { Browser, type Page, textOf } from "../support/browser.ts";
import { cleanUp } from "../support/clean-up.ts";
import { interrupted, serve, startStage } from "../support/serve.ts";
import { webServer } from "../tokens/web-server.ts";

async function see(what: string, opened: Promise<Page>): Promise<Page> {
  const page = await opened;
  console.log(`${what}: ${page.status} ${textOf(page)}`);
  return page;
}

async function walk(origin: string, email: string, password: string): Promise<void> {
  const browser = new Browser();
  const login = await see("open the application", browser.open(`${origin}/login`));
  await see("wrong password", browser.submit(login, { email, password: "wrong" }));
  const consent = await see("right password", browser.submit(login, { email, password, remember: "yes" }));
  await see("refuse", browser.submit(consent, {}, "no"));
  const again = await see("try again, remembered", browser.open(`${origin}/login`));
  await see("allow", browser.submit(again, { remember: "yes" }));
  await see("the next time", browser.open(`${origin}/login`));
  const logout = await see("log out", browser.open(`${origin}/logout`));
  await see("yes", browser.submit(logout, {}));
}

const stage = await startStage();
let handle: ReturnType<typeof webServer>;
const { origin, close } = await serve((request) => handle(request), Number(process.env.APP_PORT ?? 0));
try {
  // In production the client exists, and its id and secret come from the environment.
  const oauth2 = new OAuth2Api({ timeout: 10_000, ...stage.configuration });
  const redirects = { redirect_uris: [`${origin}/callback`], post_logout_redirect_uris: [`${origin}/`] };
  const { data: client } = await oauth2.createOAuth2Client({
    oAuth2Client: { client_name: "Web shop", scope: "openid email", ...redirects },
  });
  try {
    const issuer = new URL(stage.configuration.basePath);
    // Plain http is for a loopback address alone.
    const insecure = issuer.protocol === "http:" ? { execute: [openid.allowInsecureRequests] } : {};
    const auth = clientSecretBasic(client.client_secret!);
    handle = webServer(await openid.discovery(issuer, client.client_id!, undefined, auth, insecure), origin);

    if (process.argv.includes("--serve")) {
      console.log(`Open ${origin}/login and log in as ${stage.who}. Ctrl+C ends it.`);
      await interrupted();
    } else await walk(origin, stage.email, stage.password);
  } finally {
    await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
  }
} finally {
  await close();
  await stage.close();
}
