import type { Warning } from "../../types.ts";
import { formatDuration, parseDuration } from "../clients/duration.ts";
import { isObject } from "../http/json.ts";
import type { MockHydra } from "../hydra.ts";
import { ConsoleError } from "./errors.ts";

type Config = Record<string, unknown>;

/** The configuration of a new project. */
const DEFAULTS: Config = {
  oauth2: { pkce: { enforced: false, enforced_for_public_clients: false } },
  oidc: {
    dynamic_client_registration: { default_scope: [], enabled: false },
    subject_identifiers: { supported_types: ["public"] },
  },
  strategies: { access_token: "opaque", jwt: { scope_claim: "list" }, scope: "wildcard" },
  ttl: {
    access_token: "1h0m0s",
    auth_code: "10m0s",
    id_token: "1h0m0s",
    login_consent_request: "30m0s",
    refresh_token: "720h0m0s",
  },
};

/** What Ory Network decides for all projects. */
const MANAGED = ["dsn", "log", "profiling", "secrets", "serve", "sqa", "tracing", "version"];

/** The settings that the mock Hydra follows. */
const FOLLOWED: Record<string, (hydra: MockHydra, value: any) => void> = {
  "/oidc/dynamic_client_registration/enabled": (hydra, value) => {
    hydra.dynamicRegistration = value;
  },
};

/** The values that a setting may have. */
const ALLOWED: Record<string, readonly unknown[]> = {
  "/oauth2/pkce/enforced": [true, false],
  "/oauth2/pkce/enforced_for_public_clients": [true, false],
  "/oidc/dynamic_client_registration/enabled": [true, false],
  "/strategies/access_token": ["opaque", "jwt"],
  "/strategies/jwt/scope_claim": ["list", "string", "both"],
  "/strategies/scope": ["exact", "wildcard"],
};

/**
 * Returns a configuration as the console stores it: with defaults, normalized durations, and without what it ignores.
 *
 * @throws {@link ConsoleError} 400 a setting has a value that it cannot have
 */
export function storedConfig(given: unknown): { config: Config; warnings: Warning[] } {
  if (!isObject(given)) throw new ConsoleError(400, "The configuration must be a JSON object.");
  const ignored = Object.keys(given).filter((name) => MANAGED.includes(name));
  const accepted = Object.fromEntries(Object.entries(given).filter(([name]) => !MANAGED.includes(name)));
  const config = withDefaults(accepted, DEFAULTS) as Config;
  for (const [pointer, values] of Object.entries(ALLOWED)) {
    if (values.includes(valueAt(config, pointer))) continue;
    throw new ConsoleError(
      400,
      `${pointer} must be one of ${values.map((value) => JSON.stringify(value)).join(", ")}.`,
    );
  }
  if (!isObject(config["ttl"])) throw new ConsoleError(400, "/ttl must be a JSON object.");
  config["ttl"] = Object.fromEntries(
    Object.entries(config["ttl"]).map(([name, value]) => [name, duration(name, value)]),
  );
  const warnings = ignored.map((name) => ({ message: `/${name} is managed by Ory Network and was ignored.` }));
  return { config, warnings };
}

/** Makes a mock Hydra behave as a stored configuration says. */
export function follow(hydra: MockHydra, config: object): void {
  for (const [pointer, apply] of Object.entries(FOLLOWED)) apply(hydra, valueAt(config, pointer));
}

function duration(name: string, value: unknown): string {
  // A refresh token may be valid for ever.
  if (name === "refresh_token" && (value === "-1" || value === -1)) return "-1";
  const length = typeof value === "string" ? parseDuration(value) : undefined;
  if (length === undefined) throw new ConsoleError(400, `/ttl/${name} must be a duration such as 1h30m.`);
  return formatDuration(length);
}

function withDefaults(given: unknown, defaults: unknown): unknown {
  if (given === undefined || given === null) return structuredClone(defaults);
  if (!isObject(given) || !isObject(defaults)) return given;
  const filled = Object.entries(defaults).map(([name, value]) => [name, withDefaults(given[name], value)]);
  return { ...given, ...Object.fromEntries(filled) };
}

function valueAt(config: object, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), config);
}
