// Puts what the examples need on loopback ports: a Hydra, a login and consent application, a site.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type ConfigurationParameters, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { listen } from "hydra-sdk/mock/node";
import { provider } from "../provider/provider.ts";

type Handler = (request: Request) => Promise<Response>;

/** A site that is being served. */
export interface Site {
  origin: string;
  close(): Promise<void>;
}

/** Serves a function from Request to Response; port 0 takes a free one. */
export async function serve(handle: Handler, port = 0): Promise<Site> {
  const server = createServer(async (incoming, outgoing) => {
    const headers = incoming.headersDistinct as unknown as Record<string, string>;
    const init = {
      method: incoming.method!,
      headers,
      ...(incoming.method === "POST" && { body: await text(incoming) }),
    };
    const response = await handle(new Request(origin + incoming.url, init));
    outgoing.writeHead(response.status, [...response.headers].flat()).end(await response.text());
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin, close };
}

/** A Hydra, and the login and consent application that it sends people to. */
export interface Stage {
  configuration: ConfigurationParameters & { basePath: string };
  /** Where the login and consent application is. */
  app: string;
  /** Who can log in. */
  email: string;
  password: string;
  /** That in words; a password of the environment is not shown. */
  who: string;
  close(): Promise<void>;
}

/**
 * Serves the provider with the Hydra of the environment, or with a mock. A real Hydra is configured with the provider's
 * address, which is `http://127.0.0.1:3000` unless PORT says otherwise.
 *
 * @param corsOrigins whose pages may call the mock; a real Hydra is configured with them
 */
export async function startStage(corsOrigins: string[] = []): Promise<Stage> {
  const { ORY_SDK_URL, HYDRA_PUBLIC_URL, PORT = "3000", DEMO_EMAIL, DEMO_PASSWORD } = process.env;
  const isReal = Boolean(ORY_SDK_URL || HYDRA_PUBLIC_URL);
  const email = DEMO_EMAIL ?? "alice@example.com";
  const password = DEMO_PASSWORD ?? crypto.randomUUID();

  let app: Handler;
  const site = await serve((request) => app(request), isReal ? Number(PORT) : 0);
  const page = (path: string) => `${site.origin}/${path}`;
  const urls = {
    login: page("login"),
    consent: page("consent"),
    logout: page("logout"),
    device: page("device/verify"),
  };
  const mock = isReal ? undefined : await listen({ urls, corsOrigins });
  const configuration = mock ? { basePath: mock.publicUrl, adminBasePath: mock.adminUrl } : configurationFromEnv();
  app = provider({
    oauth2: new OAuth2Api({ timeout: 10_000, ...configuration }),
    authenticate: async (given, secret) => (given === email && secret === password ? "alice" : undefined),
    emailOf: async () => email,
  });
  const who = `${email} with ${DEMO_PASSWORD ? "DEMO_PASSWORD" : password}`;
  const close = async () => {
    await site.close();
    await mock?.close();
  };
  return { configuration, app: site.origin, email, password, who, close };
}

/** Resolves when the person at the terminal presses Ctrl+C, or the process is told to end. */
export const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve());
  });
