// Connects to a Hydra that requires a client certificate (mutual TLS), with undici's fetch function.
//
//   TLS_CA=ca.pem TLS_CERT=cert.pem TLS_KEY=key.pem HYDRA_PUBLIC_URL=… HYDRA_ADMIN_URL=… npx tsx examples/production/mtls.ts
//
// Without these variables, the example starts a TLS server with its own certificates in front of a mock.
//
// Also needs: npm install selfsigned undici
import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type ConfigurationParameters, type Fetch, isNetworkError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv, createMockHydra } from "hydra-sdk/mock";
import { generate } from "selfsigned";
import { Agent, fetch as undiciFetch } from "undici";

/** Returns a fetch function that trusts only `ca` and presents `cert`, if given. */
function fetchWith(connect: { ca: string; cert?: string; key?: string }): Fetch {
  const dispatcher = new Agent({ connect });
  return async (url, init) => (await undiciFetch(url, { ...init, dispatcher })) as unknown as Response;
}

async function listWith(configuration: ConfigurationParameters, fetch: Fetch): Promise<void> {
  const oauth2 = new OAuth2Api({ timeout: 10_000, ...configuration, fetch });
  const { data } = await oauth2.listOAuth2Clients({ pageSize: 1 });
  console.log("with a certificate: listed", data.length, "clients");
}

const { TLS_CA, TLS_CERT, TLS_KEY } = process.env;
if (TLS_CA && TLS_CERT && TLS_KEY) {
  const [ca, cert, key] = await Promise.all([TLS_CA, TLS_CERT, TLS_KEY].map((file) => readFile(file, "utf8")));
  await listWith(configurationFromEnv(), fetchWith({ ca: ca!, cert: cert!, key: key! }));
} else {
  const extensions = [{ name: "subjectAltName" as const, altNames: [{ type: 7 as const, ip: "127.0.0.1" }] }];
  const { cert, private: key } = await generate([{ name: "commonName", value: "127.0.0.1" }], { extensions });
  const mock = createMockHydra();
  const tls = { cert, key, ca: cert, requestCert: true };
  const server = createServer(tls, async (incoming, outgoing) => {
    const response = await mock.fetch(mock.adminUrl + incoming.url);
    outgoing.writeHead(response.status, [...response.headers].flat()).end(await response.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const basePath = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await listWith({ basePath }, fetchWith({ ca: cert, cert, key }));
    await listWith({ basePath }, fetchWith({ ca: cert }));
  } catch (error) {
    if (!isNetworkError(error)) throw error;
    console.log("without a certificate:", error.name);
  } finally {
    server.close().closeAllConnections();
  }
}
