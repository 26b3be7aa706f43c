import type { ClientAuth } from "../types.ts";
import { assertToken, type Configuration } from "./configuration.ts";
import { RequiredError } from "./errors.ts";
import { formEncode } from "./form.ts";
import { headersOf } from "./headers.ts";
import type { Operation } from "./operation.ts";
import { assertInput } from "./validate.ts";

/**
 * Returns the headers that authenticate an operation: only the credential that the operation accepts. A
 * {@link ClientAuth} may also add to the form.
 */
export async function authenticate(
  { auth, credential, token }: Operation<unknown>,
  form: URLSearchParams | undefined,
  configuration: Configuration,
  issuer: string,
): Promise<Record<string, string>> {
  if (auth) return authenticateClient(auth, form!, issuer);
  const { accessToken, username, password, baseOptions } = configuration;
  const { authorization = "" } = headersOf(baseOptions?.headers);
  switch (credential) {
    case "token": {
      if (authorization && !token) return { authorization };
      const bearer = token || (await (typeof accessToken === "function" ? accessToken() : accessToken));
      if (bearer == null) return {};
      assertInput(typeof bearer === "string", "accessToken", "must be, or resolve to, a string");
      assertToken(bearer);
      return { authorization: `Bearer ${bearer.trim()}` };
    }
    case "client": {
      if (form!.get("client_secret") || form!.get("client_assertion")) return {};
      if (username) return { authorization: basicAuthorization(username, password ?? "") };
      return authorization.toLowerCase().startsWith("basic ") ? { authorization } : {};
    }
    default:
      return {};
  }
}

async function authenticateClient(
  auth: ClientAuth,
  form: URLSearchParams,
  issuer: string,
): Promise<Record<string, string>> {
  const client_id = form.get("client_id");
  if (!client_id) throw new RequiredError("clientId", "clientId is missing");
  assertInput(typeof auth === "function", "auth", "must be a function");
  const isAlone = !form.has("client_secret") && !form.has("client_assertion");
  assertInput(isAlone, "auth", "cannot be combined with clientSecret or clientAssertion");
  const headers = new Headers();
  await auth({ issuer, token_endpoint: `${issuer}/oauth2/token` }, { client_id }, form, headers);
  return Object.fromEntries(headers);
}

/** Returns an `Authorization` header for HTTP Basic, client ID and secret form-encoded first (RFC 6749, section 2.3.1). */
export function basicAuthorization(clientId: string, clientSecret: string): string {
  return `Basic ${btoa(`${formEncode(clientId)}:${formEncode(clientSecret)}`)}`;
}
