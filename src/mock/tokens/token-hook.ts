import type { Context } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { spaceSeparated } from "../http/parameters.ts";
import type { StoredClient } from "../state/state.ts";
import type { Grant } from "../state/token-table.ts";
import type { Issuance } from "./issue.ts";

type TokenHook = NonNullable<Context["tokenHook"]>;

/** The parameters of a token request that a token hook may see. */
const VISIBLE_PARAMETERS = ["assertion", "client_id", "grant_type", "response_type", "scope"];

/** Grants whose custom claims a hook adds to; those of every other grant it replaces. */
const ADDING_KINDS = ["authorization_code", "device_authorization"];

/**
 * Calls the token hook, if there is one.
 *
 * @returns the issuance with the claims that the hook has chosen
 * @throws OAuthError `access_denied` if the hook refuses, `server_error` if it fails
 */
export async function withTokenHook(
  context: Context,
  client: StoredClient,
  issuance: Issuance,
  form: URLSearchParams,
): Promise<Issuance> {
  const { tokenHook } = context;
  if (!tokenHook) return issuance;
  const { grant, kind } = issuance;
  let answer: Awaited<ReturnType<TokenHook>>;
  try {
    answer = await tokenHook(hookRequest(context, client, issuance, form));
  } catch {
    throw new OAuthError("server_error", "An error occurred while executing the token hook.");
  }
  if (answer === false) throw new OAuthError("access_denied", "The token hook has refused the tokens.");
  if (!answer) return issuance;
  const { access_token: ext = {}, id_token: idTokenClaims = {} } = answer.session;
  const isAdding = ADDING_KINDS.includes(kind);
  const claims = grant.claims && { ...(isAdding ? grant.claims : loginClaims(grant.claims)), ...idTokenClaims };
  return {
    ...issuance,
    grant: {
      ...grant,
      ext: isAdding ? { ...grant.ext, ...ext } : ext,
      ...(claims && { claims: { ...claims, sub: grant.claims!.sub } }),
    },
  };
}

function hookRequest(
  { issuer }: Context,
  { client }: StoredClient,
  { grant, kind }: Issuance,
  form: URLSearchParams,
): Parameters<TokenHook>[0] {
  const { claims } = grant;
  const login = claims && loginClaims(claims);
  const { nonce, acr, amr } = (login ?? {}) as { nonce?: string; acr?: string; amr?: string[] };
  const custom = Object.entries(claims ?? {}).filter(([name]) => !Object.hasOwn(login ?? {}, name));
  const asked = spaceSeparated(form.get("scope"));
  const visible = VISIBLE_PARAMETERS.filter((name) => form.has(name));
  return {
    session: {
      id_token: {
        id_token_claims: {
          iss: issuer,
          sub: claims?.sub ?? "",
          aud: claims ? [client.client_id] : null,
          nonce: nonce ?? "",
          acr: acr ?? "",
          amr: amr ?? null,
          ext: claims ? Object.fromEntries(custom) : null,
        },
        subject: grant.subject,
      },
      extra: grant.ext,
      client_id: client.client_id,
      consent_challenge: claims ? grant.id : "",
    },
    request: {
      client_id: client.client_id,
      requested_scopes: claims ? grant.scope : asked.length > 0 ? asked : null,
      // The server grants the scopes of a code only after it has called the hook.
      granted_scopes: ADDING_KINDS.includes(kind) ? [] : grant.scope,
      granted_audience: ADDING_KINDS.includes(kind) ? [] : grant.audience,
      grant_types: spaceSeparated(form.get("grant_type")),
      payload: Object.fromEntries(visible.map((name) => [name, form.getAll(name)])),
    },
  };
}

/** The claims that the server sets itself, without those of the application. */
function loginClaims({ sub, auth_time, rat, nonce, acr, amr }: NonNullable<Grant["claims"]>): Record<string, unknown> {
  return { sub, auth_time, rat, nonce, acr, amr };
}
