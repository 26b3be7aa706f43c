import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { type ListeningMock, type ListenOptions, listen } from "../../src/mock/node.ts";
import { STOPPED } from "../support/stopped.ts";

let mock: ListeningMock;
const start = async (target?: Parameters<typeof listen>[0]) => {
  mock = await listen(target);
  return mock;
};
afterEach(() => mock?.close());

describe("listen", () => {
  it("serves both APIs on two loopback ports", async () => {
    const { publicUrl, adminUrl } = await start();
    expect(publicUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const discovery = await (await fetch(`${publicUrl}/.well-known/openid-configuration`)).json();
    expect(discovery.issuer).toBe(`${publicUrl}/`);
    const created = await fetch(`${adminUrl}/admin/clients`, { method: "POST", body: '{"client_name":"Zoë"}' });
    expect((await created.json()).client_name).toBe("Zoë");
    expect(created.headers.get("x-mock-server")).toContain("never for production");
    expect((await fetch(`${publicUrl}/admin/clients`)).status).toBe(404);
  });

  it("serves an existing mock, whose URLs become those of the ports", async () => {
    const hydra = createMockHydra();
    hydra.addClient({ client_id: "mine" });
    const { adminUrl } = await start(hydra);
    expect((await fetch(`${adminUrl}/admin/clients/mine`)).status).toBe(200);
    expect(hydra.adminUrl).toBe(adminUrl);
    expect((await hydra.fetch(`${adminUrl}/admin/clients/mine`)).status).toBe(200);
  });

  it.each(["", " ", "0.0.0.0", "::", "192.168.0.1", "example.com"])("refuses the host %j", async (host) => {
    await expect(listen({ host })).rejects.toMatchObject({ name: "InvalidInputError", field: "host" });
  });

  it("listens at every address if it is told that others may reach it, but not at an empty one", async () => {
    const { publicUrl } = await start({ host: "0.0.0.0", allowRemoteAccess: true });
    expect((await fetch(`${publicUrl}/health/alive`)).status).toBe(200);
    const empty = listen({ host: "", allowRemoteAccess: true });
    await expect(empty).rejects.toMatchObject({ name: "InvalidInputError", field: "host" });
  });

  it("responds to any host name", async () => {
    const { adminUrl } = await start();
    const response = await fetch(`${adminUrl.replace("127.0.0.1", "localhost")}/admin/version`).catch(() => undefined);
    expect(response?.status ?? 200).toBe(200);
    const raw = await send(adminUrl, "GET /admin/version HTTP/1.1\r\nHost: hydra.example\r\nConnection: close\r\n\r\n");
    expect(raw).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("sends every cookie in a header line of its own", async () => {
    const { publicUrl, mock: hydra } = await start();
    const redirect_uri = "http://127.0.0.1/cb";
    const { client_id } = hydra.addClient({ redirect_uris: [redirect_uri], response_types: ["code"] });
    const query = new URLSearchParams({ client_id, redirect_uri, response_type: "code", state: "0123456789" });
    const response = await fetch(`${publicUrl}/oauth2/auth?${query}`, { redirect: "manual" });
    expect(response.status).toBe(302);
    expect(response.headers.getSetCookie().length).toBeGreaterThan(0);
  });

  it("refuses a body that is too large and answers the next request on the same connection", async () => {
    const { adminUrl } = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = (body: string) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(`${adminUrl}/admin/clients`, { method: "POST", agent }, (response) => {
          response.resume().once("end", () => resolve(response.statusCode!));
        });
        sent.once("error", reject).end(body);
      });
    expect(await post(`{"metadata":"${"x".repeat(10 * 1024 * 1024)}"}`)).toBe(413);
    expect(await post("{}")).toBe(201);
    agent.destroy();
  });

  it.each([
    ["a target that is not a path", "GET http://evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400],
    ["a method that no request has", "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400],
    ["an asterisk", "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400],
    ["two slashes", "GET //evil.example/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 307],
    ["garbage", "\x16\x03\x01\r\n\r\n", 400],
  ])("answers %s", async (_, text, status) => {
    const { publicUrl } = await start();
    expect(await send(publicUrl, text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await fetch(`${publicUrl}/health/alive`)).status).toBe(200);
  });

  it("survives a caller that disconnects in the middle of a request", async () => {
    const { adminUrl } = await start();
    const socket = connect(Number(new URL(adminUrl).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write("POST /admin/clients HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
    socket.resetAndDestroy();
    await once(socket, "close");
    expect((await fetch(`${adminUrl}/admin/version`)).status).toBe(200);
  });

  it("really drops connections and cuts bodies", async () => {
    const { adminUrl, mock: hydra } = await start();
    hydra.fail({ dropConnection: true });
    await expect(fetch(`${adminUrl}/admin/clients`)).rejects.toThrow("fetch failed");
    hydra.fail({ cutBody: true });
    const response = await fetch(`${adminUrl}/admin/clients`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
    expect((await fetch(`${adminUrl}/admin/clients`)).status).toBe(200);
  });

  it("closes while requests are served and connections are idle, and can be closed twice", async () => {
    const { adminUrl, mock: hydra, close } = await start();
    await (await fetch(`${adminUrl}/admin/clients`)).text();
    hydra.fail({ delay: 60_000 });
    const pending = fetch(`${adminUrl}/admin/clients`);
    pending.catch(() => {});
    while (hydra.requests.length < 2) await new Promise(setImmediate);
    await close();
    await expect(pending).rejects.toThrow("fetch failed");
    await close();
  });

  it("rejects if a port is taken, and leaves no port open", async () => {
    const { adminUrl } = await start();
    const taken: ListenOptions = { adminPort: Number(new URL(adminUrl).port) };
    await expect(listen(taken)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("hydra-sdk mock", () => {
  const run = (...args: string[]) => {
    const process_ = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", "mock", ...args]);
    let output = "";
    const written = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      process_[name].setEncoding("utf8").on("data", (text: string) => {
        written[name] += text;
        output += text;
      });
    }
    return { child: process_, written, ended: once(process_, "close").then(([code]) => ({ code, output })) };
  };

  it("prints the two URLs and a warning, and stops on a signal", async () => {
    const { child, written, ended } = run("--public-port", "0", "--admin-port", "0", "--no-dynamic-registration");
    while (!written.stdout.includes("Ctrl+C")) await once(child.stdout, "data");
    expect(written.stdout).toContain("never for production");
    const [, url] = /public API +(http\S+)/.exec(written.stdout)!;
    expect((await fetch(`${url}/oauth2/register`, { method: "POST", body: "{}" })).status).toBe(404);
    child.kill("SIGTERM");
    expect((await ended).code).toBe(STOPPED);
  });

  it.each(["--help", "-h"])("explains its options with %s", async (option) => {
    const { code, output } = await run(option).ended;
    expect(code).toBe(0);
    expect(output).toContain("--cors-origin");
  });

  it.each([
    ["--public-port", "eighty"],
    ["--admin-port", "65536"],
    ["--nonsense"],
    ["--login-url", "nowhere"],
    ["--device-url", "/relative"],
    ["--cors-origin", "app.example.com"],
    ["--host=", ""],
    ["--host", "0.0.0.0"],
    ["--hydra", "1.11"],
  ])("refuses %s %s", async (...args) => {
    const { code, output } = await run(...args.filter(Boolean)).ended;
    expect(code).toBe(2);
    expect(output).toMatch(new RegExp(`^error: .*${args[0].replace("=", "")}`));
  });
});

/** Sends bytes as they are and gives back all that comes. */
async function send(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let received = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    received += chunk;
  });
  socket.write(text);
  await once(socket, "close");
  return received;
}
