// Calls the API of an example: without a token, with one, without a scope, and while Hydra is overloaded.
import { type ConfigurationParameters, clientCredentials, clientSecretBasic, type Fetch, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "./clean-up.ts";
import type { Site } from "./serve.ts";

/** Serves an API: `GET /orders` requires the scope `orders.read`, `POST /orders` requires `orders.write`. */
export type ServeOrders = (configuration: ConfigurationParameters & { basePath: string }) => Promise<Site>;

/** Serves an API with the Hydra that the environment names, or with a mock, and prints the responses to a client. */
export async function callOrders(serveOrders: ServeOrders): Promise<void> {
  const configuration = { timeout: 10_000, ...configurationFromEnv() };
  const { basePath, fetch = globalThis.fetch } = configuration;
  const oauth2 = new OAuth2Api(configuration);
  let isOverloaded = false;
  const sometimesOverloaded: Fetch = async (url, init) =>
    isOverloaded ? new Response(null, { status: 503, headers: { "retry-after": "30" } }) : fetch(url, init);

  const audience = "https://orders.example.com";
  const { data: client } = await oauth2.createOAuth2Client({
    oAuth2Client: { grant_types: ["client_credentials"], scope: "orders.read", audience: [audience] },
  });
  const id = client.client_id!;
  try {
    const auth = clientSecretBasic(client.client_secret!);
    const token = await clientCredentials({ basePath, fetch, clientId: id, auth, audience, scope: "orders.read" });
    const site = await serveOrders({ ...configuration, fetch: sometimesOverloaded });
    const call = (method: string, accessToken?: string) => {
      const headers = new Headers(accessToken ? { authorization: `Bearer ${accessToken}` } : {});
      return send(`${site.origin}/orders`, { method, headers });
    };
    try {
      await show("without a token", await call("GET"));
      const response = await call("GET", token.access_token);
      const { clientId, subject } = await response.json();
      console.log("with the scope:", response.status, "for the client itself:", clientId === id && subject === id);
      await show("without the scope", await call("POST", token.access_token));
      isOverloaded = true;
      // The guard does not know this token, so it asks Hydra.
      await show("while Hydra is overloaded", await call("GET", "made-up"));
    } finally {
      await site.close();
    }
  } finally {
    await cleanUp(oauth2.deleteOAuth2Client({ id }));
  }
}

/** An example may replace it, as Next.js does. */
const send = globalThis.fetch;

async function show(description: string, response: Response): Promise<void> {
  const challenge = response.headers.get("www-authenticate");
  const pause = response.headers.get("retry-after");
  const headers = [challenge, pause && `try again in ${pause} s`].filter((text) => text !== null);
  console.log(`${description}:`, response.status, await response.text(), ...headers);
}
