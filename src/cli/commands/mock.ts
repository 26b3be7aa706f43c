import { once } from "node:events";
import { HYDRA_VERSIONS, type HydraVersion, InvalidInputError, isInvalidInputError } from "../../index.ts";
import type { ListenConsoleOptions, ListeningMock, ListenOptions } from "../../mock/node.ts";
import { type Command, command } from "../command.ts";
import { boolean, integer, list, text, type Values } from "../flags.ts";
import type { Io } from "../io.ts";

const PAGES = ["login", "consent", "logout", "device"] as const;

const STRATEGIES = ["opaque", "jwt"] as const;

const FLAGS = {
  "public-port": integer("port of the public API (default 4444; 0 takes a free one)", { placeholder: "PORT" }),
  "admin-port": integer("port of the admin API (default 4445; 0 takes a free one)", { placeholder: "PORT" }),
  host: text("address to listen at (default 127.0.0.1)", { placeholder: "ADDRESS" }),
  "allow-remote-access": boolean("allow a --host that other machines can reach; the mock does not protect itself"),
  hydra: text("version of Hydra to behave as (default master)", { values: HYDRA_VERSIONS, closed: true }),
  issuer: text("issuer identifier (default the URL of the public API, with a slash)", { placeholder: "URL" }),
  "no-dynamic-registration": boolean("clients may not register themselves"),
  "client-registration-url": text("registration_endpoint of the discovery document (default none, as Hydra's)", {
    placeholder: "URL",
  }),
  "access-token-strategy": text("format of access tokens (default opaque)", { values: STRATEGIES, closed: true }),
  "access-token-ttl": text("lifetime of access tokens, such as 10s (default 1h)", { placeholder: "DURATION" }),
  "cors-origin": list("origin whose pages may call both APIs (default http://127.0.0.1:3000)", {
    placeholder: "ORIGIN",
  }),
  "login-url": text("page that asks for a login (default http://127.0.0.1:3000/login)", { placeholder: "URL" }),
  "consent-url": text("page that asks for consent (default http://127.0.0.1:3000/consent)", { placeholder: "URL" }),
  "logout-url": text("page that asks whether to log out (default http://127.0.0.1:3000/logout)", {
    placeholder: "URL",
  }),
  "device-url": text("page that asks for a user code (default http://127.0.0.1:3000/device/verify)", {
    placeholder: "URL",
  }),
  seed: text("makes IDs, secrets and tokens the same on every run"),
  network: boolean("serve a mock of Ory Network: its console, and a project with a Hydra of its own"),
  "console-port": integer("port of the console, with --network (default 4447; 0 takes a free one)", {
    placeholder: "PORT",
  }),
};

/** The flags of a Hydra alone: a project has one free port for both APIs, and its settings are in the console. */
const NETWORK_HINTS = {
  "public-port": "each project has a free port, --console-port is that of the console",
  "admin-port": "each project has a free port, --console-port is that of the console",
  "no-dynamic-registration": "a project begins without it, and `patch oauth2-config` enables it",
};

/** The flags of the options that the mock itself checks. */
const FLAG_OF: Record<string, string> = {
  clientRegistrationUrl: "--client-registration-url",
  corsOrigins: "--cors-origin",
  host: "--host",
  issuer: "--issuer",
  "ttl.accessToken": "--access-token-ttl",
  ...Object.fromEntries(PAGES.map((page) => [`urls.${page}`, `--${page}-url`])),
};

export const mock: Command = command({
  verb: "mock",
  summary: "Serve a mock of Ory Hydra or Ory Network, for tests and development",
  details:
    "It answers as Ory Hydra does and keeps everything in memory. Never for production: it is not protected. Ctrl+C ends it.",
  examples: [
    ["hydra-sdk mock", "at the ports of Hydra, 4444 and 4445"],
    ["hydra-sdk mock --public-port 0 --admin-port 0 --seed 1", "at free ports, with the same IDs on every run"],
    ["hydra-sdk mock --network", "Ory Network: the console and a project; it prints the variables for them"],
  ],
  flags: FLAGS,
  remote: false,
  async run({ flags, io }) {
    if (flags.network) return serveNetwork(flags, io);
    if (flags["console-port"] !== undefined)
      throw new InvalidInputError("--console-port", "--console-port is for --network");
    const { publicUrl, adminUrl, close } = await start(optionsOf(flags));
    await io.stdout.write(`This is a mock of Ory Hydra, never for production: it keeps everything in memory and is not protected.

  public API  ${publicUrl}
  admin API   ${adminUrl}

Try:   hydra-sdk create oauth2-client --name First --public ${publicUrl} --admin ${adminUrl}
Stop:  Ctrl+C
`);
    if (!io.signal.aborted) await once(io.signal, "abort");
    await close();
  },
});

async function serveNetwork(flags: Values<typeof FLAGS>, io: Io): Promise<void> {
  const other = (Object.keys(NETWORK_HINTS) as (keyof typeof NETWORK_HINTS)[]).find(
    (name) => flags[name] !== undefined,
  );
  if (other) throw new InvalidInputError(`--${other}`, `--${other} is not for --network: ${NETWORK_HINTS[other]}`);
  const consolePort = port("--console-port", flags["console-port"] ?? 4447);
  const { publicPort, adminPort, dynamicRegistration, ...common } = optionsOf(flags);
  const options: ListenConsoleOptions = { ...common, port: consolePort };
  const { listenConsole } = await import("../../mock/node.ts");
  const { consoleUrl, workspaceApiKey, mock, close } = await listening(
    listenConsole(options),
    () => "--console-port",
    options,
  );
  const { project, url, apiKey } = await mock.addProject();
  await io.stdout.write(`This is a mock of Ory Network, never for production: it keeps everything in memory and is not protected.

  console  ${consoleUrl}
  project  ${url} (${project.slug})

In the shell that is to use it, instead of other variables and profiles:

export ORY_CONSOLE_URL=${consoleUrl}
export ORY_WORKSPACE_API_KEY=${workspaceApiKey}
export ORY_PROJECT=${project.id}
export ORY_SDK_URL=${url}
export ORY_API_KEY=${apiKey}

Try:   hydra-sdk get oauth2-config
Stop:  Ctrl+C
`);
  if (!io.signal.aborted) await once(io.signal, "abort");
  await close();
}

function optionsOf(flags: Values<typeof FLAGS>): ListenOptions {
  const { host, hydra, issuer, seed, "cors-origin": corsOrigins } = flags;
  const accessTokenStrategy = flags["access-token-strategy"] as (typeof STRATEGIES)[number] | undefined;
  const { "client-registration-url": clientRegistrationUrl, "access-token-ttl": accessToken } = flags;
  const urls: Partial<Record<(typeof PAGES)[number], string>> = {};
  for (const page of PAGES) {
    const url = flags[`${page}-url`];
    if (url !== undefined) urls[page] = url;
  }
  return {
    publicPort: port("--public-port", flags["public-port"] ?? 4444),
    adminPort: port("--admin-port", flags["admin-port"] ?? 4445),
    dynamicRegistration: !flags["no-dynamic-registration"],
    urls,
    ...(host !== undefined && { host }),
    ...(flags["allow-remote-access"] && { allowRemoteAccess: true }),
    ...(hydra !== undefined && { version: hydra as HydraVersion }),
    ...(issuer !== undefined && { issuer }),
    ...(clientRegistrationUrl !== undefined && { clientRegistrationUrl }),
    ...(accessTokenStrategy && { accessTokenStrategy }),
    ...(accessToken !== undefined && { ttl: { accessToken } }),
    ...(corsOrigins && { corsOrigins }),
    ...(seed !== undefined && { seed }),
  };
}

function port(flag: string, value: number): number {
  if (value <= 65_535) return value;
  throw new InvalidInputError(flag, `${flag} must be a port from 0 to 65535`);
}

async function start(options: ListenOptions): Promise<ListeningMock> {
  const { listen } = await import("../../mock/node.ts");
  const flagOf = (taken: number | undefined) => (taken === options.adminPort ? "--admin-port" : "--public-port");
  return listening(listen(options), flagOf, options);
}

/** Waits for a server to listen. @throws {@link InvalidInputError} it cannot; names the flag, by `flagOf` that of the port */
async function listening<T>(
  server: Promise<T>,
  flagOf: (port: number | undefined) => string,
  { host }: { host?: string },
): Promise<T> {
  try {
    return await server;
  } catch (error) {
    if (isInvalidInputError(error) && FLAG_OF[error.field]) {
      const flag = FLAG_OF[error.field]!;
      throw new InvalidInputError(flag, error.message.replace(error.field, flag));
    }
    const { code, port: taken, address } = error as { code?: string; port?: number; address?: string };
    if (code === undefined) throw error;
    const flag = address !== undefined && code === "EADDRNOTAVAIL" ? "--host" : flagOf(taken);
    const fix = flag === "--host" ? "it must be an address of this machine" : `${flag} 0 takes a free port`;
    throw new InvalidInputError(flag, `${flag}: cannot listen at ${address ?? host}:${taken ?? ""} (${code}): ${fix}`);
  }
}
