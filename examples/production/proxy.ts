// Connects to Hydra through a proxy, with undici's fetch function.
//
//   HTTPS_PROXY=http://proxy.example.com:3128 npx tsx examples/production/proxy.ts
//
// Without HTTPS_PROXY, the example starts its own proxy and mock.
//
// Also needs: npm install undici
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { type Fetch, isNetworkError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { listen } from "hydra-sdk/mock/node";
import { ProxyAgent, fetch as undiciFetch } from "undici";

/** Returns a fetch function that uses a proxy. Put the proxy's credentials into its URL. */
function fetchThrough(proxy: string): Fetch {
  const dispatcher = new ProxyAgent(proxy);
  return async (url, init) => (await undiciFetch(url, { ...init, dispatcher })) as unknown as Response;
}

// A proxy that counts its tunnels, only for this example.
let tunnels = 0;
const proxy = createServer().on("connect", (request, client, head) => {
  tunnels += 1;
  const { hostname, port } = new URL(`http://${request.url}`);
  const server = connect(Number(port), hostname, () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    server.write(head);
    server.pipe(client).pipe(server);
  });
  server.on("error", () => client.destroy());
  client.on("error", () => server.destroy());
});
const { HTTPS_PROXY } = process.env;
const mock = HTTPS_PROXY ? undefined : await listen();
if (!HTTPS_PROXY) await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));

try {
  const configuration = mock ? { basePath: mock.publicUrl, adminBasePath: mock.adminUrl } : configurationFromEnv();
  const proxyUrl = HTTPS_PROXY ?? `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const oauth2 = new OAuth2Api({ ...configuration, timeout: 10_000, fetch: fetchThrough(proxyUrl) });

  const { data: clients } = await oauth2.listOAuth2Clients({ pageSize: 1 });
  console.log("listed", clients.length, "clients", mock ? `through ${tunnels} tunnel` : "");
} catch (error) {
  if (!isNetworkError(error)) throw error;
  console.error(error.message, "- check that the proxy is running");
  process.exitCode = 1;
} finally {
  proxy.close().closeAllConnections();
  await mock?.close();
}
