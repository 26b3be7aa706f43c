// The authorization code flow from end to end: a web application, the login and consent application, and a person.
//
//   npx tsx examples/provider/sign-in.ts            walks through login, consent and logout, and prints what is seen
//   npx tsx examples/provider/sign-in.ts --serve    leaves it to you and your browser
import { clientSecretBasic, OAuth2Api } from "hydra-sdk";
import * as openid from "openid-client";
import { Browser, type Page, textOf } from "../support/browser.ts";
import { interrupted, serve, startStage } from "../support/serve.ts";
import { webServer } from "../tokens/web-server.ts";

const stage = await startStage();
const { basePath } = stage.configuration;
const oauth2 = new OAuth2Api({ timeout: 10_000, ...stage.configuration });

let handle: ReturnType<typeof webServer>;
const site = await serve((request) => handle(request), Number(process.env["APP_PORT"] ?? 0));

// In production the client exists, and its id and secret come from the environment.
const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: {
    client_name: "Web shop",
    grant_types: ["authorization_code"],
    redirect_uris: [`${site.origin}/callback`],
    post_logout_redirect_uris: [`${site.origin}/`],
    scope: "openid email",
  },
});

async function see(what: string, opened: Promise<Page>): Promise<Page> {
  const page = await opened;
  console.log(`${what}: ${page.status} ${textOf(page)}`);
  return page;
}

try {
  const auth = clientSecretBasic(client.client_secret!);
  // Plain http is for a loopback address alone.
  const insecure = new URL(basePath).protocol === "http:" ? { execute: [openid.allowInsecureRequests] } : {};
  const config = await openid.discovery(new URL(basePath), client.client_id!, undefined, auth, insecure);
  handle = webServer(config, site.origin);

  if (process.argv.includes("--serve")) {
    console.log(`Open ${site.origin}/login and log in as ${stage.email} with ${stage.password}. Ctrl+C ends it.`);
    await interrupted();
  } else {
    const browser = new Browser();
    const { email, password } = stage;
    const login = await see("open the application", browser.open(`${site.origin}/login`));
    await see("wrong password", browser.submit(login, { email, password: "wrong" }));
    const consent = await see("right password", browser.submit(login, { email, password, remember: "yes" }));
    await see("refuse", browser.submit(consent, {}, "no"));
    const again = await see("try again, remembered", browser.open(`${site.origin}/login`));
    await see("allow", browser.submit(again, { remember: "yes" }));
    await see("the next time", browser.open(`${site.origin}/login`));
    const logout = await see("log out", browser.open(`${site.origin}/logout`));
    await see("yes", browser.submit(logout, {}));
  }
} finally {
  await oauth2.deleteOAuth2Client({ id: client.client_id! });
  await site.close();
  await stage.close();
}
