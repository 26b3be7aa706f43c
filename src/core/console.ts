import { Configuration, type ConfigurationParameters, configuredUrl, isConfiguration } from "./configuration.ts";
import { RequiredError } from "./errors.ts";
import { headersOf } from "./headers.ts";
import { connect, type Send } from "./transport.ts";
import { assertInput } from "./validate.ts";

/** What all operations of the console have in common. */
export const CONSOLE = { listener: "console", credential: "token" } as const;

const DEFAULT_CONSOLE = "https://api.console.ory.com";

/** How the API keys of projects begin. */
const PROJECT_KEY = /(^|\s)ory_(pat|pt|apikey)_/i;

/**
 * Connects an API object to the console of Ory Network, as `connect` does to Hydra: the base path is that of the console,
 * and the token the API key of a workspace.
 *
 * The console would accept the key of a project for a few operations and answer 403 to the others. It is never sent there:
 * whoever reads it there could use the project.
 *
 * @throws {@link InvalidInputError} `consolePath` is not a URL
 */
export function connectConsole(
  api: object,
  parameters: Configuration | ConfigurationParameters | undefined,
  consolePath: string = DEFAULT_CONSOLE,
  unsupported: unknown[],
): Send {
  const given = isConfiguration(parameters) ? parameters : new Configuration(parameters ?? {});
  const basePath = configuredUrl("consolePath", given.consolePath ?? consolePath);
  // A function, because the keys of the given configuration may be replaced later.
  const accessToken = () => workspaceKeyOf(given);
  const send = connect(api, given.with({ basePath, adminBasePath: undefined, accessToken }), undefined, unsupported);
  return async (operation, options) => {
    for (const headers of [options?.headers, given.baseOptions?.headers]) {
      assertNoProjectKey("authorization", headersOf(headers)["authorization"] ?? "");
    }
    return send(operation, options);
  };
}

/**
 * Returns the key for the console: `workspaceApiKey`, else an `accessToken` that is such a key, as in code written for
 * `@ory/client`.
 *
 * @throws {@link RequiredError} there is none
 */
async function workspaceKeyOf({ workspaceApiKey, accessToken }: Configuration): Promise<string> {
  const given = workspaceApiKey ?? accessToken;
  const key = await (typeof given === "function" ? given() : given);
  assertInput(key == null || typeof key === "string", "workspaceApiKey", "must be, or resolve to, a string");
  if (!key?.trim() || (workspaceApiKey == null && !key.trim().startsWith("ory_wak_"))) {
    throw new RequiredError(
      "workspaceApiKey",
      "workspaceApiKey is missing: pass the API key of a workspace (ory_wak_…); accessToken is never sent to the console",
    );
  }
  assertNoProjectKey("workspaceApiKey", key);
  return key;
}

function assertNoProjectKey(field: string, credential: string): void {
  const isProjectKey = PROJECT_KEY.test(credential);
  assertInput(!isProjectKey, field, "is the API key of a project: the console takes that of a workspace (ory_wak_…)");
}
