import type { OAuth2Client } from "../../index.ts";

/** What one wants to build. */
export interface Kind {
  id: string;
  title: string;
  /** Who it is for. */
  summary: string;
  /** Why the client is set up in this way. */
  why: string;
  client: OAuth2Client;
}

const SIGN_IN = { response_types: ["code"], scope: "openid offline_access" };
const CODE = ["authorization_code", "refresh_token"];
const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

export const KINDS: readonly Kind[] = [
  {
    id: "web",
    title: "Web application",
    summary: "A site with a server that signs people in",
    why: "Its server can keep a secret, so it authenticates with one (client_secret_basic); the code flow with PKCE keeps tokens out of the browser, and refresh tokens keep people signed in.",
    client: { ...SIGN_IN, grant_types: CODE, token_endpoint_auth_method: "client_secret_basic" },
  },
  {
    id: "spa",
    title: "Single-page application",
    summary: "JavaScript in the browser, without a server",
    why: "Everyone can read its code, so it has no secret (none): PKCE protects the code instead. Its origin must be allowed to call the token endpoint.",
    client: { ...SIGN_IN, grant_types: CODE, token_endpoint_auth_method: "none" },
  },
  {
    id: "native",
    title: "Native application",
    summary: "A mobile, desktop or command-line program",
    why: "A secret in an app is not a secret, so it has none and uses PKCE. The redirect goes to a scheme of its own or to 127.0.0.1, for which Hydra accepts every port (RFC 8252).",
    client: {
      ...SIGN_IN,
      grant_types: CODE,
      token_endpoint_auth_method: "none",
      redirect_uris: ["http://127.0.0.1/callback"],
    },
  },
  {
    id: "service",
    title: "Service",
    summary: "A program that acts for itself, without a person",
    why: "Nobody signs in, so it needs neither redirects nor PKCE: it exchanges its own secret for a token (client_credentials). Give it only the scopes and audiences that it calls.",
    client: { grant_types: ["client_credentials"], token_endpoint_auth_method: "client_secret_basic" },
  },
  {
    id: "device",
    title: "Device",
    summary: "A television or a machine without a browser",
    why: "It shows a code that a person enters on another device (RFC 8628), so it needs no redirect; it cannot keep a secret, so it has none.",
    client: {
      grant_types: [DEVICE_CODE, "refresh_token"],
      scope: "openid offline_access",
      token_endpoint_auth_method: "none",
    },
  },
  {
    id: "mcp",
    title: "MCP client",
    summary: "An assistant that calls tools for a person",
    why: "The Model Context Protocol asks for the code flow with PKCE of a public client, so it has no secret; refresh tokens spare repeated sign-ins, and the audience is the MCP server.",
    client: {
      grant_types: CODE,
      response_types: ["code"],
      scope: "offline_access",
      token_endpoint_auth_method: "none",
      redirect_uris: ["http://127.0.0.1/callback"],
    },
  },
  {
    id: "blank",
    title: "Blank",
    summary: "Nothing is set in advance",
    why: "Every field has the server's default: the authorization code grant, with a secret.",
    client: {},
  },
];

/** What a client seems to be, by its grants and its authentication. */
export function kindOfClient({ grant_types, token_endpoint_auth_method: method, redirect_uris }: OAuth2Client): string {
  const grants = grant_types ?? [];
  if (grants.includes(DEVICE_CODE)) return "Device";
  if (grants.includes("client_credentials") && !grants.includes("authorization_code")) return "Service";
  if (method !== "none") return grants.length === 0 || grants.includes("authorization_code") ? "Web" : "Other";
  const uris = redirect_uris ?? [];
  const isNative =
    uris.some((uri) => !/^https?:/.test(uri)) || uris.every((uri) => /^http:\/\/127\.0\.0\.1[:/]/.test(uri));
  return isNative && uris.length > 0 ? "Native" : "Single-page";
}
