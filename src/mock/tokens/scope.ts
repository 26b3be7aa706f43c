import { OAuthError } from "../http/oauth-error.ts";
import { spaceSeparated, unique } from "../http/parameters.ts";
import type { StoredClient } from "../state/state.ts";

/** The parameter `scope`, each scope once. */
export function requestedScope(parameters: URLSearchParams): string[] {
  return unique(spaceSeparated(parameters.get("scope")));
}

/** @throws OAuthError `invalid_scope` for the first scope that the client is not registered for. */
export function checkClientScope(client: StoredClient["client"], requested: readonly string[]): void {
  checkScope(spaceSeparated(client.scope), requested);
}

/** @throws OAuthError `invalid_scope` for the first scope that is not covered by `allowed`. */
export function checkScope(allowed: readonly string[], requested: readonly string[]): void {
  const scope = firstUncoveredScope(allowed, requested);
  if (scope !== undefined) throw new OAuthError("invalid_scope", `The scope '${scope}' is not allowed.`);
}

/** Whether `granted` covers every scope of `requested`. */
export function coversScope(granted: readonly string[], requested: readonly string[]): boolean {
  return firstUncoveredScope(granted, requested) === undefined;
}

/** In `granted`, a part between dots may be the wildcard `*`: `users.*` covers `users.read`. */
function firstUncoveredScope(granted: readonly string[], requested: readonly string[]): string | undefined {
  const exact = new Set(granted);
  const patterns = [...exact].filter((scope) => scope.includes("*")).map((scope) => scope.split("."));
  return requested.find((scope) => {
    if (exact.has(scope)) return false;
    const parts = scope.split(".");
    return !patterns.some((pattern) => {
      if (pattern.length > parts.length || (pattern.length < parts.length && pattern.at(-1) !== "*")) return false;
      return pattern.every((part, i) => part === parts[i] || (part === "*" && parts[i] !== ""));
    });
  });
}
