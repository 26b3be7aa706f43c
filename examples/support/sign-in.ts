// Signs a person in without a browser: plays the browser, and a login and consent application that agrees to everything.
// For the examples, and fit for tests of your own.
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
 * The tokens that `client` gets when `subject` signs in and is remembered. It is registered with a redirect URI and
 * `client_secret_basic`, and asks for all of its scopes. `claims` go into the ID token and userinfo.
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
  const callback = await agree(configuration, start.url, subject, claims);
  const code = callback.get("code");
  if (!code || callback.get("state") !== start.state) throw new Error(`The sign-in failed: ${callback.get("error")}`);
  const auth = clientSecretBasic(client.client_secret!);
  return exchangeCode({ basePath, fetch, clientId, auth, redirectUri, code, codeVerifier: start.codeVerifier });
}

/** Types in the code that a device shows, signs in as `subject` and agrees. */
export async function enterUserCode(configuration: Hydra, userCode: string, subject: string): Promise<void> {
  await agree(configuration, `${configuration.basePath}/oauth2/device/verify?user_code=${userCode}`, subject, {});
}

/** Goes where Hydra sends the browser, accepts every challenge, and gives the query with which it leaves Hydra. */
async function agree(configuration: Hydra, start: string, subject: string, claims: object): Promise<URLSearchParams> {
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
    const at = new URL(data.redirect_to).searchParams;
    const [login, consent, device] = [
      at.get("login_challenge"),
      at.get("consent_challenge"),
      at.get("device_challenge"),
    ];
    if (login) {
      const acceptOAuth2LoginRequest = { subject, remember: true };
      url = next(await oauth2.acceptOAuth2LoginRequest({ loginChallenge: login, acceptOAuth2LoginRequest }));
    } else if (consent) {
      const { data: asked } = await oauth2.getOAuth2ConsentRequest({ consentChallenge: consent });
      const acceptOAuth2ConsentRequest = {
        grant_scope: asked.requested_scope ?? [],
        grant_access_token_audience: asked.requested_access_token_audience ?? [],
        remember: true,
        session: { id_token: claims },
      };
      url = next(await oauth2.acceptOAuth2ConsentRequest({ consentChallenge: consent, acceptOAuth2ConsentRequest }));
    } else if (device) {
      const acceptDeviceUserCodeRequest = { user_code: at.get("user_code")! };
      url = next(await oauth2.acceptUserCodeRequest({ deviceChallenge: device, acceptDeviceUserCodeRequest }));
    } else return at;
  }
}

const next = ({ data }: { data: { redirect_to: string } }): URL => new URL(data.redirect_to);
