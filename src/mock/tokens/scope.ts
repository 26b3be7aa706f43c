import { OAuthError } from "../http/oauth-error.ts";

/** All of them at once: without the lookbehind a search begins again at each slash of a long row. */
export const TRAILING_SLASHES: RegExp = /(?<!\/)\/+$/;

/** The words of a space-separated list. */
export function words(text: string | null | undefined): string[] {
  return (text ?? "").split(" ").filter((word) => word !== "");
}

/**
 * The first of `scopes` that is none of `granted`, in which a part between dots may be `*`: `users.*` covers
 * `users.read`.
 */
export function uncoveredScope(granted: readonly string[], scopes: readonly string[]): string | undefined {
  const exact = new Set(granted);
  const patterns = [...exact].filter((scope) => scope.includes("*")).map((scope) => scope.split("."));
  return scopes.find((scope) => {
    if (exact.has(scope)) return false;
    const parts = scope.split(".");
    return !patterns.some((pattern) => {
      if (pattern.length > parts.length || (pattern.length < parts.length && pattern.at(-1) !== "*")) return false;
      return pattern.every((part, i) => part === parts[i] || (part === "*" && parts[i] !== ""));
    });
  });
}

/** @throws OAuthError `invalid_scope` for the first scope that is not covered. */
export function checkScope(granted: readonly string[], requested: readonly string[]): void {
  const scope = uncoveredScope(granted, requested);
  if (scope !== undefined) throw new OAuthError("invalid_scope", `The scope '${scope}' is not allowed here.`);
}

/** The `scope` parameter, each scope once. */
export function scopes(form: URLSearchParams): string[] {
  return unique(words(form.get("scope")));
}

/** The `audience` parameter, each audience once: a space-separated list, or given more than once. */
export function audiences(form: URLSearchParams): string[] {
  const values = form.getAll("audience");
  return unique(values.length > 1 ? values.filter((value) => value !== "") : words(values[0]));
}

export function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}

/** @throws OAuthError `invalid_request` for the first audience that is neither allowed nor below one that is. */
export function checkAudience(allowed: readonly string[], requested: readonly string[]): void {
  const permitted = new Set(allowedAudiences(allowed, requested));
  const audience = requested.find((each) => !permitted.has(each));
  if (audience !== undefined)
    throw new OAuthError("invalid_request", `The audience '${audience}' is not allowed for this client.`);
}

/** Those of `requested` that are one of `allowed` or lie below one in its path. */
export function allowedAudiences(allowed: readonly string[], requested: readonly string[]): string[] {
  const exact = new Set(allowed);
  const paths = new Map<string, Set<string>>();
  for (const each of exact) {
    if (!URL.canParse(each)) continue;
    const { protocol, host, pathname } = new URL(each);
    const origin = `${protocol}//${host}`;
    paths.set(origin, (paths.get(origin) ?? new Set()).add(pathname.replace(TRAILING_SLASHES, "")));
  }
  return requested.filter((audience) => {
    if (exact.has(audience)) return true;
    if (!URL.canParse(audience)) return false;
    const { protocol, host, pathname } = new URL(audience);
    const above = paths.get(`${protocol}//${host}`) ?? [];
    return [...above].some((path) => pathname === path || pathname.startsWith(`${path}/`));
  });
}
