// What the examples do about errors. Code of your own catches an error where it knows what to do about it.
import { isInvalidInputError, isNetworkError, isResponseError, isTimeoutError } from "hydra-sdk";

/** Prints how a call that should be refused ends, and gives what it resolves to if it is not. */
export async function attempt<T>(what: string, call: Promise<T>): Promise<T | undefined> {
  try {
    const result = await call;
    console.log(`${what}: accepted, and should have been refused`);
    return result;
  } catch (error) {
    if (isInvalidInputError(error)) console.log(`${what}: not sent: ${error.message}`);
    else if (isResponseError(error)) console.log(`${what}: ${error.status} ${error.error}`);
    else throw error;
    return undefined;
  }
}

/** For a registration that failed: ends the example where clients may not register themselves. */
export function endWhereOff(error: unknown): never {
  if (!isResponseError(error) || error.status !== 404) throw error;
  console.log("Clients may not register themselves on this server: registration/is-enabled.ts says how to let them.");
  process.exit();
}

/** For an error that ends an example: one line, and the status 1, where the server has refused or does not answer. */
export function explain(error: unknown): void {
  if (isResponseError(error)) console.error("Refused:", error.status, error.error, error.errorDescription);
  else if (isTimeoutError(error) || isNetworkError(error)) console.error("The server is slow or away:", error.message);
  else throw error;
  process.exitCode = 1;
}
