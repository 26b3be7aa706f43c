import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { listen } from "hydra-sdk/mock/node";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

// What the bundler does to the packages inside the command shows only in the package itself.
const installed = inject("installed");
const cli = join(installed, "node_modules/hydra-sdk/dist/cli.js");
let mock: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  mock = await listen();
});
afterAll(() => mock.close());

async function hydraSdk(args: string[], env: Record<string, string> = {}) {
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], {
    env: { ...process.env, HYDRA_PUBLIC_URL: mock.publicUrl, HYDRA_ADMIN_URL: mock.adminUrl, ...env },
  });
  return stdout;
}

test("the installed command writes and reads YAML", async () => {
  const file = join(installed, "clients.yaml");
  await writeFile(file, "clients:\n  - { client_id: yaml, token_endpoint_auth_method: none }\n");
  expect(await hydraSdk(["apply", "-f", file, "--yes"])).toContain("yaml\tcreate\tdone");
  expect(await hydraSdk(["get", "client", "yaml", "--format", "yaml"])).toContain("client_id: yaml\n");
  await writeFile(file, await hydraSdk(["export", "--set", "default"]));
  expect(await hydraSdk(["plan", "-f", file])).toContain("1 unchanged");
});

test("the installed command goes through a proxy", async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(404, { "content-type": "application/json" }).end('{"error":"Unable to locate the resource"}');
  }).on("connect", (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const env = { HTTPS_PROXY: url, HTTP_PROXY: url, NO_PROXY: "" };
  try {
    for (const admin of ["https://hydra.example", "http://hydra.example"])
      await hydraSdk(["get", "client", "web", "--admin", admin], env).catch(() => {});
  } finally {
    proxy.close();
  }
  expect(asked).toEqual(["CONNECT hydra.example:443", "GET http://hydra.example/admin/clients/web"]);
});
