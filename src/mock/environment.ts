import { type ConfigurationParameters, InvalidInputError } from "../index.ts";
import { withoutTrailingSlashes } from "./http/url.ts";
import { createMockHydra } from "./hydra.ts";

/**
 * The configuration for the server that the environment names: `ORY_SDK_URL` with `ORY_API_KEY` (Ory Network), or
 * `HYDRA_PUBLIC_URL` with `HYDRA_ADMIN_URL` (self-hosted). Trailing slashes are removed. If no variable is set, the
 * configuration is for a new mock: programs and tests run on the mock by default, and on a real server on request.
 *
 * Not for production: if the variables are missing, everything goes to a mock and is lost.
 *
 * @param environment the variables; by default those of the process, none in a browser
 * @throws {@link InvalidInputError} only one variable of a pair is set
 * @example
 * ```ts
 * const api = new OAuth2Api(configurationFromEnv());
 * ```
 */
export function configurationFromEnv(
  environment: Record<string, string | undefined> = variables(),
): ConfigurationParameters & { basePath: string } {
  const [url, key] = pair(environment, "ORY_SDK_URL", "ORY_API_KEY");
  if (url && key) return { basePath: withoutTrailingSlashes(url), accessToken: key };
  const [publicUrl, adminUrl] = pair(environment, "HYDRA_PUBLIC_URL", "HYDRA_ADMIN_URL");
  if (publicUrl && adminUrl)
    return { basePath: withoutTrailingSlashes(publicUrl), adminBasePath: withoutTrailingSlashes(adminUrl) };
  const mock = createMockHydra();
  return { basePath: mock.publicUrl, adminBasePath: mock.adminUrl, fetch: mock.fetch };
}

function pair(environment: Record<string, string | undefined>, first: string, second: string): [string, string] | [] {
  const [a, b] = [read(environment, first), read(environment, second)];
  if (!a && !b) return [];
  if (a && b) return [a, b];
  const [set, unset] = a ? [first, second] : [second, first];
  throw new InvalidInputError(unset, `${unset} must be set, because ${set} is set`);
}

/** Deno throws if the program may not read the environment: the variable then counts as not set. */
function read(environment: Record<string, string | undefined>, name: string): string | undefined {
  try {
    return environment[name];
  } catch {
    return undefined;
  }
}

const variables = (): Record<string, string | undefined> =>
  (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {};
