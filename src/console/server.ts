/**
 * The server of the console: serves the page to one browser of this machine, and passes what the page asks for on to Hydra.
 *
 * | request | answer |
 * | --- | --- |
 * | `GET /`, `/page.js`, `/page.css` | the page |
 * | `POST /session` `{ "token" }` | `{ "session" }` for the one-time token of the URL `http://127.0.0.1:PORT/#TOKEN`; `401` if it is wrong or used |
 * | `GET /console` | {@link ConsoleFacts} |
 * | `/admin/…` | what the admin listener of Hydra answers to `/…`: `/admin/admin/clients`, `/admin/version` |
 * | `/public/…` | what the public listener answers to `/…`: `/public/oauth2/token`, `/public/userinfo` |
 * | `GET /callback`, `/callback.js` | the redirect URI of the sign-in: posts `location.search`, a string, to `BroadcastChannel("hydra-sdk-console")` |
 *
 * So the page uses `new Configuration({ basePath: "/public", adminBasePath: "/admin" })`. All requests but those for the files
 * need `Authorization: Bearer SESSION`. An `Authorization` for Hydra, at the token endpoint, revocation and userinfo, is sent as
 * `X-Hydra-Authorization`. API key and headers of the command line are added here, and never reach the page.
 *
 * Status and body of Hydra pass unchanged, with `Link`, `X-Total-Count` and `Retry-After`; the private halves of keys are
 * taken out. Errors of this server are `{ error, error_description }`: `read_only` (403), `forbidden` (403), `not_found`
 * (404), `unsupported_media_type` (415), `content_too_large` (413), `server_unreachable`, `server_redirects` and
 * `server_answer` (502), `server_timeout` (504).
 */

/** What the page has to know of the command that serves it. */
export interface ConsoleFacts {
  /** Whether requests that change something are refused. */
  readOnly: boolean;
  /** Whether the server is a mock with example clients. */
  mock: boolean;
  /** The URLs of Hydra, and the flag, variable or profile that set each. */
  server: { public?: string; admin?: string; from: { public?: string; admin?: string } };
  /** The version of this package. */
  version: string;
  /** The flags that make a `hydra-sdk` command go to the same server, such as `--admin http://127.0.0.1:4445`. */
  cli: string;
  /** The redirect URI of the sign-in. */
  callbackUrl: string;
}
