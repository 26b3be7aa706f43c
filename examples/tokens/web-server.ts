// Signs users in to a web application: authorization code with PKCE, with openid-client and our client authentication.
//
//   npx tsx examples/tokens/web-server.ts    serves it by provider/sign-in.ts and says where
//
// Also needs: npm install openid-client
import * as openid from "openid-client";

/** The values that the callback must match. */
type Login = { pkceCodeVerifier: string; expectedState: string; expectedNonce: string };
type Session = { login?: Login; user?: { name: string; idToken: string } };

/** @param config the result of `openid.discovery(issuer, clientId, undefined, clientSecretBasic(secret))` */
export function webServer(config: openid.Configuration, origin: string): (request: Request) => Promise<Response> {
  // In production, use a database. Protect it: anyone who reads a session ID is signed in.
  const sessions = new Map<string, Session>();

  async function startLogin(previousId: string, secure: string): Promise<Response> {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const [state, nonce] = [openid.randomState(), openid.randomNonce()];
    const code_challenge = await openid.calculatePKCECodeChallenge(pkceCodeVerifier);
    const pkce = { code_challenge, code_challenge_method: "S256" };
    const request = { redirect_uri: `${origin}/callback`, scope: "openid email", state, nonce, ...pkce };
    const id = crypto.randomUUID(); // New at each login, to prevent session fixation.
    sessions.delete(previousId);
    sessions.set(id, { login: { pkceCodeVerifier, expectedState: state, expectedNonce: nonce } });
    const cookie = `session=${id}; Path=/; HttpOnly; SameSite=Lax${secure}`;
    return goTo(openid.buildAuthorizationUrl(config, request), { "set-cookie": cookie });
  }

  async function finishLogin(url: URL, session: Session, login: Login): Promise<Response> {
    delete session.login;
    try {
      // Checks state, issuer, nonce and the ID token, and exchanges the code.
      const tokens = await openid.authorizationCodeGrant(config, url, { ...login, idTokenExpected: true });
      session.user = { name: String(tokens.claims()!.email ?? tokens.claims()!.sub), idToken: tokens.id_token! };
      return goTo(`${origin}/`);
    } catch (error) {
      // The user denied access, or the response is invalid.
      if (error instanceof openid.AuthorizationResponseError) return page(`Not signed in: ${error.error}`, 403);
      console.error((error as Error).message);
      return page("The sign-in failed. Please try again.", 502);
    }
  }

  return async (request) => {
    const url = new URL(request.url);
    const id = /(?:^|; )session=([\w-]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "";
    const session = sessions.get(id);
    if (url.pathname === "/login") return startLogin(id, url.protocol === "https:" ? "; Secure" : "");
    if (url.pathname === "/callback" && session?.login) return finishLogin(url, session, session.login);
    if (url.pathname === "/logout" && session?.user) {
      sessions.delete(id);
      const query = { id_token_hint: session.user.idToken, post_logout_redirect_uri: `${origin}/` };
      return goTo(openid.buildEndSessionUrl(config, query));
    }
    if (url.pathname !== "/") return page("Page not found.", 404);
    return page(`Hello ${session?.user?.name ?? "stranger"}`);
  };
}

const page = (text: string, status = 200, headers = {}) =>
  new Response(text, { status, headers: { "content-type": "text/plain", ...headers } });
const goTo = (url: string | URL, headers = {}) => page("", 303, { location: `${url}`, ...headers });

if (process.argv[1]?.endsWith("web-server.ts")) void import("../provider/sign-in.ts");
