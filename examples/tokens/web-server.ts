// Signs people in to a web application: authorization code with PKCE, by openid-client with our client authentication.
//
//   npx tsx examples/provider/sign-in.ts    runs it, with a login and consent application
import * as openid from "openid-client";

interface Session {
  /** What the callback has to match; taken out when it comes. */
  login?: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string };
  user?: { name: string; idToken: string };
}

/** @param config what `openid.discovery(issuer, clientId, undefined, clientSecretBasic(secret))` gives */
export function webServer(config: openid.Configuration, origin: string): (request: Request) => Promise<Response> {
  // In production in a database: whoever reads it is signed in.
  const sessions = new Map<string, Session>();

  return async (request) => {
    const url = new URL(request.url);
    const id = /(?:^|; )session=([\w-]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "";
    const session = sessions.get(id) ?? {};

    if (url.pathname === "/login") {
      const pkceCodeVerifier = openid.randomPKCECodeVerifier();
      const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
      const next = openid.buildAuthorizationUrl(config, {
        redirect_uri: `${origin}/callback`,
        scope: "openid email",
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: "S256",
        state: expectedState,
        nonce: expectedNonce,
      });
      sessions.delete(id);
      const fresh = crypto.randomUUID(); // A new id at each login, so that nobody can have planted it.
      sessions.set(fresh, { login: { pkceCodeVerifier, expectedState, expectedNonce } });
      const secure = url.protocol === "https:" ? "; Secure" : "";
      return goTo(next, { "set-cookie": `session=${fresh}; Path=/; HttpOnly; SameSite=Lax${secure}` });
    }

    if (url.pathname === "/callback" && session.login) {
      const { login } = session;
      delete session.login;
      try {
        // Checks state, issuer, nonce and the ID token, and redeems the code.
        const tokens = await openid.authorizationCodeGrant(config, url, { ...login, idTokenExpected: true });
        const { sub, email } = tokens.claims()!;
        session.user = { name: String(email ?? sub), idToken: tokens.id_token! };
        return goTo(`${origin}/`);
      } catch (error) {
        // The person said no, or something is not as it should be.
        if (error instanceof openid.AuthorizationResponseError) return page(`Not signed in: ${error.error}`, 403);
        console.error((error as Error).message);
        return page("The sign-in failed. Please try again.", 502);
      }
    }

    if (url.pathname === "/logout" && session.user) {
      sessions.delete(id);
      const query = { id_token_hint: session.user.idToken, post_logout_redirect_uri: `${origin}/` };
      return goTo(openid.buildEndSessionUrl(config, query));
    }

    if (url.pathname !== "/") return page("There is no such page.", 404);
    return page(session.user ? `Hello ${session.user.name}` : "Hello stranger");
  };
}

const page = (text: string, status = 200) => new Response(text, { status, headers: { "content-type": "text/plain" } });
const goTo = (url: string | URL, headers = {}) =>
  new Response(null, { status: 303, headers: { location: `${url}`, ...headers } });
