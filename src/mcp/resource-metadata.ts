import { serverUrl } from "../core/url.ts";
import { assertInput } from "../core/validate.ts";

/** The options of {@link protectedResourceMetadata}. */
export interface ProtectedResourceMetadataOptions {
  /** The URL of the MCP server or API as clients know it, such as `https://mcp.example.com/mcp`. */
  resource: string;
  /** The issuers of its tokens, exactly as the metadata of Hydra states them: often with a slash at the end. */
  authorizationServers: readonly string[];
  /**
   * The scopes that clients should request. Clients that register themselves register with them, and get a refresh token
   * from Hydra only with `offline_access`.
   */
  scopesSupported?: readonly string[] | undefined;
  /** The name to show to users. */
  resourceName?: string | undefined;
  /** The URL of a page for developers. */
  resourceDocumentation?: string | undefined;
}

/** The document of RFC 9728, section 2. */
export interface ProtectedResourceDocument {
  /** The resource itself. */
  resource: string;
  /** The issuers of its tokens. */
  authorization_servers: string[];
  /** How tokens are sent: in the `Authorization` header. */
  bearer_methods_supported: ["header"];
  /** The scopes that clients should request. */
  scopes_supported?: string[];
  /** The name to show to users. */
  resource_name?: string;
  /** The URL of a page for developers. */
  resource_documentation?: string;
}

/** The error of a request to a protected resource (RFC 6750, section 3.1). A request without a token has none. */
export interface BearerError {
  /** `invalid_token` with status 401, `insufficient_scope` with 403, `invalid_request` with 400. */
  error?: "invalid_token" | "insufficient_scope" | "invalid_request" | undefined;
  /** Says to developers what is wrong. */
  errorDescription?: string | undefined;
  /** The scopes that the request needs. */
  scope?: string | undefined;
}

/** What a protected resource serves, for clients to find its authorization server: {@link protectedResourceMetadata}. */
export interface ProtectedResourceMetadata {
  /** The path at which to serve the document. */
  path: string;
  /** The same as a URL. */
  url: string;
  /** What to serve there, as JSON. */
  document: ProtectedResourceDocument;
  /** Returns the value of `WWW-Authenticate` for a response with status 401 or 403. */
  wwwAuthenticate(error?: BearerError): string;
}

/**
 * Returns what a resource that Hydra protects, such as an MCP server, serves to clients (RFC 9728).
 *
 * @example
 * ```ts
 * import { Hono } from "hono";
 * import { protectedResourceMetadata } from "hydra-sdk";
 *
 * const metadata = protectedResourceMetadata({
 *   resource: "https://mcp.example.com/mcp",
 *   authorizationServers: ["https://auth.example.com/"],
 *   scopesSupported: ["notes.read", "offline_access"],
 * });
 * const app = new Hono();
 * app.get(metadata.path, (c) => c.json(metadata.document));
 * app.all("/mcp", (c) => c.body(null, 401, { "www-authenticate": metadata.wwwAuthenticate() }));
 * ```
 * @throws {@link InvalidInputError} `resource` or an authorization server is not a URL, or there is no server
 */
export function protectedResourceMetadata(options: ProtectedResourceMetadataOptions): ProtectedResourceMetadata {
  const { resource, authorizationServers, scopesSupported, resourceName, resourceDocumentation } = options;
  const { origin, pathname, search } = serverUrl("resource", resource);
  assertInput(
    Array.isArray(authorizationServers) && authorizationServers.length > 0,
    "authorizationServers",
    "must be a list of at least one issuer",
  );
  for (const issuer of authorizationServers) serverUrl("authorizationServers", issuer);
  const path = `/.well-known/oauth-protected-resource${pathname === "/" ? "" : pathname}`;
  const url = origin + path + search;
  return {
    path,
    url,
    document: {
      resource,
      authorization_servers: [...authorizationServers],
      bearer_methods_supported: ["header"],
      ...(scopesSupported && { scopes_supported: [...scopesSupported] }),
      ...(resourceName && { resource_name: resourceName }),
      ...(resourceDocumentation && { resource_documentation: resourceDocumentation }),
    },
    wwwAuthenticate({ error, errorDescription, scope } = {}) {
      const parameters = { error, error_description: errorDescription, scope, resource_metadata: url };
      const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined);
      return `Bearer ${pairs.map(([name, value]) => `${name}="${quotable(name, value!)}"`).join(", ")}`;
    },
  };
}

/** @throws {@link InvalidInputError} the value cannot stand in a parameter of RFC 6750 */
function quotable(field: string, value: string): string {
  assertInput(/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(value), field, 'must be ASCII without " and \\');
  return value;
}
