// Signs a user in without a browser: acts as the browser, and as a login and consent application that accepts everything.
// For the examples; you can also use it in your own tests.
import {
  type AuthorizationRequestParameters,
  authorizationUrl,
  type ConfigurationParameters,
  clientSecretBasic,
  exchangeCode,
  OAuth2Api,
  type OAuth2Client,
  type TokenResponse,
} from "hydra-sdk";

type Hydra = ConfigurationParameters & { basePath: string };

/**
 * Signs `subject` in to `client` with all scopes of the client, remembers the login and returns the tokens. The client must
 * have a redirect URI and use `client_secret_basic`. `claims` are added to the ID token and userinfo.
 */
export async function signIn(
  configuration: Hydra,
  client: OAuth2Client,
  subject: string,
  claims: object = {},
): Promise<TokenResponse> {
  const { basePath, fetch } = configuration;
  const clientId = client.client_id!;
  const redirectUri = client.redirect_uris![0]!;
  const start = await authorizationUrl({ basePath, clientId, redirectUri, scope: client.scope });
  const callback = await acceptAll(configuration, start.url, subject, claims);
  const code = callback.get("code");
  if (!code || callback.get("state") !== start.state) throw new Error(`The sign-in failed: ${callback.get("error")}`);
  const auth = clientSecretBasic(client.client_secret!);
  return exchangeCode({ basePath, fetch, clientId, auth, redirectUri, code, codeVerifier: start.codeVerifier });
}

/** Enters the user code of a device, signs in as `subject` and consents. */
export async function enterUserCode(configuration: Hydra, userCode: string, subject: string): Promise<void> {
  await acceptAll(configuration, `${configuration.basePath}/oauth2/device/verify?user_code=${userCode}`, subject, {});
}

/** Follows Hydra's redirects, accepts every challenge, and returns the query of the redirect that leaves Hydra. */
async function acceptAll(
  configuration: Hydra,
  start: string,
  subject: string,
  claims: object,
): Promise<URLSearchParams> {
  const oauth2 = new OAuth2Api(configuration);
  const cookies = new Map<string, string>();
  for (let url = new URL(start); ; ) {
    const options = {
      params: Object.fromEntries(url.searchParams) as unknown as AuthorizationRequestParameters,
      headers: { cookie: Array.from(cookies, (cookie) => cookie.join("=")).join("; ") },
    };
    const isDevice = url.pathname.endsWith("/oauth2/device/verify");
    const { data, headers } = await (isDevice
      ? oauth2.performOAuth2DeviceVerificationFlow(options)
      : oauth2.oAuth2Authorize(options));
    for (const line of headers["set-cookie"] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    const query = new URL(data.redirect_to).searchParams;
    const [login, consent, device] = [
      query.get("login_challenge"),
      query.get("consent_challenge"),
      query.get("device_challenge"),
    ];
    if (login) {
      const acceptOAuth2LoginRequest = { subject, remember: true };
      url = next(await oauth2.acceptOAuth2LoginRequest({ loginChallenge: login, acceptOAuth2LoginRequest }));
    } else if (consent) {
      const { data: request } = await oauth2.getOAuth2ConsentRequest({ consentChallenge: consent });
      const acceptOAuth2ConsentRequest = {
        grant_scope: request.requested_scope ?? [],
        grant_access_token_audience: request.requested_access_token_audience ?? [],
        remember: true,
        session: { id_token: claims },
      };
      url = next(await oauth2.acceptOAuth2ConsentRequest({ consentChallenge: consent, acceptOAuth2ConsentRequest }));
    } else if (device) {
      const acceptDeviceUserCodeRequest = { user_code: query.get("user_code")! };
      url = next(await oauth2.acceptUserCodeRequest({ deviceChallenge: device, acceptDeviceUserCodeRequest }));
    } else return query;
  }
}

const next = ({ data }: { data: { redirect_to: string } }): URL => new URL(data.redirect_to);
