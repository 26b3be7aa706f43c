// Runs the complete authorization code flow: a web application, the login and consent application, and a user.
//
//   npx tsx examples/provider/sign-in.ts            goes through login, consent and logout, and prints each page
//   npx tsx examples/provider/sign-in.ts --serve    lets you go through it in your browser
//
// Also needs: npm install openid-client
import { clientSecretBasic, OAuth2Api } from "hydra-sdk";
import * as openid from "openid-client";
import { Browser, type Page, textOf } from "../support/browser.ts";
import { cleanUp } from "../support/clean-up.ts";
import { interrupted, serve, startStage } from "../support/serve.ts";
import { webServer } from "../tokens/web-server.ts";

async function show(step: string, opening: Promise<Page>): Promise<Page> {
  const page = await opening;
  console.log(`${step}: ${page.status} ${textOf(page)}`);
  return page;
}

async function walk(origin: string, email: string, password: string): Promise<void> {
  const browser = new Browser();
  const loginPage = await show("open the application", browser.open(`${origin}/login`));
  await show("wrong password", browser.submit(loginPage, { email, password: "wrong" }));
  const consentPage = await show("right password", browser.submit(loginPage, { email, password, remember: "yes" }));
  await show("deny", browser.submit(consentPage, {}, "no"));
  const rememberedPage = await show("try again, remembered", browser.open(`${origin}/login`));
  await show("allow", browser.submit(rememberedPage, { remember: "yes" }));
  await show("next time", browser.open(`${origin}/login`));
  const logoutPage = await show("log out", browser.open(`${origin}/logout`));
  await show("confirm", browser.submit(logoutPage, {}));
}

const stage = await startStage();
let app: ReturnType<typeof webServer>;
const { origin, close } = await serve((request) => app(request), Number(process.env.APP_PORT ?? 0));
try {
  // In production, the client already exists, and its ID and secret come from the environment.
  const oauth2 = new OAuth2Api({ timeout: 10_000, ...stage.configuration });
  const redirects = { redirect_uris: [`${origin}/callback`], post_logout_redirect_uris: [`${origin}/`] };
  const { data: client } = await oauth2.createOAuth2Client({
    oAuth2Client: { client_name: "Web shop", scope: "openid email", ...redirects },
  });
  try {
    const issuer = new URL(stage.configuration.basePath);
    // Plain http is only acceptable on a loopback address.
    const insecure = issuer.protocol === "http:" ? { execute: [openid.allowInsecureRequests] } : {};
    const auth = clientSecretBasic(client.client_secret!);
    app = webServer(await openid.discovery(issuer, client.client_id!, undefined, auth, insecure), origin);

    if (process.argv.includes("--serve") || process.argv[1]?.endsWith("web-server.ts")) {
      console.log(`Open ${origin}/login and log in as ${stage.loginHint}. Press Ctrl+C to stop.`);
      await interrupted();
    } else await walk(origin, stage.email, stage.password);
  } finally {
    await cleanUp(oauth2.deleteOAuth2Client({ id: client.client_id! }));
  }
} finally {
  await close();
  await stage.close();
}
