// Calls another API with a cached access token: fetched once, renewed before it expires, discarded after a 401.
//
//   npx tsx examples/tokens/token-source.ts
import { clientCredentials, clientSecretBasic, OAuth2Api, tokenSource } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const configuration = { timeout: 10_000, ...configurationFromEnv() };
const { basePath, fetch } = configuration;
const oauth2 = new OAuth2Api(configuration);

const { data: client } = await oauth2.createOAuth2Client({
  oAuth2Client: { grant_types: ["client_credentials"], scope: "orders.read" },
});
const clientId = client.client_id!;
const auth = clientSecretBasic(client.client_secret!);

let fetched = 0;
const accessToken = tokenSource(() => {
  fetched += 1;
  return clientCredentials({ basePath, fetch, clientId, auth, scope: "orders.read" });
});

/** Simulates the other API, which accepts active tokens. */
async function ordersApi(request: Request): Promise<Response> {
  const token = request.headers.get("authorization")!.slice("Bearer ".length);
  const { data } = await oauth2.introspectOAuth2Token({ token });
  return data.active ? Response.json([{ id: 1 }]) : new Response(null, { status: 401 });
}

/** Calls the API, and retries once with a new token if the first is rejected. */
async function getOrders(): Promise<unknown> {
  const call = (token: string) =>
    ordersApi(new Request("https://orders.example.com/orders", { headers: { authorization: `Bearer ${token}` } }));
  const token = await accessToken();
  let response = await call(token);
  if (response.status === 401) {
    await accessToken.invalidate(token);
    response = await call(await accessToken());
  }
  if (!response.ok) throw new Error(`GET /orders: ${response.status}`);
  return response.json();
}

try {
  await Promise.all(Array.from({ length: 100 }, getOrders));
  console.log("100 concurrent calls,", fetched, "token");

  await oauth2.deleteOAuth2Token({ clientId }); // Simulate a revocation.
  console.log("orders:", await getOrders(), "with", fetched, "tokens so far");
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id: clientId }));
}
// To call Hydra's own APIs, pass the source: new OAuth2Api({ basePath, accessToken }) requests a token before each call.
