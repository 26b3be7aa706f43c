// Deletes what an example has made, however the example ended.
import { isResponseError } from "hydra-sdk";

/** Waits for all deletions. One that fails is reported, and neither keeps the others from being made nor hides an error. */
export async function cleanUp(...deletions: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(deletions)) {
    if (result.status === "fulfilled") continue;
    const { reason } = result;
    if (isResponseError(reason) && reason.status === 404) continue; // It is gone already.
    console.error("Not deleted:", reason.message);
    process.exitCode = 1;
  }
}
