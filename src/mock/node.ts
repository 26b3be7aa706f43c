/**
 * The mock of Ory Hydra on ports of this machine: {@link listen} serves one.
 *
 * @module hydra-sdk/mock/node
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createMockHydra, type MockHydra, type MockHydraOptions } from "./index.ts";

/** How a mock is served: everything that {@link MockHydraOptions} has but the URLs, which follow from the ports. */
export interface ListenOptions extends Omit<MockHydraOptions, "publicUrl" | "adminUrl"> {
  /** The port of the public API; 0 takes a free one. @default 0 */
  publicPort?: number;
  /** The port of the admin API; 0 takes a free one. @default 0 */
  adminPort?: number;
  /**
   * The address to listen at. Anything but a loopback address lets others reach a server that nothing protects.
   * @default "127.0.0.1"
   */
  host?: string;
}

/** A mock that is being served. */
export interface ListeningMock {
  /** Where the public API is served, such as `http://127.0.0.1:41001`. */
  publicUrl: string;
  /** Where the admin API is served. */
  adminUrl: string;
  /** The mock itself: its state, its requests, and how to make it fail. */
  mock: MockHydra;
  /** Stops listening and drops every connection, in use or kept alive. */
  close(): Promise<void>;
}

/**
 * Serves a mock over HTTP on two loopback ports, as a real Hydra listens: for clients that take no fetch function.
 *
 * @param target How to make the mock, or one that was made already: its URLs become those of the ports.
 * @throws the operating system's error where a port cannot be bound
 *
 * @example
 * ```ts
 * const { publicUrl, adminUrl, close } = await listen();
 * ```
 */
export async function listen(target: ListenOptions | MockHydra = {}): Promise<ListeningMock> {
  const given = "requests" in target;
  const { publicPort = 0, adminPort = 0, host = "127.0.0.1" }: ListenOptions = given ? {} : target;
  const mock = given ? target : createMockHydra(target);
  const servers = [createServer(handler(mock, "publicUrl")), createServer(handler(mock, "adminUrl"))] as const;
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

/** @returns the server's own URL */
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

/** Passes the requests of one port to the mock, whatever name the caller knows the port by. */
function handler(mock: MockHydra, base: "publicUrl" | "adminUrl") {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    let request: Request;
    try {
      request = requestOf(incoming, mock[base], gone.signal);
    } catch {
      outgoing.writeHead(400).end();
      return;
    }
    try {
      await send(await mock.fetch(request), outgoing);
    } catch {
      // A connection that the mock was told to drop, or that the caller has dropped.
      outgoing.destroy();
    }
  };
}

/** @throws TypeError for a target that is no path and for a method that `fetch` has no request for */
function requestOf(incoming: IncomingMessage, base: string, signal: AbortSignal): Request {
  const { method = "GET", url = "", rawHeaders } = incoming;
  if (!url.startsWith("/")) throw new TypeError("the request target is no path");
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) headers.append(rawHeaders[i]!, rawHeaders[i + 1]!);
  const body = method === "GET" || method === "HEAD" ? {} : { body: bodyOf(incoming), duplex: "half" };
  return new Request(base + url, { method, headers, signal, ...body } as RequestInit);
}

/** Unlike `Readable.toWeb`, leaves the connection open where the reader has had enough: the answer still has to go out. */
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
