// Compares the same call written with plain fetch, with @ory/client, and with hydra-sdk.
//
//   npx tsx examples/from-other-clients/create-client.ts
//
// create-client.sh does the same with curl.
//
// Also needs: npm install @ory/client
import * as ory from "@ory/client";
import { OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { listen } from "hydra-sdk/mock/node";
import { cleanUp } from "../support/clean-up.ts";

const { ORY_SDK_URL, HYDRA_PUBLIC_URL, ORY_API_KEY = "" } = process.env;
const mock = ORY_SDK_URL || HYDRA_PUBLIC_URL ? undefined : await listen();
const configuration = mock ? { basePath: mock.publicUrl, adminBasePath: mock.adminUrl } : configurationFromEnv();
const { basePath, adminBasePath = basePath } = configuration;

const oAuth2Client = { client_name: "Nightly report", grant_types: ["client_credentials"] };

async function withFetch(): Promise<string | undefined> {
  // You have to add what production needs: a timeout, no redirects with credentials, a check of the status.
  const response = await fetch(`${adminBasePath}/admin/clients`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(ORY_API_KEY && { authorization: `Bearer ${ORY_API_KEY}` }) },
    body: JSON.stringify(oAuth2Client),
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`POST /admin/clients: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { client_id?: string }).client_id;
}

async function withOryClient(): Promise<string | undefined> {
  // A self-hosted Hydra needs one configuration for each listener.
  const admin = new ory.OAuth2Api(new ory.Configuration({ basePath: adminBasePath, accessToken: ORY_API_KEY }));
  const { data: client } = await admin.createOAuth2Client({ oAuth2Client }, { timeout: 10_000 });
  return client.client_id;
}

async function withHydraSdk(): Promise<string | undefined> {
  const api = new OAuth2Api(configuration);
  const { data: client } = await api.createOAuth2Client({ oAuth2Client }, { timeout: 10_000 });
  return client.client_id;
}

const oauth2 = new OAuth2Api(configuration);
try {
  for (const create of [withFetch, withOryClient, withHydraSdk]) {
    const id = (await create())!;
    try {
      console.log(`${create.name}: ${(await oauth2.getOAuth2Client({ id })).data.client_name}`);
    } finally {
      await cleanUp(oauth2.deleteOAuth2Client({ id }));
    }
  }
} finally {
  await mock?.close();
}
