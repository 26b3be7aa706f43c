import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { authorizationUrl, Configuration, generateKey, OAuth2Api, OidcApi, publicJwks } from "../index.ts";
import { createMockHydra } from "../mock/index.ts";
import { listen } from "../mock/node.ts";
import { EXAMPLE_CLIENTS } from "./example-clients.ts";

/** A mock of Hydra with clients, and an application that signs everybody in. */
export interface ExampleServer {
  publicUrl: string;
  adminUrl: string;
  close(): Promise<void>;
}

/** Who signs in. */
const SUBJECT = "ada@example.com";

const DAY = 86_400_000;

/** Serves a mock with {@link EXAMPLE_CLIENTS} on free ports of 127.0.0.1. */
export async function serveExample(now: () => number): Promise<ExampleServer> {
  const application = createServer(async (request, response) => {
    try {
      response.writeHead(303, { location: await accept(api, request) }).end();
    } catch {
      response
        .writeHead(400, { "content-type": "text/plain" })
        .end("This request is not known, or was answered already.");
    }
  });
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  const pages = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
  const urls = {
    login: `${pages}/login`,
    consent: `${pages}/consent`,
    logout: `${pages}/logout`,
    device: `${pages}/device`,
  };
  let daysAgo = EXAMPLE_CLIENTS.length;
  const mock = createMockHydra({ urls, clock: () => now() - daysAgo * DAY });
  const { publicUrl, adminUrl, close } = await listen(mock);
  const configuration = new Configuration({ basePath: publicUrl, adminBasePath: adminUrl });
  const api = new OAuth2Api(configuration);
  for (const client of EXAMPLE_CLIENTS) {
    mock.addClient(client);
    daysAgo--;
  }
  await addMore(configuration, api, now);
  return {
    publicUrl,
    adminUrl,
    async close() {
      application.close();
      application.closeAllConnections();
      await close();
    },
  };
}

/** Accepts what the server asks for at one of the pages, and returns where the browser goes next. */
async function accept(api: OAuth2Api, { url = "" }: IncomingMessage): Promise<string> {
  const { searchParams } = new URL(url, "http://127.0.0.1");
  const challengeOf = (step: string) => searchParams.get(`${step}_challenge`);
  const loginChallenge = challengeOf("login");
  const consentChallenge = challengeOf("consent");
  const logoutChallenge = challengeOf("logout");
  if (loginChallenge) {
    const acceptOAuth2LoginRequest = { subject: SUBJECT, remember: true };
    return (await api.acceptOAuth2LoginRequest({ loginChallenge, acceptOAuth2LoginRequest })).data.redirect_to;
  }
  if (consentChallenge) {
    const { data } = await api.getOAuth2ConsentRequest({ consentChallenge });
    const acceptOAuth2ConsentRequest = {
      grant_scope: data.requested_scope ?? [],
      grant_access_token_audience: data.requested_access_token_audience ?? [],
      remember: true,
      session: { id_token: { email: SUBJECT, name: "Ada Lovelace" } },
    };
    return (await api.acceptOAuth2ConsentRequest({ consentChallenge, acceptOAuth2ConsentRequest })).data.redirect_to;
  }
  if (logoutChallenge) return (await api.acceptOAuth2LogoutRequest({ logoutChallenge })).data.redirect_to;
  const acceptDeviceUserCodeRequest = { user_code: searchParams.get("user_code") ?? "" };
  const deviceChallenge = challengeOf("device") ?? "";
  return (await api.acceptUserCodeRequest({ deviceChallenge, acceptDeviceUserCodeRequest })).data.redirect_to;
}

/** Adds a client that registered itself, an issuer that is trusted, and consents of {@link SUBJECT}. */
async function addMore(configuration: Configuration, api: OAuth2Api, now: () => number): Promise<void> {
  await new OidcApi(configuration).createOidcDynamicClient({
    oAuth2Client: {
      client_name: "A client that registered itself",
      redirect_uris: ["https://guest.example.org/callback"],
    },
  });
  const { keys } = await publicJwks(await generateKey("ES256"));
  await api.trustOAuth2JwtGrantIssuer({
    trustOAuth2JwtGrantIssuer: {
      issuer: "https://partner.example.net",
      subject: SUBJECT,
      scope: ["read"],
      jwk: keys[0]!,
      expires_at: new Date(now() + 365 * DAY).toISOString(),
    },
  });
  const cookies = new Map<string, string>();
  for (const clientId of ["web-shop", "storefront"]) {
    const redirectUri = "http://127.0.0.1/callback";
    const basePath = configuration.basePath!;
    const { url } = await authorizationUrl({ basePath, clientId, redirectUri, scope: ["openid"] });
    await browse(url, redirectUri, cookies);
  }
}

/** Follows redirects as a browser does, up to the redirect URI of a client. */
async function browse(start: string, end: string, cookies: Map<string, string>): Promise<void> {
  for (let url: string | null = start; url && !url.startsWith(end); ) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response: Response = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    url = response.headers.get("location");
  }
}
