// Deletes what an example created, even if the example failed.
import { isResponseError } from "hydra-sdk";

/** Waits for all deletions. Reports a failed one without skipping the others or hiding an earlier error. */
export async function cleanUp(...deletions: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(deletions)) {
    if (result.status === "fulfilled") continue;
    const { reason } = result;
    if (isResponseError(reason) && reason.status === 404) continue; // It was already deleted.
    console.error("Not deleted:", reason.message);
    process.exitCode = 1;
  }
}
