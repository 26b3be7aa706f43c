import type { Context } from "../context.ts";
import { includesInAnyCase } from "../http/parameters.ts";
import type { StoredClient } from "../state/state.ts";
import type { Grant, Token } from "../state/token-table.ts";
import { createAccessToken } from "./access-token.ts";
import { mayUseGrantType } from "./grants/grant-type.ts";
import { createIdToken, leftHash } from "./id-token.ts";
import { CREDENTIAL_NONCE_LIFESPAN, type GrantKind, lifespanOf } from "./lifespans.ts";

const CREDENTIAL_SCOPE = "userinfo_credential_draft_00";
const REFRESH_SCOPES = ["offline", "offline_access"];

/** What to issue tokens for, once the request was checked. */
export interface Issuance {
  grant: Grant;
  /** Determines the lifespans, and whether there is a refresh token. */
  kind: GrantKind;
  /**
   * Uses up the code or token that is redeemed. Signing takes a moment in which another request may redeem it: throws if
   * one has. After it, nothing can come in between.
   */
  redeem?: () => void;
}

/** RFC 6749 section 5.1. */
export interface TokenResponse {
  access_token: string;
  expires_in: number;
  scope: string;
  token_type: "bearer";
  refresh_token?: string;
  id_token?: string;
  c_nonce_draft_00?: string;
  c_nonce_expires_in_draft_00?: number;
}

/** Creates and stores the access token of an authorization response, OpenID Connect Core section 3.2.2.5. */
export async function issueImplicitAccessToken(
  context: Context,
  { client }: StoredClient,
  grant: Grant,
): Promise<Pick<TokenResponse, "access_token" | "expires_in" | "scope" | "token_type">> {
  const { token, response } = await newAccessToken(context, client, grant, "implicit");
  context.state.tokens.set(token.value, token);
  return response;
}

/** Creates and stores the tokens of a grant. */
export async function issueTokens(
  context: Context,
  { client }: StoredClient,
  { grant, kind, redeem }: Issuance,
): Promise<TokenResponse> {
  const now = context.now();
  const { token: accessToken, response } = await newAccessToken(context, client, grant, kind);
  if (grant.claims && grant.scope.includes("openid")) {
    const at_hash = await leftHash(accessToken.value);
    response.id_token = await createIdToken(context, client, grant, kind, { at_hash });
  }

  redeem?.();
  const { tokens, nonces } = context.state;
  tokens.set(accessToken.value, accessToken);
  if (mayRefresh(client, grant, kind)) {
    const value = context.random.opaque("rt");
    const expiresAt = now + lifespanOf(context, client, kind, "refresh_token");
    const issuedWith = { accessToken: accessToken.value };
    tokens.set(value, { use: "refresh_token", value, grant, issuedAt: now, expiresAt, ...issuedWith });
    response.refresh_token = value;
  }
  if (grant.scope.includes("openid") && grant.scope.includes(CREDENTIAL_SCOPE)) {
    const nonce = context.random.token();
    nonces.set(nonce, { accessToken: accessToken.value, expiresAt: now + CREDENTIAL_NONCE_LIFESPAN });
    response.c_nonce_draft_00 = nonce;
    response.c_nonce_expires_in_draft_00 = CREDENTIAL_NONCE_LIFESPAN / 1000;
  }
  return response;
}

/** An access token that is not stored yet, and the response that presents it. */
async function newAccessToken(
  context: Context,
  client: StoredClient["client"],
  grant: Grant,
  kind: GrantKind,
): Promise<{ token: Token; response: TokenResponse }> {
  const lifespan = lifespanOf(context, client, kind, "access_token");
  const token = await createAccessToken(context, client, grant, context.now() + lifespan);
  const response: TokenResponse = {
    access_token: token.value,
    expires_in: Math.floor(lifespan / 1000),
    scope: grant.scope.join(" "),
    token_type: "bearer",
  };
  return { token, response };
}

/** Whether there is a refresh token: a person has granted offline access, and the client may refresh. */
function mayRefresh(client: StoredClient["client"], grant: Grant, kind: GrantKind): boolean {
  if (kind === "client_credentials" || kind === "jwt_bearer" || !mayUseGrantType(client, "refresh_token")) return false;
  return REFRESH_SCOPES.some((scope) => includesInAnyCase(grant.scope, scope));
}
