import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  authorizationUrl,
  Configuration,
  clientCredentials,
  clientSecretPost,
  OAuth2Api,
  OidcApi,
} from "../../src/index.ts";
import { rejection } from "../support/observe.ts";

const basePath = "http://hydra.example";
/** A JSON object or list of about `bytes` bytes. */
const big = (bytes: number) => JSON.stringify([{ client_name: "x".repeat(bytes) }]);
const MEGABYTE = 1_000_000;

/** Starts a server that responds to every request with 200 MB of JSON, compressed to 200 kB. */
async function serveGzipBomb() {
  const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE, " "));
  const server = createServer((_, response) => {
    response.writeHead(200, {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "content-length": bomb.length,
    });
    response.end(bomb);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, size: bomb.length };
}

test("a gzip bomb is not read to its end, by an API, by discovery and by the token endpoint", async () => {
  const { url, size } = await serveGzipBomb();
  expect(size).toBeLessThan(MEGABYTE);
  let read = 0;
  /** Counts the bytes that are taken out of the response. */
  const counted: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    read = 0;
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        read += chunk.byteLength;
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body!.pipeThrough(counter), response);
  };
  const token = { clientId: "c", auth: clientSecretPost("secret"), fetch: counted };
  const calls: [string, number, () => Promise<unknown>][] = [
    ["GET /admin/clients", 16, () => new OAuth2Api({ basePath: url, fetch: counted }).listOAuth2Clients()],
    ["POST /oauth2/token", 16, () => clientCredentials({ ...token, basePath: url })],
    ["GET /.well-known/openid-configuration", 1, () => clientCredentials({ ...token, issuer: url })],
    [
      "GET /.well-known/openid-configuration",
      1,
      () => new OidcApi({ basePath: url, fetch: counted }).discoverOidcConfiguration(),
    ],
  ];
  for (const [label, megabytes, call] of calls) {
    expect(await rejection(call())).toMatchObject({
      name: "InvalidResponseError",
      message: `${label}: 200 is larger than ${megabytes * MEGABYTE} bytes`,
    });
    expect(read).toBeGreaterThan(megabytes * MEGABYTE);
    expect(read).toBeLessThan((megabytes + 1) * MEGABYTE);
  }
});

describe("maxResponseSize", () => {
  const fetch = async () => new Response(big(2_000));
  const tooLarge = (label: string, bytes: number) => ({
    name: "InvalidResponseError",
    message: `${label}: 200 is larger than ${bytes} bytes`,
  });

  test("of a configuration limits its calls, which are limited to 16 MB without it", async () => {
    const list = (configuration: object) => new OAuth2Api({ basePath, fetch, ...configuration }).listOAuth2Clients();
    expect((await list({})).data).toHaveLength(1);
    expect(await rejection(list({ maxResponseSize: 1_000 }))).toMatchObject(tooLarge("GET /admin/clients", 1_000));
    const larger = async () => new Response(big(16 * MEGABYTE));
    expect(await rejection(list({ fetch: larger }))).toMatchObject(tooLarge("GET /admin/clients", 16 * MEGABYTE));
    expect((await list({ fetch: larger, maxResponseSize: 17 * MEGABYTE })).data).toHaveLength(1);
  });

  test("of a token function limits discovery and the token response", async () => {
    const options = { clientId: "c", auth: clientSecretPost("s3cret"), fetch, maxResponseSize: 1_000 };
    const discovery = tooLarge("GET /.well-known/openid-configuration", 1_000);
    expect(await rejection(clientCredentials({ ...options, issuer: "https://a.example" }))).toMatchObject(discovery);
    const token = clientCredentials({ ...options, basePath: "https://a.example" });
    expect(await rejection(token)).toMatchObject(tooLarge("POST /oauth2/token", 1_000));
    const login = { ...options, issuer: "https://a.example", redirectUri: "https://b.example/cb" };
    expect(await rejection(authorizationUrl(login))).toMatchObject(discovery);
  });

  test("allows server metadata of more than 1 MB", async () => {
    const metadata = {
      issuer: "https://a.example",
      authorization_endpoint: "https://a.example/auth",
      scopes_supported: ["x".repeat(MEGABYTE)],
    };
    const login = {
      issuer: metadata.issuer,
      clientId: "c",
      redirectUri: "https://b.example/cb",
      fetch: async () => Response.json(metadata),
    };
    expect(await rejection(authorizationUrl(login))).toMatchObject({ name: "InvalidResponseError" });
    const { url } = await authorizationUrl({ ...login, maxResponseSize: 2 * MEGABYTE });
    expect(url).toContain("https://a.example/auth?");
    const oidc = (configuration: object) => new OidcApi({ basePath, fetch: login.fetch, ...configuration });
    expect(await rejection(oidc({}).discoverOidcConfiguration())).toMatchObject({ name: "InvalidResponseError" });
    const { data } = await oidc({ maxResponseSize: 2 * MEGABYTE }).discoverOidcConfiguration();
    expect(data.issuer).toBe("https://a.example");
  });

  test.each([0, -1, Number.NaN, "5"])("cannot be %j", async (maxResponseSize) => {
    const invalid = expect.objectContaining({ name: "InvalidInputError", field: "maxResponseSize" });
    expect(() => new Configuration({ basePath, maxResponseSize: maxResponseSize as number })).toThrow(invalid);
    const options = { clientId: "c", redirectUri: "https://b.example/cb", auth: clientSecretPost("s3cret"), fetch };
    const limited = { ...options, basePath: "https://a.example", maxResponseSize: maxResponseSize as number };
    expect(await rejection(clientCredentials(limited))).toEqual(invalid);
    expect(await rejection(authorizationUrl(limited))).toEqual(invalid);
  });
});

test.each([
  ["is compressed", { "content-encoding": "gzip" }, "basic"],
  ["comes from another origin, whose encoding a browser hides", {}, "cors"],
])("the Content-Length of a response that %s is not relied on", async (_, headers, type) => {
  let pulled = 0;
  const chunk = new Uint8Array(MEGABYTE).fill(120);
  const body = new ReadableStream({
    pull: (controller) => {
      pulled++;
      controller.enqueue(chunk);
    },
  });
  const response = new Response(body, { headers: { ...headers, "content-length": "1000" } });
  Object.defineProperty(response, "type", { value: type });
  const error = await rejection(new OAuth2Api({ basePath, fetch: async () => response }).listOAuth2Clients());
  expect(error.message).toContain("is larger than 16000000 bytes");
  expect(pulled).toBeLessThan(20);
});
