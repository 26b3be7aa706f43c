#!/usr/bin/env node
import { parseArgs } from "node:util";
import { HYDRA_VERSIONS, type HydraVersion } from "../core/versions.ts";
import { absoluteUrl, assertCorsOrigin, assertHost, choice } from "./check-options.ts";
import { type ListenOptions, listen } from "./node.ts";
import type { MockUrls } from "./options.ts";

const USAGE = `Usage: hydra-sdk-mock [options]

A stateful server that answers as Ory Hydra does, in memory. For tests and development, never for production.

  --public-port <port>         port of the public API (default 4444; 0 takes a free one)
  --admin-port <port>          port of the admin API (default 4445; 0 takes a free one)
  --host <address>             address to listen at (default 127.0.0.1)
  --allow-remote-access        allows a --host that other machines can reach; the mock does not protect itself
  --hydra <version>            version of Hydra to behave as: 2.3, 25.4, 26.2 or master (default master)
  --no-dynamic-registration    clients may not register themselves
  --cors-origin <origin>       origin whose pages may call both APIs; repeatable (default http://127.0.0.1:3000)
  --login-url <url>            page that asks for a login (default http://127.0.0.1:3000/login)
  --consent-url <url>          page that asks for consent (default http://127.0.0.1:3000/consent)
  --logout-url <url>           page that asks whether to log out (default http://127.0.0.1:3000/logout)
  --device-url <url>           page that asks for a user code (default http://127.0.0.1:3000/device/verify)
  --seed <text>                makes ids, secrets and tokens the same on every run
  -h, --help                   print this text
`;

function readOptions(args: string[]): ListenOptions | "help" {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      "public-port": text,
      "admin-port": text,
      host: text,
      "allow-remote-access": { type: "boolean" },
      hydra: text,
      "no-dynamic-registration": { type: "boolean" },
      "cors-origin": { type: "string", multiple: true },
      "login-url": text,
      "consent-url": text,
      "logout-url": text,
      "device-url": text,
      seed: text,
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return "help";
  const urls: Partial<MockUrls> = {};
  for (const name of ["login", "consent", "logout", "device"] as const) {
    const url = values[`${name}-url`];
    if (url !== undefined) urls[name] = absoluteUrl(`--${name}-url`, url);
  }
  const allowRemoteAccess = values["allow-remote-access"] === true;
  assertHost("--host", values.host ?? "127.0.0.1", allowRemoteAccess, "--allow-remote-access is given");
  for (const origin of values["cors-origin"] ?? []) assertCorsOrigin("--cors-origin", origin);
  return {
    publicPort: readPort("--public-port", values["public-port"] ?? "4444"),
    adminPort: readPort("--admin-port", values["admin-port"] ?? "4445"),
    dynamicRegistration: !values["no-dynamic-registration"],
    urls,
    ...(values.host !== undefined && { host: values.host }),
    allowRemoteAccess,
    ...(values.hydra !== undefined && { version: choice("--hydra", values.hydra as HydraVersion, HYDRA_VERSIONS) }),
    ...(values["cors-origin"] && { corsOrigins: values["cors-origin"] }),
    ...(values.seed !== undefined && { seed: values.seed }),
  };
}

function readPort(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new RangeError(`${option} must be a port from 0 to 65535`);
  return port;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") return void process.stdout.write(USAGE);
  const { publicUrl, adminUrl, close } = await listen(options);
  process.stdout.write(`This is a mock of Ory Hydra, never for production: it keeps everything in memory and is not protected.

  public API  ${publicUrl}
  admin API   ${adminUrl}

Try:   curl -X POST ${adminUrl}/admin/clients -H 'content-type: application/json' -d '{"client_name":"First"}'
Stop:  Ctrl+C
`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
}

main().catch((error: Error) => {
  process.stderr.write(`hydra-sdk-mock: ${error.message}\nTry hydra-sdk-mock --help.\n`);
  process.exitCode = 1;
});
