import { OAuthError } from "../http/oauth-error.ts";
import { sha256 } from "../keys/signing.ts";
import type { StoredClient } from "../state/state.ts";

/**
 * The subject as the client sees it: the same for all public clients, another for each sector of pairwise clients,
 * OpenID Connect Core section 8.
 *
 * @param forced The identifier that the application has chosen for pairwise clients; empty for the computed one.
 */
export async function subjectIdentifier(
  client: StoredClient["client"],
  subject: string,
  forced: string,
): Promise<string> {
  if (client.subject_type !== "pairwise") return subject;
  if (forced !== "") return forced;
  const digest = await sha256(`${sectorOf(client)}${subject}`);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Empty if the only redirect URI is a path. */
function sectorOf(client: StoredClient["client"]): string {
  if (client.sector_identifier_uri) return client.sector_identifier_uri;
  const [redirectUri, ...others] = client.redirect_uris ?? [];
  if (redirectUri !== undefined && others.length === 0)
    return URL.canParse(redirectUri) ? new URL(redirectUri).host : "";
  throw new OAuthError(
    "invalid_request",
    "A pairwise client needs a sector_identifier_uri or exactly one redirect URI.",
  );
}
