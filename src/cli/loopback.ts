import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AbortError, InvalidInputError, TimeoutError } from "../index.ts";

/** What the browser brought to the redirect URI. */
export interface AuthorizationResponse {
  parameters: URLSearchParams;
  /** Tells the person in the browser how it went. */
  finish(succeeded: boolean): Promise<void>;
}

/** A listener for the redirect of an authorization server, on this machine alone (RFC 8252, section 7.3). */
export interface Loopback {
  redirectUri: string;
  /**
   * Waits for the browser.
   *
   * @throws {@link TimeoutError} it did not come within `timeout` milliseconds; 0 is no limit
   * @throws {@link AbortError} `signal` was aborted
   */
  response(limits: { timeout: number; signal: AbortSignal }): Promise<AuthorizationResponse>;
  close(): void;
}

/** The longest body of a `form_post`, in bytes. */
const MAX_BODY = 65_536;
const NOTHING = new URLSearchParams();

/**
 * Listens at the path of `redirect`, which is `/callback` by default.
 *
 * @throws {@link InvalidInputError} `redirect` is no URL, or the port is not free
 */
export async function listen(port: number, redirect: string | undefined): Promise<Loopback> {
  const path = redirect === undefined ? "/callback" : pathOf(redirect);
  let arrive: (response: AuthorizationResponse) => void;
  const arrived = new Promise<AuthorizationResponse>((resolve) => {
    arrive = resolve;
  });
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (url.pathname !== path) return show(response, 404, "There is nothing here.");
    const parameters = request.method === "POST" ? await readForm(request).catch(() => NOTHING) : url.searchParams;
    // Whoever opens the page without a response of the server does not end the login.
    if (!parameters.has("code") && !parameters.has("error")) return show(response, 400, "There is nothing here.");
    arrive({
      parameters,
      finish: (succeeded) =>
        succeeded
          ? show(response, 200, "You are signed in.")
          : show(response, 400, "It failed: the terminal says why."),
    });
  });
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidInputError("--port", `--port ${port}: cannot listen there (${code}): choose another one`);
  }
  const { port: actual } = server.address() as AddressInfo;
  return {
    redirectUri: redirect ?? `http://127.0.0.1:${actual}${path}`,
    response: (limits) => within(arrived, limits),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function pathOf(redirect: string): string {
  if (!URL.canParse(redirect) || redirect.includes("#"))
    throw new InvalidInputError("--redirect", "--redirect must be a URL such as http://127.0.0.1:4446/callback");
  return new URL(redirect).pathname;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = "";
  for await (const chunk of request) {
    body += chunk;
    if (body.length > MAX_BODY) return NOTHING;
  }
  return new URLSearchParams(body);
}

/** A page that holds nothing of the request. */
async function show(response: ServerResponse, status: number, text: string): Promise<void> {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    connection: "close",
  });
  const page = `<!doctype html><title>hydra-sdk</title><p>${text} You can close this window.</p>\n`;
  const closed = response.closed ? undefined : once(response, "close");
  response.end(page);
  await closed;
}

function within<T>(promise: Promise<T>, { timeout, signal }: { timeout: number; signal: AbortSignal }): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new AbortError("interrupted", { cause: signal.reason }));
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    const expire = () => reject(new TimeoutError(`nobody signed in within ${timeout / 1000} s`));
    const timer = timeout > 0 ? setTimeout(expire, timeout) : undefined;
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    });
  });
}
