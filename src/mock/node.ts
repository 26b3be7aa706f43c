/**
 * The mocks on local ports: {@link listen} serves that of Ory Hydra, {@link listenConsole} that of Ory Network's console.
 *
 * @module hydra-sdk/mock/node
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { assertHost } from "./check-options.ts";
import {
  createMockConsole,
  createMockHydra,
  type MockConsole,
  type MockConsoleOptions,
  type MockHydra,
  type MockHydraOptions,
} from "./index.ts";

/** The options of a served mock: those of {@link MockHydraOptions}, except for the URLs, which the ports determine. */
export interface ListenOptions extends Omit<MockHydraOptions, "publicUrl" | "adminUrl"> {
  /** The port of the public API; 0 takes a free one. @default 0 */
  publicPort?: number;
  /** The port of the admin API; 0 takes a free one. @default 0 */
  adminPort?: number;
  /** The address to listen at; a loopback address, unless `allowRemoteAccess` is true. @default "127.0.0.1" */
  host?: string;
  /** Allows an address that other machines can reach. The mock protects neither clients nor keys. @default false */
  allowRemoteAccess?: boolean;
}

/** A mock that is being served. */
export interface ListeningMock {
  /** Where the public API is served, such as `http://127.0.0.1:41001`. */
  publicUrl: string;
  /** Where the admin API is served. */
  adminUrl: string;
  /** The mock itself, with its state, its requests and its faults. */
  mock: MockHydra;
  /** Stops listening and closes every connection, whether in use or idle. */
  close(): Promise<void>;
}

/**
 * Serves a mock over HTTP on two local ports, as a real Hydra listens, for clients that do not accept a fetch function.
 *
 * @param target the options of a new mock, or an existing mock, whose URLs then change to those of the ports
 * @throws {@link InvalidInputError} an option is not valid; `field` names it
 * @throws the error of the operating system if a port cannot be bound
 *
 * @example
 * ```ts
 * const { publicUrl, adminUrl, close } = await listen();
 * ```
 */
export async function listen(target: ListenOptions | MockHydra = {}): Promise<ListeningMock> {
  const isMock = "requests" in target;
  const options: ListenOptions = isMock ? {} : target;
  const { publicPort = 0, adminPort = 0, host = "127.0.0.1", allowRemoteAccess = false, ...mockOptions } = options;
  assertHost("host", host, allowRemoteAccess, "allowRemoteAccess is true");
  const mock = isMock ? target : createMockHydra(mockOptions);
  const servers = [serverOf(mock.fetch, () => mock.publicUrl), serverOf(mock.fetch, () => mock.adminUrl)] as const;
  const close = async (): Promise<void> => void (await Promise.all(servers.map(stop)));
  try {
    mock.publicUrl = await start(servers[0], publicPort, host);
    mock.adminUrl = await start(servers[1], adminPort, host);
  } catch (error) {
    await close();
    throw error;
  }
  return { publicUrl: mock.publicUrl, adminUrl: mock.adminUrl, mock, close };
}

/** The options of a served console: those of {@link MockConsoleOptions}, except for what the ports determine. */
export interface ListenConsoleOptions extends Omit<MockConsoleOptions, "consoleUrl" | "serveProject"> {
  /** The port of the console; 0 takes a free one. Each project has a free port of its own. @default 0 */
  port?: number;
  /** The address to listen at; a loopback address, unless `allowRemoteAccess` is true. @default "127.0.0.1" */
  host?: string;
  /** Allows an address that other machines can reach. @default false */
  allowRemoteAccess?: boolean;
}

/** A console that is being served. */
export interface ListeningConsole {
  /** Where the console is served, for `consolePath`. */
  consoleUrl: string;
  /** The API key of the first workspace. */
  workspaceApiKey: string;
  /** The mock itself. `addProject()` adds a project, and opens its port. */
  mock: MockConsole;
  /** Stops listening on all ports, those of the projects included, and closes every connection. */
  close(): Promise<void>;
}

/**
 * Serves a mock of Ory Network's console over HTTP, and each of its projects on a port of its own: host names such as
 * `<slug>.projects.oryapis.com` would not lead to this machine. `hosts` of a project in a list names the address.
 *
 * It is not recorded from the real console: see {@link MockConsole}.
 *
 * @throws the error of the operating system if a port cannot be bound
 *
 * @example
 * ```ts
 * const { consoleUrl, workspaceApiKey, mock, close } = await listenConsole();
 * const { url, apiKey } = await mock.addProject({ name: "Shop" });
 * const configuration = { basePath: url, accessToken: apiKey, consolePath: consoleUrl, workspaceApiKey };
 * ```
 */
export async function listenConsole(options: ListenConsoleOptions = {}): Promise<ListeningConsole> {
  const { port = 0, host = "127.0.0.1", allowRemoteAccess = false, ...more } = options;
  assertHost("host", host, allowRemoteAccess, "allowRemoteAccess is true");
  const servers: Server[] = [];
  const serve = async (fetch: Fetch, port: number): Promise<string> => {
    let url = "";
    const server = serverOf(fetch, () => url);
    servers.push(server);
    url = await start(server, port, host);
    return url;
  };
  const mock = createMockConsole({ ...more, serveProject: ({ fetch }) => serve(fetch, 0) });
  mock.consoleUrl = await serve(mock.fetch, port);
  const { consoleUrl, workspaceApiKey } = mock;
  return { consoleUrl, workspaceApiKey, mock, close: async () => void (await Promise.all(servers.map(stop))) };
}

type Fetch = MockHydra["fetch"];

/** @returns the URL of the server */
function start(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const { address, family, port: bound } = server.address() as AddressInfo;
      const reachable = address === "0.0.0.0" ? "127.0.0.1" : address === "::" ? "::1" : address;
      resolve(`http://${family === "IPv6" ? `[${reachable}]` : reachable}:${bound}`);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Creates a server that passes its requests to `fetch`, whatever host name they are sent to. */
function serverOf(fetch: Fetch, url: () => string): Server {
  return createServer(async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const disconnected = new AbortController();
    outgoing.once("close", () => disconnected.abort());
    let request: Request;
    try {
      request = requestOf(incoming, url(), disconnected.signal);
    } catch {
      outgoing.writeHead(400).end();
      return;
    }
    try {
      await send(await fetch(request), outgoing);
    } catch {
      // The mock was told to drop the connection, or the caller has closed it.
      outgoing.destroy();
    }
  });
}

/** @throws TypeError if the request target is not a path, or if `fetch` does not support the method */
function requestOf(incoming: IncomingMessage, base: string, signal: AbortSignal): Request {
  const { method = "GET", url = "", rawHeaders } = incoming;
  if (!url.startsWith("/")) throw new TypeError("the request target is not a path");
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) headers.append(rawHeaders[i]!, rawHeaders[i + 1]!);
  const body = method === "GET" || method === "HEAD" ? {} : { body: bodyOf(incoming), duplex: "half" };
  return new Request(base + url, { method, headers, signal, ...body } as RequestInit);
}

/** Unlike `Readable.toWeb`, keeps the connection open if the reader cancels: the response must still be sent. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const ended = new AbortController();
  return new ReadableStream({
    start(controller) {
      const on = (event: string, listener: (value: any) => void): void => {
        incoming.on(event, listener);
        ended.signal.addEventListener("abort", () => incoming.off(event, listener));
      };
      on("data", (chunk: Uint8Array) => controller.enqueue(chunk));
      on("end", () => controller.close());
      on("error", (error: Error) => controller.error(error));
    },
    cancel() {
      ended.abort();
      incoming.on("error", () => {}).resume();
    },
  });
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat());
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const { value } = part;
    await new Promise<void>((resolve, reject) => {
      outgoing.write(value, (error) => (error ? reject(error) : resolve()));
    });
  }
  outgoing.end();
}
