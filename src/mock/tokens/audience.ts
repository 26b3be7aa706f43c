import { OAuthError } from "../http/oauth-error.ts";
import { spaceSeparated, unique } from "../http/parameters.ts";
import { decodedPath, type ParsedUrl, parseUrl } from "../http/parse-url.ts";
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
  const pathsByOrigin = new Map<string, Set<string>>();
  for (const audience of client.audience ?? []) {
    const url = parseUrl(audience);
    if (!url) continue;
    const paths = pathsByOrigin.get(originOf(url)) ?? new Set();
    pathsByOrigin.set(originOf(url), paths.add(decodedPath(url)));
  }
  return requested.filter((audience) => {
    const url = parseUrl(audience);
    if (!url) return false;
    const path = decodedPath(url);
    return [...(pathsByOrigin.get(originOf(url)) ?? [])].some((registered) => {
      const folder = withoutTrailingSlashes(registered);
      return path === registered || path === folder || path.startsWith(`${folder}/`);
    });
  });
}

/** Scheme and host as they are written: the server takes a host in capitals for another one. */
function originOf({ scheme, host }: ParsedUrl): string {
  return `${scheme}://${host}`;
}
