import { OAuthError } from "./oauth-error.ts";

/** The words of a space-separated list. */
export function words(text: string | null | undefined): string[] {
  return (text ?? "").split(" ").filter((word) => word !== "");
}

/** Whether `scope` is one of `granted`, in which a part between dots may be `*`: `users.*` covers `users.read`. */
export function covers(granted: readonly string[], scope: string): boolean {
  const parts = scope.split(".");
  return granted.some((pattern) => {
    const wanted = pattern.split(".");
    if (wanted.length > parts.length || (wanted.length < parts.length && wanted.at(-1) !== "*")) return false;
    return wanted.every((part, i) => part === parts[i] || (part === "*" && parts[i] !== ""));
  });
}

/** @throws OAuthError `invalid_scope` for the first scope that is not covered. */
export function checkScope(granted: readonly string[], requested: readonly string[]): void {
  for (const scope of requested) {
    if (!covers(granted, scope)) throw new OAuthError("invalid_scope", `The scope '${scope}' is not allowed here.`);
  }
}

/** The `audience` parameter: a space-separated list, or given more than once. */
export function audiences(form: URLSearchParams): string[] {
  const values = form.getAll("audience");
  return values.length > 1 ? values.filter((value) => value !== "") : words(values[0]);
}

/** @throws OAuthError `invalid_request` for the first audience that is neither allowed nor below one that is. */
export function checkAudience(allowed: readonly string[], requested: readonly string[]): void {
  for (const audience of requested) {
    if (!isAllowedAudience(allowed, audience)) {
      throw new OAuthError("invalid_request", `The audience '${audience}' is not allowed for this client.`);
    }
  }
}

/** Whether `audience` is one of `allowed` or lies below one in its path. */
export function isAllowedAudience(allowed: readonly string[], audience: string): boolean {
  return allowed.some((each) => {
    if (each === audience) return true;
    if (!URL.canParse(each) || !URL.canParse(audience)) return false;
    const [base, wanted] = [new URL(each), new URL(audience)];
    const path = base.pathname.replace(/\/+$/, "");
    if (base.protocol !== wanted.protocol || base.host !== wanted.host) return false;
    return wanted.pathname === path || wanted.pathname.startsWith(`${path}/`);
  });
}
