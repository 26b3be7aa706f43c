// Asks whether a server is alive and ready, and which version it is: for probes, and before a deployment.
//
//   npx tsx examples/keys/health.ts
import { isHydraError, isResponseError, MetadataApi } from "hydra-sdk";
import { configurationFromEnv, createMockHydra } from "hydra-sdk/mock";

/** Describes the server's health in one line. Never rejects. */
async function health(metadata: MetadataApi): Promise<string> {
  try {
    await metadata.isAlive();
    await metadata.isReady(); // Looks at the database, too.
    return `ready, version ${(await metadata.getVersion()).data.version}`;
  } catch (error) {
    if (isResponseError(error)) return error.status === 503 ? "alive, but not ready" : `answering ${error.status}`;
    return isHydraError(error) ? `away (${error.name})` : "unknown";
  }
}

// A probe wants a short answer.
console.log("this server is", await health(new MetadataApi({ ...configurationFromEnv(), timeout: 2_000 })));

const broken = createMockHydra();
const probe = new MetadataApi({
  basePath: broken.publicUrl,
  adminBasePath: broken.adminUrl,
  fetch: broken.fetch,
  timeout: 50,
});
broken.fail({ operation: "isReady", status: 503, body: { errors: { database: "no connection" } } });
console.log("one without its database is", await health(probe));
broken.fail({ operation: "isAlive", delay: 1_000 });
console.log("one that does not answer is", await health(probe));
