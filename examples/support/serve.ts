// Serves what the examples need on loopback ports: Hydra, the login and consent application, a web application.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type ConfigurationParameters, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { listen } from "hydra-sdk/mock/node";
import { provider } from "../provider/provider.ts";

type Handler = (request: Request) => Response | Promise<Response>;

/** A running server. */
export interface Site {
  origin: string;
  close(): Promise<void>;
}

/** Lets a server listen; port 0 selects a free port. */
export async function listening(server: Server, port = 0): Promise<Site> {
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Serves a function from Request to Response; port 0 selects a free port. */
export async function serve(handle: Handler, port = 0): Promise<Site> {
  const server = createServer(async (incoming, outgoing) => {
    const headers = incoming.headersDistinct as unknown as Record<string, string>;
    const init = {
      method: incoming.method!,
      headers,
      ...(incoming.method === "POST" && { body: await text(incoming) }),
    };
    const response = await handle(new Request(site.origin + incoming.url, init));
    outgoing.writeHead(response.status, [...response.headers].flat()).end(await response.text());
  });
  const site = await listening(server, port);
  return site;
}

/** Hydra, and the login and consent application to which it redirects users. */
export interface Stage {
  configuration: ConfigurationParameters & { basePath: string };
  /** The origin of the login and consent application. */
  app: string;
  /** The credentials of the only user who can log in. */
  email: string;
  password: string;
  /** Describes these credentials for the console, without a password from the environment. */
  loginHint: string;
  close(): Promise<void>;
}

/**
 * Serves the provider with the Hydra that the environment names, or with a mock. Configure a real Hydra with the provider's
 * origin, `http://127.0.0.1:3000` by default; PORT changes the port.
 *
 * @param corsOrigins origins whose pages may call the mock; configure a real Hydra with them
 * @param mcp the resources that tokens may be for, and the registration endpoint of the mock; configure a real Hydra with it
 */
export async function startStage(
  corsOrigins: string[] = [],
  mcp: { resources?: string[]; clientRegistrationUrl?: string } = {},
): Promise<Stage> {
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
  const { clientRegistrationUrl, resources } = mcp;
  const clientRegistration = clientRegistrationUrl !== undefined && { clientRegistrationUrl };
  const mock = isReal ? undefined : await listen({ urls, corsOrigins, ...clientRegistration });
  const configuration = mock ? { basePath: mock.publicUrl, adminBasePath: mock.adminUrl } : configurationFromEnv();
  app = provider({
    oauth2: new OAuth2Api({ timeout: 10_000, ...configuration }),
    authenticate: async (enteredEmail, enteredPassword) =>
      enteredEmail === email && enteredPassword === password ? "alice" : undefined,
    emailOf: async () => email,
    ...(resources && { resources }),
  });
  const loginHint = `${email} with ${DEMO_PASSWORD ? "DEMO_PASSWORD" : password}`;
  const close = async () => {
    await site.close();
    await mock?.close();
  };
  return { configuration, app: site.origin, email, password, loginHint, close };
}

/** Resolves on SIGINT (Ctrl+C) or SIGTERM. */
export const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve());
  });
