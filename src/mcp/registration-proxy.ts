import type { OidcApi } from "../api/oidc.ts";
import { isInvalidInputError, isResponseError } from "../core/errors.ts";
import type { OAuth2Client } from "../types.ts";

/** The options of {@link registrationProxy}. */
export interface RegistrationProxyOptions {
  /**
   * The `audience` that each client is registered with, in place of its own: the resources that it may get tokens for.
   * Without it, Hydra issues a token for a resource, but refuses to refresh it.
   */
  audience: readonly string[];
}

/**
 * Returns a handler that passes dynamic registrations (RFC 7591) on to Hydra, for the clients of MCP servers. It registers
 * each client with `audience`, and leaves out the members of the answer that have no value: Hydra states them as `""`,
 * `null` or `{}`, where many clients, such as the MCP TypeScript SDK, require a URL, a list or keys.
 *
 * Serve it at the URL of Hydra's setting `webfinger.oidc_discovery.client_registration_url`, behind a limit on the rate
 * and size of requests: anybody may call it.
 *
 * @param api the API of Hydra that registers the clients
 * @example
 * ```ts
 * import { Hono } from "hono";
 * import { OidcApi, registrationProxy } from "hydra-sdk";
 *
 * const hydra = new OidcApi({ basePath: "https://auth.example.com" });
 * const register = registrationProxy(hydra, { audience: ["https://mcp.example.com/mcp"] });
 * const app = new Hono();
 * app.post("/register", (c) => register(c.req.raw));
 * ```
 * @returns Its promise is rejected if Hydra cannot be reached.
 */
export function registrationProxy(
  api: Pick<OidcApi, "createOidcDynamicClient">,
  { audience }: RegistrationProxyOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    const metadata: unknown = await request.json().catch(() => undefined);
    if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata))
      return refusal("The body must be a JSON object.");
    const oAuth2Client: OAuth2Client = { ...metadata, audience: [...audience] };
    try {
      const { data, status } = await api.createOidcDynamicClient({ oAuth2Client }, { signal: request.signal });
      return reply(status, withoutEmptyMembers(data));
    } catch (error) {
      if (isInvalidInputError(error)) return refusal(error.message);
      if (isResponseError(error)) return reply(error.status, error.response.data);
      throw error;
    }
  };
}

/** Empty lists stay: they are valid wherever a list is. */
function withoutEmptyMembers(client: OAuth2Client): object {
  const isEmpty = (value: unknown) =>
    value === "" || value === null || (Object(value) === value && JSON.stringify(value) === "{}");
  return Object.fromEntries(Object.entries(client).filter(([, value]) => !isEmpty(value)));
}

/** RFC 7591, section 3.2.2. */
const refusal = (error_description: string): Response =>
  reply(400, { error: "invalid_client_metadata", error_description });

const reply = (status: number, body: unknown): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
