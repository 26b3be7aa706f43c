import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import type { Fetch, FetchInit } from "../index.ts";
import type { Io } from "./io.ts";

const PROXY_VARIABLES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]);

/**
 * A fetch function on `node:http`, which starts several times faster than the global one. It goes through the proxy that the
 * environment names (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`); `insecure` accepts any certificate.
 */
export async function httpFetch(env: Io["env"], insecure = false): Promise<Fetch> {
  const tls = insecure ? { rejectUnauthorized: false } : {};
  const hasProxy = PROXY_VARIABLES.some((name) => env[name]);
  if (!hasProxy) return (input, init) => send(new URL(input), init, tls);
  const { HttpsProxyAgent, getProxyForUrl } = await import("./proxy.ts");
  return (input, init) => {
    const url = new URL(input);
    const proxy = getProxyForUrl(input);
    if (!proxy) return send(url, init, tls);
    if (url.protocol === "http:") return sendToProxy(new URL(proxy), url, init, tls);
    return send(url, init, { ...tls, agent: new HttpsProxyAgent(proxy, tls) });
  };
}

/** Asks the proxy for the URL (RFC 9112, section 3.2.2): most allow a tunnel for https alone. */
function sendToProxy(proxy: URL, url: URL, init: FetchInit, tls: https.RequestOptions): Promise<Response> {
  const { username, password } = proxy;
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const headers = {
    ...init.headers,
    host: url.host,
    ...(username && { "proxy-authorization": `Basic ${credentials}` }),
  };
  return send(new URL(proxy.origin), { ...init, headers }, { ...tls, path: url.href });
}

function send(
  url: URL,
  { method, headers, body, signal }: FetchInit,
  options: https.RequestOptions,
): Promise<Response> {
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, method, headers, ...(signal && { signal }) });
    outgoing.once("response", (incoming) => resolve(responseOf(incoming)));
    outgoing.once("error", (error) => reject(signal?.aborted ? signal.reason : error));
    outgoing.end(body);
  });
}

/** The statuses that have no body. */
const EMPTY = [204, 205, 304];

function responseOf(incoming: http.IncomingMessage): Response {
  const { statusCode = 502, statusMessage = "", rawHeaders } = incoming;
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) headers.append(rawHeaders[i]!, rawHeaders[i + 1]!);
  if (EMPTY.includes(statusCode)) incoming.resume();
  const body = EMPTY.includes(statusCode) ? null : (Readable.toWeb(incoming) as ReadableStream);
  return new Response(body, { status: statusCode, statusText: statusMessage, headers });
}
