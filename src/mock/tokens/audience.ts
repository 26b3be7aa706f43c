import { OAuthError } from "../http/oauth-error.ts";
import { spaceSeparated, unique } from "../http/parameters.ts";
import { withoutTrailingSlashes } from "../http/url.ts";
import type { StoredClient } from "../state/state.ts";

/** The parameter `audience`, each audience once. It is a space-separated list, or is given more than once. */
export function requestedAudience(parameters: URLSearchParams): string[] {
  const values = parameters.getAll("audience");
  return unique(values.length > 1 ? values.filter((value) => value !== "") : spaceSeparated(values[0]));
}

/** @throws OAuthError `invalid_request` for the first audience that the client is not registered for. */
export function checkClientAudience(client: StoredClient["client"], requested: readonly string[]): void {
  const allowed = new Set(allowedAudience(client, requested));
  const refused = requested.find((audience) => !allowed.has(audience));
  if (refused !== undefined)
    throw new OAuthError("invalid_request", `The audience '${refused}' is not allowed for this client.`);
}

/** Those of `requested` that the client is registered for, or whose path is below one that it is registered for. */
export function allowedAudience(client: StoredClient["client"], requested: readonly string[]): string[] {
  const registered = new Set(client.audience ?? []);
  const pathsByOrigin = new Map<string, Set<string>>();
  for (const audience of registered) {
    if (!URL.canParse(audience)) continue;
    const { protocol, host, pathname } = new URL(audience);
    const origin = `${protocol}//${host}`;
    const paths = pathsByOrigin.get(origin) ?? new Set();
    pathsByOrigin.set(origin, paths.add(withoutTrailingSlashes(pathname)));
  }
  return requested.filter((audience) => {
    if (registered.has(audience)) return true;
    if (!URL.canParse(audience)) return false;
    const { protocol, host, pathname } = new URL(audience);
    const paths = pathsByOrigin.get(`${protocol}//${host}`) ?? [];
    return [...paths].some((path) => pathname === path || pathname.startsWith(`${path}/`));
  });
}
