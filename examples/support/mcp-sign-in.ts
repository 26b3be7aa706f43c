// Keeps the registration and the tokens of a client of the MCP SDK in memory, and signs the user in with a scripted browser.
import type { OAuthClientProvider } from "@modelcontextprotocol/sdk/client/auth.js";
import type {
  OAuthClientInformationMixed,
  OAuthClientMetadata,
  OAuthTokens,
} from "@modelcontextprotocol/sdk/shared/auth.js";
import { Browser, textOf } from "./browser.ts";

/** A client of the MCP SDK, and its user, who allows everything. */
export class McpSignIn implements OAuthClientProvider {
  readonly redirectUrl: string;
  readonly #user: { email: string; password: string };
  readonly #state = crypto.randomUUID();
  #client: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #codeVerifier = "";
  /** The authorization code, once the user has signed in. */
  code = "";

  constructor(redirectUrl: string, user: { email: string; password: string }) {
    this.redirectUrl = redirectUrl;
    this.#user = user;
  }

  get clientMetadata(): OAuthClientMetadata {
    return {
      client_name: "Assistant",
      redirect_uris: [this.redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      token_endpoint_auth_method: "none",
    };
  }

  /** The MCP SDK sends no state without this method, and Hydra requires one of 8 characters or more. */
  state(): string {
    return this.#state;
  }

  async redirectToAuthorization(url: URL): Promise<void> {
    const browser = new Browser();
    const login = await browser.open(url);
    console.log("open the browser:", textOf(login));
    const consent = await browser.submit(login, this.#user);
    console.log("log in:", textOf(consent));
    const callback = await browser.submit(consent, {});
    console.log("allow:", textOf(callback));
    const { searchParams } = callback.url;
    if (searchParams.get("state") !== this.#state) throw new Error("The callback is not of this login.");
    this.code = searchParams.get("code") ?? "";
  }

  clientInformation(): OAuthClientInformationMixed | undefined {
    return this.#client;
  }
  saveClientInformation(client: OAuthClientInformationMixed): void {
    this.#client = client;
    console.log("registered, without a secret:", !client.client_secret);
  }
  tokens(): OAuthTokens | undefined {
    return this.#tokens;
  }
  saveTokens(tokens: OAuthTokens): void {
    this.#tokens = tokens;
    console.log("got a token for", tokens.scope);
  }
  /** Replaces the access token by one that is not valid, as if it had expired. */
  expire(): void {
    this.#tokens = { ...this.#tokens!, access_token: "expired" };
  }
  codeVerifier(): string {
    return this.#codeVerifier;
  }
  saveCodeVerifier(codeVerifier: string): void {
    this.#codeVerifier = codeVerifier;
  }
}
