import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import type { Fetch, FetchInit } from "../index.ts";

/** A fetch function that goes through the proxy of the environment, if the environment names one for the URL. */
export function createFetch(insecure: boolean): Fetch {
  return async (input, init) => {
    const url = new URL(input);
    const proxy = getProxyForUrl(url.href);
    const tls = insecure ? { rejectUnauthorized: false } : {};
    const agent = proxy ? new HttpsProxyAgent(proxy, tls) : undefined;
    return send(url, init, { ...tls, ...(agent && { agent }) });
  };
}

function send(url: URL, init: FetchInit, options: https.RequestOptions): Promise<Response> {
  const { method, headers, body, signal } = init;
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      ...options,
      method,
      headers,
      ...(signal && { signal }),
    });
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
