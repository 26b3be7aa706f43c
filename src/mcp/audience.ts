import { HydraError, isKind } from "../core/errors.ts";
import { withoutTrailingSlashes } from "../core/url.ts";
import { assertInput } from "../core/validate.ts";
import type { OAuth2ConsentRequest } from "../types.ts";

/**
 * A client requested a token for a resource that is not allowed. Reject the consent request with {@link error} and
 * {@link errorDescription}, which Hydra passes on to the client.
 */
export class InvalidTargetError extends HydraError {
  override get name(): string {
    return "InvalidTargetError";
  }
  /** The error code of RFC 8707, section 2. */
  readonly error = "invalid_target";
  /** Says what is wrong. */
  readonly errorDescription: string;
  /** The `resource` or `audience` of the authorization request. */
  readonly resource: string;

  /**
   * @param resource what the client requested
   * @param errorDescription says what is wrong with it
   */
  constructor(resource: string, errorDescription: string) {
    super(errorDescription);
    this.errorDescription = errorDescription;
    this.resource = resource;
  }
}

/** Whether a client requested a resource that is not allowed: see {@link InvalidTargetError}. */
export const isInvalidTargetError = (error: unknown): error is InvalidTargetError =>
  isKind(error, "InvalidTargetError");

/** The options of {@link audienceFromResource}. */
export interface AudienceFromResourceOptions {
  /**
   * The resources that tokens may be for, such as `https://mcp.example.com/mcp`, and other audiences that clients may
   * request with Hydra's parameter `audience`.
   */
  allowed: readonly string[];
}

/**
 * Returns the audience to grant to a consent request: the resources that the client requested (RFC 8707), spelled as in
 * `allowed`. Hydra ignores the parameter `resource`, so that without this the token has no audience, and an MCP server
 * cannot tell whether it is meant for it. Also checks the parameter `audience`, because a client that registers itself
 * chooses the audience that Hydra lets it request.
 *
 * The parameters are read from `request_url`: those of an authorization request that was sent by POST, or of a request
 * object, are not in it.
 *
 * @example
 * ```ts
 * async function audienceOf(oauth2: OAuth2Api, consentChallenge: string) {
 *   const { data: consent } = await oauth2.getOAuth2ConsentRequest({ consentChallenge });
 *   return audienceFromResource(consent, { allowed: ["https://mcp.example.com/mcp"] });
 * }
 * ```
 * @throws {@link InvalidTargetError} the client requested something that is not allowed: reject the consent request
 * @throws {@link InvalidInputError} the consent request has no `request_url`, or `allowed` contains a fragment
 */
export function audienceFromResource(
  consentRequest: Pick<OAuth2ConsentRequest, "request_url" | "requested_access_token_audience">,
  { allowed }: AudienceFromResourceOptions,
): string[] {
  assertInput(Array.isArray(allowed), "allowed", "must be a list of resources");
  const spelling = new Map(allowed.map((audience) => [comparable(audience), audience]));
  assertInput(!allowed.some(hasFragment), "allowed", "must be resources without a fragment");
  const { request_url: url = "", requested_access_token_audience: requested } = consentRequest;
  assertInput(URL.canParse(url), "request_url", "is missing: pass the answer of getOAuth2ConsentRequest");

  const resources = new URL(url).searchParams.getAll("resource");
  const malformed = resources.find((resource) => !URL.canParse(resource) || hasFragment(resource));
  if (malformed !== undefined)
    throw new InvalidTargetError(malformed, "The resource must be an absolute URI without a fragment.");
  const audience = [...resources, ...(requested ?? [])].map((resource) => {
    const granted = spelling.get(comparable(resource));
    if (granted === undefined)
      throw new InvalidTargetError(resource, "This server does not issue tokens for the requested resource.");
    return granted;
  });
  return [...new Set(audience)];
}

const hasFragment = (resource: string): boolean => resource.includes("#");

/** Two spellings of a resource differ at most in the case of the host, a default port and a slash at the end. */
const comparable = (audience: string): string =>
  withoutTrailingSlashes(URL.canParse(audience) ? new URL(audience).href : audience);
