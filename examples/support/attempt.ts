// Error handling shared by the examples. In your own code, catch an error where you can handle it.
import { isInvalidInputError, isNetworkError, isResponseError, isTimeoutError } from "hydra-sdk";

/** Prints the outcome of a call that should fail. If it succeeds, returns its result. */
export async function attempt<T>(description: string, call: Promise<T>): Promise<T | undefined> {
  try {
    const result = await call;
    console.log(`${description}: accepted, but should have been rejected`);
    return result;
  } catch (error) {
    if (isInvalidInputError(error)) console.log(`${description}: not sent: ${error.message}`);
    else if (isResponseError(error)) console.log(`${description}: ${error.status} ${error.error}`);
    else throw error;
    return undefined;
  }
}

/** Handles a failed registration: exits if the server does not allow dynamic registration. */
export function exitIfDisabled(error: unknown): never {
  if (!isResponseError(error) || error.status !== 404) throw error;
  console.log("Dynamic registration is disabled on this server: registration/is-enabled.ts prints how to enable it.");
  process.exit();
}

/** Prints an error response or connection failure in one line and sets exit status 1. Rethrows other errors. */
export function reportError(error: unknown): void {
  if (isResponseError(error)) console.error("Rejected:", error.status, error.error, error.errorDescription);
  else if (isTimeoutError(error) || isNetworkError(error))
    console.error("The server is unreachable or too slow:", error.message);
  else throw error;
  process.exitCode = 1;
}
