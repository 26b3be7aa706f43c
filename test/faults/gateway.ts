import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fetch, FetchInit } from "../../src/index.ts";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { CLOSED_PORT } from "../support/closed-port.ts";

/** The faults that can hit a request, and whether the server still processes it. */
export const FAULTS = {
  "connection refused": { processed: false },
  "connection reset before processing": { processed: false },
  "connection reset after processing": { processed: true },
  "no response, before processing": { processed: false },
  "no response, after processing": { processed: true },
  "slow body": { processed: true },
  "connection closed within the body": { processed: true },
  "truncated body without content-length": { processed: true },
  "HTML with status 200": { processed: false },
  "429": { processed: false },
  "429 with Retry-After": { processed: false },
  "500": { processed: false },
  "502 after processing": { processed: true },
  "503": { processed: false },
  "504 after processing": { processed: true },
  "redirect to another host": { processed: false },
  "abort by the caller": { processed: true },
  "concurrent writer": { processed: true },
} as const satisfies Record<string, { processed: boolean }>;

export type FaultName = keyof typeof FAULTS;

/** A request that was sent, and the fault that hit it. */
export interface Attempt {
  method: string;
  path: string;
  body: string;
  fault?: FaultName;
  /** The clients on the server just before the request. */
  before: string;
}

/** A mock behind a real socket, with a fault that hits the n-th request. */
export interface Gateway {
  hydra: MockHydra;
  origin: string;
  /** A fetch function that injects the fault. */
  fetch: Fetch;
  /** Aborts if the fault is an abort by the caller. */
  signal: AbortSignal;
  attempts: Attempt[];
  /** All tokens and secrets that the server has issued. */
  secrets: Set<string>;
  /** The number of requests that reached another host. */
  readonly requestsElsewhere: number;
  /** Resolves when every connection that a fault keeps open is closed. */
  released(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param writeConcurrently simulates another writer just before the request that the fault hits
 * @param passTimeout advances the time by the timeout of a call
 */
export async function openGateway(
  fault: FaultName | undefined,
  step: number,
  writeConcurrently: (attempt: Attempt) => Promise<void> = async () => {},
  passTimeout: () => Promise<void> = async () => {},
): Promise<Gateway> {
  const hydra = createMockHydra();
  const secrets = new Set<string>();
  const heldConnections: Promise<unknown>[] = [];
  const caller = new AbortController();
  let requestsElsewhere = 0;

  const server = createServer(async (request, response) => {
    const name = request.headers["x-fault"] as FaultName | undefined;
    if (name === "connection reset before processing") return void request.socket.resetAndDestroy();
    const body = await text(request);
    const processed = name && !FAULTS[name].processed ? undefined : await process(request, body);
    if (name && name !== "concurrent writer") {
      if (/no response|slow|abort/.test(name))
        heldConnections.push(new Promise((done) => response.once("close", done)));
      return applyFault(name, response, processed);
    }
    response.writeHead(processed!.status, processed!.headers).end(processed!.body);
  });
  const otherHost = createServer((_, response) => {
    requestsElsewhere++;
    response.end("{}");
  });
  const [port, otherPort] = await Promise.all([listen(server), listen(otherHost)]);
  const origin = `http://127.0.0.1:${port}`;
  hydra.publicUrl = hydra.adminUrl = origin;

  async function process({ method, url, headers }: IncomingMessage, body: string) {
    const { "x-fault": _, connection, ...rest } = headers;
    const init = { method: method!, headers: rest as Record<string, string>, ...(body && { body }) };
    const reply = await hydra.fetch(origin + url, init);
    const replyBody = await reply.text();
    for (const [, secret] of replyBody.matchAll(
      /"(?:client_secret|registration_access_token|access_token)":"([^"]+)"/g,
    )) {
      secrets.add(secret!);
    }
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body: replyBody };
  }

  function applyFault(
    name: FaultName,
    response: ServerResponse,
    processed: Awaited<ReturnType<typeof process>> | undefined,
  ) {
    const type = { "content-type": "application/json" };
    const errorBody = JSON.stringify({ error: "fault", error_description: "Injected by the test." });
    switch (name) {
      case "connection reset after processing":
        return void response.socket?.resetAndDestroy();
      case "no response, before processing":
      case "no response, after processing":
        return void passTimeout();
      case "abort by the caller":
        return caller.abort();
      case "slow body":
        response.writeHead(processed!.status, { ...type, "content-length": 1000 });
        response.write("{");
        return trickle(response, passTimeout);
      case "connection closed within the body":
        response.writeHead(200, { ...type, "content-length": processed!.body.length + 1 });
        return void response.write(processed!.body, () => response.socket?.destroy());
      case "truncated body without content-length":
        return void response.writeHead(200, type).end(processed!.body.slice(0, -2) || "{");
      case "HTML with status 200":
        return void response
          .writeHead(200, { "content-type": "text/html" })
          .end("<!doctype html><title>Portal</title>");
      case "redirect to another host":
        return void response.writeHead(307, { location: `http://127.0.0.1:${otherPort}/` }).end();
      case "429 with Retry-After":
        return void response.writeHead(429, { ...type, "retry-after": "2" }).end(errorBody);
      default:
        response.writeHead(Number(name.slice(0, 3)), type).end(errorBody);
    }
  }

  const attempts: Attempt[] = [];
  const state = () => JSON.stringify([...hydra.state.clients.values()]);
  const fetch = async (url: string, init: FetchInit): Promise<Response> => {
    const attempt: Attempt = {
      method: init.method,
      path: new URL(url).pathname,
      body: init.body ?? "",
      before: state(),
    };
    attempts.push(attempt);
    if (!fault || attempts.length !== step) return globalThis.fetch(url, init);
    attempt.fault = fault;
    if (fault === "concurrent writer") await writeConcurrently(attempt);
    if (fault === "connection refused") return globalThis.fetch(url.replace(`:${port}`, `:${CLOSED_PORT}`), init);
    return globalThis.fetch(url, { ...init, headers: { ...init.headers, "x-fault": fault } });
  };

  return {
    hydra,
    origin,
    fetch,
    signal: caller.signal,
    attempts,
    secrets,
    get requestsElsewhere() {
      return requestsElsewhere;
    },
    released: async () => void (await Promise.all(heldConnections)),
    async close() {
      await Promise.all(
        [server, otherHost].map((each) => new Promise((done) => each.close(done).closeAllConnections())),
      );
    },
  };
}

async function text(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  return body;
}

function trickle(response: ServerResponse, passTimeout: () => Promise<void>): void {
  let written = 0;
  const timer = setInterval(() => {
    response.write(" ");
    if (++written === 3) void passTimeout();
  }, 5);
  response.once("close", () => clearInterval(timer));
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}
