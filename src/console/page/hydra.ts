import { type Fetch, JwkApi, MetadataApi, OAuth2Api, OidcApi } from "../../index.ts";
import type { ConsoleInfo } from "./info.ts";

const SESSION = "hydra-sdk-console-session";

/** The session must be opened with a new token: restart the command. */
export class SessionError extends Error {}

/** Exchanges the one-time token of the URL's fragment for a session, and reads what this console is connected to. */
export async function openConsole(): Promise<ConsoleInfo> {
  const token = location.hash.slice(1);
  if (token && !token.startsWith("/")) {
    // The token must not stay in the address bar or in the history.
    history.replaceState(null, "", "/#/clients");
    const response = await fetch("/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
    if (response.ok) sessionStorage.setItem(SESSION, (await response.json()).session);
  }
  if (!sessionStorage.getItem(SESSION)) throw new SessionError();
  const response = await consoleFetch("/console", { method: "GET", headers: {}, redirect: "manual" });
  if (response.status === 401) throw new SessionError();
  if (!response.ok) throw new Error(`The console's own server responded with ${response.status}.`);
  return response.json();
}

/** Sends a request with the session. The `Authorization` that is meant for Hydra moves to another header. */
export const consoleFetch: Fetch = (url, { headers, ...init }) => {
  const { authorization, ...others } = headers;
  return fetch(url, {
    ...init,
    headers: {
      ...others,
      ...(authorization && { "x-hydra-authorization": authorization }),
      authorization: `Bearer ${sessionStorage.getItem(SESSION)}`,
    },
  });
};

/** Both listeners of Hydra, through the console's server. The paths of the admin API begin with `/admin` already. */
export const proxied = { basePath: `${location.origin}/public`, adminBasePath: location.origin };

const configuration = { ...proxied, fetch: consoleFetch, timeout: 30_000 };

export const clients = new OAuth2Api(configuration);
export const oidc = new OidcApi(configuration);
export const keySets = new JwkApi(configuration);
export const metadata = new MetadataApi(configuration);
