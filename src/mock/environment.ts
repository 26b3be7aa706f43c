import { type ConfigurationParameters, InvalidInputError } from "../index.ts";
import { createMockHydra } from "./hydra.ts";

/**
 * The server that the environment names, for programs and tests that run on the mock by default and on a real server
 * when asked to: `ORY_SDK_URL` with `ORY_API_KEY` (Ory Network), or `HYDRA_PUBLIC_URL` with `HYDRA_ADMIN_URL`
 * (self-hosted); a slash at the end of a URL is taken off. A mock of its own where neither is set.
 *
 * Not for production: where no variable is set, everything goes to a mock and is forgotten.
 *
 * @param environment the variables to look at; those of the process by default, none in a browser
 * @throws {@link InvalidInputError} one variable of a pair is set without the other
 * @example
 * ```ts
 * const api = new OAuth2Api(configurationFromEnv());
 * ```
 */
export function configurationFromEnv(
  environment: Record<string, string | undefined> = variables(),
): ConfigurationParameters & { basePath: string } {
  const [url, key] = pair(environment, "ORY_SDK_URL", "ORY_API_KEY");
  if (url && key) return { basePath: trimmed(url), accessToken: key };
  const [publicUrl, adminUrl] = pair(environment, "HYDRA_PUBLIC_URL", "HYDRA_ADMIN_URL");
  if (publicUrl && adminUrl) return { basePath: trimmed(publicUrl), adminBasePath: trimmed(adminUrl) };
  const mock = createMockHydra();
  return { basePath: mock.publicUrl, adminBasePath: mock.adminUrl, fetch: mock.fetch };
}

function pair(environment: Record<string, string | undefined>, first: string, second: string): [string, string] | [] {
  const [a, b] = [read(environment, first), read(environment, second)];
  if (!a && !b) return [];
  if (a && b) return [a, b];
  const [set, unset] = a ? [first, second] : [second, first];
  throw new InvalidInputError(unset, `${unset} must be set, for ${set} is`);
}

/** Without the slashes at its end, for code that puts a path behind it. */
const trimmed = (url: string): string => url.replace(/\/+$/, "");

/** Deno throws where a program may not read the environment: to that program nothing is set. */
function read(environment: Record<string, string | undefined>, name: string): string | undefined {
  try {
    return environment[name];
  } catch {
    return undefined;
  }
}

const variables = (): Record<string, string | undefined> =>
  (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {};
