import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProcess } from "./process.ts";

interface Seen {
  url: string;
  headers: IncomingMessage["headers"];
}
const seen: Seen[] = [];
const proxied: string[] = [];
const servers: Server[] = [];
const sockets = new Set<Socket>();
let http: string;
let https: string;
let proxy: string;

async function listenOn(server: Server): Promise<number> {
  servers.push(server);
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const answer: Parameters<typeof createServer>[1] = ({ url, headers }, response) => {
    seen.push({ url: url!, headers });
    if (url!.includes("moved")) response.writeHead(302, { location: `${http}/admin/clients/other` }).end();
    else response.setHeader("content-type", "application/json").end('{"client_id":"a"}');
  };
  http = `http://127.0.0.1:${await listenOn(createServer(answer))}`;
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
  https = `https://127.0.0.1:${await listenOn(createTlsServer({ key, cert }, answer) as unknown as Server)}`;
  const proxyServer = createServer((request, response) => {
    proxied.push(`${request.method} ${request.url}`);
    response.setHeader("content-type", "application/json").end('{"client_id":"through-the-proxy"}');
  });
  proxyServer.on("connect", (request, socket: Socket, head) => {
    proxied.push(`CONNECT ${request.url}`);
    const [host, port] = request.url!.split(":");
    const upstream = connect(Number(port), host!, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
    sockets.add(upstream);
  });
  proxy = `http://127.0.0.1:${await listenOn(proxyServer)}`;
});
afterAll(() => {
  for (const server of servers) server.close();
  for (const socket of sockets) socket.destroy();
});

const get = (endpoint: string, flags: string[] = [], env: Record<string, string> = {}) =>
  runProcess(["get", "client", "a", "-q", "-e", endpoint, ...flags], env);

test("-H is sent as it is given, with commas and colons", async () => {
  const { status, stdout } = await get(http, ["-H", "X-A: b, c: http://d", "-H", "x-e:f"]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "a\n" });
  expect(seen.at(-1)!.headers).toMatchObject({ "x-a": "b, c: http://d", "x-e": "f" });
});

test("a certificate that nobody vouches for is refused, unless --skip-tls-verify is given", async () => {
  const before = seen.length;
  const refused = await get(https);
  expect(refused.status).toBe(6);
  expect(refused.stderr).toMatch(/^error: .*SELF_SIGNED/);
  expect(seen.length).toBe(before);
  expect(await get(https, ["--skip-tls-verify"])).toMatchObject({ status: 0, stdout: "a\n" });
});

test("HTTPS_PROXY is used for https, by a tunnel", async () => {
  proxied.length = 0;
  expect(await get(https, ["--skip-tls-verify"], { HTTPS_PROXY: proxy })).toMatchObject({ status: 0, stdout: "a\n" });
  expect(proxied).toEqual([`CONNECT ${new URL(https).host}`]);
});

test("HTTP_PROXY is used for http, without a tunnel, which most proxies allow for https alone", async () => {
  proxied.length = 0;
  const { status, stdout } = await get("http://hydra.example:4445", [], { HTTP_PROXY: proxy });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "through-the-proxy\n" });
  expect(proxied).toEqual(["GET http://hydra.example:4445/admin/clients/a"]);
});

test("NO_PROXY keeps a host from the proxy", async () => {
  proxied.length = 0;
  const env = { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: "127.0.0.1" };
  expect(await get(https, ["--skip-tls-verify"], env)).toMatchObject({ status: 0, stdout: "a\n" });
  expect(await get(http, [], env)).toMatchObject({ status: 0, stdout: "a\n" });
  expect(proxied).toEqual([]);
});

test("a redirect is not followed, with a proxy or without", async () => {
  for (const env of [{}, { HTTPS_PROXY: proxy }] as Record<string, string>[]) {
    const before = seen.length;
    const { status, stdout } = await runProcess(["get", "client", "moved", "-e", https, "--skip-tls-verify"], env);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(seen.length).toBe(before + 1);
  }
});
