import type { JWTPayload } from "jose";
import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { spaceSeparated } from "../http/parameters.ts";
import { verifyIdToken } from "../keys/signing.ts";
import type { Flow, LoginSession } from "../state/flow-state.ts";

// What a client demands of the login with `prompt`, `max_age` and `id_token_hint`: OpenID Connect Core section 3.1.2.1.

const PROMPTS = ["login", "none", "consent", "registration", "select_account"];

export function promptOf(parameters: URLSearchParams): string[] {
  return spaceSeparated(parameters.get("prompt"));
}

/** The claims of the `id_token_hint`, which may have expired; `undefined` without a hint. */
export async function hintClaimsOf(context: Context, parameters: URLSearchParams): Promise<JWTPayload | undefined> {
  const hint = parameters.get("id_token_hint");
  if (!hint) return undefined;
  const claims = await verifyIdToken(context, hint).catch(() => undefined);
  if (!claims?.sub) throw new OAuthError("invalid_request", "The id_token_hint is not an ID token of this server.");
  return claims;
}

/** Whether the person may skip the login, because the session is recent enough. */
export function mayReuseSession(context: Context, session: LoginSession, parameters: URLSearchParams): boolean {
  const prompt = promptOf(parameters);
  if (prompt.includes("login")) return false;
  if (prompt.includes("select_account") && context.has("selectAccountPrompt")) return false;
  const maxAge = parameters.get("max_age");
  if (!maxAge) return true;
  if (!/^-?\d+$/.test(maxAge)) throw new OAuthError("error", "The parameter 'max_age' is not a number.");
  if (Number(maxAge) < 0 || session.authenticatedAt + Number(maxAge) * 1000 >= context.now()) return true;
  if (prompt.includes("none")) throw new OAuthError("login_required", "The login is older than 'max_age' allows.");
  return false;
}

/**
 * Whether a login is what the client demands.
 *
 * @param subject The person who has logged in, as the client sees them.
 * @throws OAuthError `invalid_request` for a `prompt` that does not exist
 */
export function isLoginAsDemanded(
  flow: Flow,
  parameters: URLSearchParams,
  hint: JWTPayload | undefined,
  subject: string,
): boolean {
  const prompt = promptOf(parameters);
  if (!prompt.every((value) => PROMPTS.includes(value))) {
    throw new OAuthError("invalid_request", "The parameter 'prompt' has an unknown value.");
  }
  if (prompt.includes("none") && prompt.length > 1) {
    throw new OAuthError("invalid_request", "The prompt 'none' cannot be combined with others.");
  }
  const maxAge = Number(parameters.get("max_age"));
  const isTooOld = maxAge > 0 && flow.authenticatedAt + maxAge * 1000 < flow.requestedAt;
  const wasPrompted = prompt.includes("none") && flow.authenticatedAt > flow.requestedAt;
  const wasNotPrompted = prompt.includes("login") && flow.authenticatedAt < flow.requestedAt;
  const isAnotherPerson = hint !== undefined && hint.sub !== subject;
  return !(isTooOld || wasPrompted || wasNotPrompted || isAnotherPerson);
}
