// Checks whether a server is alive and ready, and its version, for health probes and before a deployment.
//
//   npx tsx examples/keys/health.ts
import { isHydraError, isResponseError, MetadataApi } from "hydra-sdk";
import { configurationFromEnv, createMockHydra } from "hydra-sdk/mock";

/** Describes the server's health. Never rejects. */
async function health(metadata: MetadataApi): Promise<string> {
  try {
    await metadata.isAlive();
    await metadata.isReady(); // Also checks the database.
    return `ready, version ${(await metadata.getVersion()).data.version}`;
  } catch (error) {
    if (isResponseError(error)) return error.status === 503 ? "alive, but not ready" : `failing with ${error.status}`;
    return isHydraError(error) ? `unreachable (${error.name})` : "unknown";
  }
}

// A probe needs a short timeout.
console.log("this server is", await health(new MetadataApi({ ...configurationFromEnv(), timeout: 2_000 })));

const broken = createMockHydra();
const probe = new MetadataApi({
  basePath: broken.publicUrl,
  adminBasePath: broken.adminUrl,
  fetch: broken.fetch,
  timeout: 50,
});
broken.fail({ operation: "isReady", status: 503, body: { errors: { database: "no connection" } } });
console.log("a server without its database is", await health(probe));
broken.fail({ operation: "isAlive", delay: 1_000 });
console.log("a server that does not respond is", await health(probe));
