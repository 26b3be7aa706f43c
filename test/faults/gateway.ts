import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fetch, FetchInit } from "../../src/index.ts";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { CLOSED_PORT } from "../support/closed-port.ts";

/** What can go wrong with one request, and whether the server has carried it out then. */
export const FAULTS = {
  refused: { served: false },
  "reset before the request was read": { served: false },
  "reset after it was served": { served: true },
  "silence before it was served": { served: false },
  "silence after it was served": { served: true },
  "slow bytes": { served: true },
  "a body that breaks off": { served: true },
  "a body that was cut, whole by its headers": { served: true },
  "HTML with 200": { served: false },
  "429": { served: false },
  "429 with Retry-After": { served: false },
  "500": { served: false },
  "502 after it was served": { served: true },
  "503": { served: false },
  "504 after it was served": { served: true },
  "a redirect to another host": { served: false },
  "an abort by the caller": { served: true },
  "a second writer": { served: true },
} as const satisfies Record<string, { served: boolean }>;

export type FaultName = keyof typeof FAULTS;

/** One request as it went out, and the fault that hit it. */
export interface Attempt {
  method: string;
  path: string;
  body: string;
  fault?: FaultName;
  /** The clients on the server, just before. */
  before: string;
}

/** A mock behind a real socket whose n-th request is hit by a fault. */
export interface Gateway {
  hydra: MockHydra;
  origin: string;
  /** The network with the fault. */
  fetch: Fetch;
  /** Aborts when that is the fault. */
  signal: AbortSignal;
  attempts: Attempt[];
  /** Every token and secret that the server gave. */
  secrets: Set<string>;
  /** How many requests another host got. */
  readonly strayed: number;
  /** Whether every connection that a fault holds open was let go. */
  released(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param intrude the second writer, at work just before the request that it hits
 * @param elapse lets the time of a call pass
 */
export async function openGateway(
  fault: FaultName | undefined,
  step: number,
  intrude: (attempt: Attempt) => Promise<void> = async () => {},
  elapse: () => Promise<void> = async () => {},
): Promise<Gateway> {
  const hydra = createMockHydra();
  const secrets = new Set<string>();
  const held: Promise<unknown>[] = [];
  const caller = new AbortController();
  let strayed = 0;

  const server = createServer(async (request, response) => {
    const name = request.headers["x-fault"] as FaultName | undefined;
    if (name === "reset before the request was read") return void request.socket.resetAndDestroy();
    const body = await text(request);
    const answer = name && !FAULTS[name].served ? undefined : await serve(request, body);
    if (name && name !== "a second writer") {
      if (/silence|slow|abort/.test(name)) held.push(new Promise((done) => response.once("close", done)));
      return misbehave(name, response, answer);
    }
    response.writeHead(answer!.status, answer!.headers).end(answer!.body);
  });
  const stranger = createServer((_, response) => {
    strayed++;
    response.end("{}");
  });
  const [port, strangerPort] = await Promise.all([listen(server), listen(stranger)]);
  const origin = `http://127.0.0.1:${port}`;
  hydra.publicUrl = hydra.adminUrl = origin;

  async function serve({ method, url, headers }: IncomingMessage, body: string) {
    const { "x-fault": _, connection, ...rest } = headers;
    const init = { method: method!, headers: rest as Record<string, string>, ...(body && { body }) };
    const answer = await hydra.fetch(origin + url, init);
    const given = await answer.text();
    for (const [, secret] of given.matchAll(/"(?:client_secret|registration_access_token|access_token)":"([^"]+)"/g)) {
      secrets.add(secret!);
    }
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: given };
  }

  function misbehave(name: FaultName, response: ServerResponse, answer: Awaited<ReturnType<typeof serve>> | undefined) {
    const type = { "content-type": "application/json" };
    const refusal = JSON.stringify({ error: "fault", error_description: "The test wants it so." });
    switch (name) {
      case "reset after it was served":
        return void response.socket?.resetAndDestroy();
      case "silence before it was served":
      case "silence after it was served":
        return void elapse();
      case "an abort by the caller":
        return caller.abort();
      case "slow bytes":
        response.writeHead(answer!.status, { ...type, "content-length": 1000 });
        response.write("{");
        return trickle(response, elapse);
      case "a body that breaks off":
        response.writeHead(200, { ...type, "content-length": answer!.body.length + 1 });
        return void response.write(answer!.body, () => response.socket?.destroy());
      case "a body that was cut, whole by its headers":
        return void response.writeHead(200, type).end(answer!.body.slice(0, -2) || "{");
      case "HTML with 200":
        return void response
          .writeHead(200, { "content-type": "text/html" })
          .end("<!doctype html><title>Portal</title>");
      case "a redirect to another host":
        return void response.writeHead(307, { location: `http://127.0.0.1:${strangerPort}/` }).end();
      case "429 with Retry-After":
        return void response.writeHead(429, { ...type, "retry-after": "2" }).end(refusal);
      default:
        response.writeHead(Number(name.slice(0, 3)), type).end(refusal);
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
    if (fault === "a second writer") await intrude(attempt);
    if (fault === "refused") return globalThis.fetch(url.replace(`:${port}`, `:${CLOSED_PORT}`), init);
    return globalThis.fetch(url, { ...init, headers: { ...init.headers, "x-fault": fault } });
  };

  return {
    hydra,
    origin,
    fetch,
    signal: caller.signal,
    attempts,
    secrets,
    get strayed() {
      return strayed;
    },
    released: async () => void (await Promise.all(held)),
    async close() {
      await Promise.all([server, stranger].map((one) => new Promise((done) => one.close(done).closeAllConnections())));
    },
  };
}

async function text(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  return body;
}

function trickle(response: ServerResponse, elapse: () => Promise<void>): void {
  let written = 0;
  const timer = setInterval(() => {
    response.write(" ");
    if (++written === 3) void elapse();
  }, 5);
  response.once("close", () => clearInterval(timer));
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}
