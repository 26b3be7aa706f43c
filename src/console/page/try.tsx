import type { VNode } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { type Fetch, OAuth2Api, type OAuth2Client } from "../../index.ts";
import * as equivalents from "./equivalents.ts";
import { clients, consoleFetch, proxied } from "./hydra.ts";
import { useInfo } from "./info.ts";
import { Failure, SameAs, useAction, useLoad, View } from "./parts.tsx";
import { linkTo } from "./router.ts";

/** A request to Hydra and its response, as they are shown. */
interface Exchange {
  method: string;
  url: string;
  authorization?: string | undefined;
  form: [string, string][];
  status: string;
  data: unknown;
}

/** The names of values that are masked until one asks for them. */
const SECRET = /secret|token$|^code|assertion/;
const MASK = "••••••••";

/** A fetch function that passes each request and its response to `show`. */
function recording(hydra: string, show: (exchange: Exchange) => void): Fetch {
  return async (url, init) => {
    const response = await consoleFetch(url, init);
    const text = await response.clone().text();
    let data: unknown = text;
    try {
      data = JSON.parse(text);
    } catch {
      // It is shown as it is.
    }
    show({
      method: init.method,
      url: url.replace(proxied.basePath, hydra).replace(proxied.adminBasePath, hydra),
      authorization: init.headers["authorization"],
      form: [...new URLSearchParams(init.body)],
      status: `${response.status} ${response.statusText}`,
      data,
    });
    return response;
  };
}

function ExchangeView({ exchange }: { exchange: Exchange | undefined }): VNode | null {
  const [isShown, setShown] = useState(false);
  if (!exchange) return null;
  const { method, url, authorization, form, status, data } = exchange;
  const mask = (name: string, value: unknown) => (!isShown && SECRET.test(name) && value ? MASK : value);
  const request = [
    `${method} ${url}`,
    ...(authorization
      ? [`Authorization: ${authorization.split(" ")[0]} ${mask("secret", authorization.split(" ")[1])}`]
      : []),
    "",
    ...form.map(([name, value]) => `${name}=${mask(name, value)}`),
  ];
  return (
    <section class="exchange" aria-label="Request and response">
      <button type="button" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? "Mask the secrets" : "Show the secrets"}
      </button>
      <h3>Request</h3>
      <pre>{request.join("\n")}</pre>
      <h3>Response: {status}</h3>
      <pre>{typeof data === "string" ? data : JSON.stringify(data, mask, 2)}</pre>
    </section>
  );
}

/** How a trial asks for a token. */
interface Trial {
  clientId: string;
  method: string;
  secret: string;
  scope: string;
  audience: string;
}

const METHODS = ["client_secret_basic", "client_secret_post", "none", "private_key_jwt"];

function TrialFields(props: { trial: Trial; set(trial: Trial): void }): VNode {
  const { trial, set } = props;
  const id = useId();
  const text = (name: keyof Trial, label: string, type = "text") => (
    <label>
      {label}
      <input
        class="mono"
        type={type}
        autocomplete="off"
        spellcheck={false}
        required={name === "clientId"}
        value={trial[name]}
        onInput={(event) => set({ ...trial, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <div class="trial">
      {text("clientId", "Client ID")}
      <label for={id}>
        Authentication
        <select id={id} value={trial.method} onInput={(event) => set({ ...trial, method: event.currentTarget.value })}>
          {METHODS.map((method) => (
            <option key={method}>{method}</option>
          ))}
        </select>
      </label>
      {trial.method.startsWith("client_secret") && text("secret", "Client secret", "password")}
      {text("scope", "Scope")}
      {text("audience", "Audience")}
      {trial.method === "private_key_jwt" && (
        <p class="notice">The console takes no private key. The command below signs with one.</p>
      )}
    </div>
  );
}

/** Calls the token endpoint as the client of the trial. */
function tokenApi({ clientId, method, secret }: Trial, fetch: Fetch) {
  const isBasic = method === "client_secret_basic";
  const api = new OAuth2Api({
    ...proxied,
    fetch,
    timeout: 30_000,
    ...(isBasic && { username: clientId, password: secret }),
  });
  const credentials = isBasic ? {} : { clientId, ...(method === "client_secret_post" && { clientSecret: secret }) };
  return { api, credentials };
}

const present = (value: string) => value.trim() || undefined;

function ServiceToken(props: { trial: Trial; set(trial: Trial): void; onToken(token: string): void }): VNode {
  const { server } = useInfo();
  const { trial, set, onToken } = props;
  const [exchange, setExchange] = useState<Exchange>();
  const basePath = server.public ?? "";
  const { busy, error, run } = useAction(async () => {
    const { api, credentials } = tokenApi(trial, recording(basePath, setExchange));
    const { data } = await api.oauth2TokenExchange({
      grantType: "client_credentials",
      ...credentials,
      scope: present(trial.scope),
      audience: present(trial.audience),
    });
    onToken(data.access_token ?? "");
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <p>The client asks for a token for itself (client_credentials), as a service does.</p>
      <TrialFields trial={trial} set={set} />
      <div class="actions">
        <button type="submit" class="primary" disabled={busy || trial.method === "private_key_jwt"}>
          {busy ? "Asking…" : "Get a token"}
        </button>
      </div>
      <Failure error={error} />
      <ExchangeView exchange={exchange} />
      <SameAs {...equivalents.tokenRequest("client-credentials", { ...trial, basePath })} />
    </form>
  );
}

function Introspection({ token: initial }: { token: string }): VNode {
  const { server } = useInfo();
  const [token, setToken] = useState(initial);
  const [exchange, setExchange] = useState<Exchange>();
  const { busy, error, run } = useAction(async () => {
    const fetch = recording(server.admin ?? "", setExchange);
    await new OAuth2Api({ ...proxied, fetch, timeout: 30_000 }).introspectOAuth2Token({ token: token.trim() });
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <p>What Hydra says of an access or refresh token: whether it is active, of whom and for what.</p>
      <label>
        Token
        <input
          class="mono"
          type="password"
          autocomplete="off"
          required
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
      </label>
      <div class="actions">
        <button type="submit" class="primary" disabled={busy}>
          {busy ? "Asking…" : "Introspect"}
        </button>
      </div>
      <Failure error={error} />
      <ExchangeView exchange={exchange} />
      <SameAs {...equivalents.introspection()} />
    </form>
  );
}

/** A sign-in that waits for its callback. */
interface Login {
  url: string;
  state: string;
  codeVerifier: string;
}

/** Hydra accepts every port of the loopback address (RFC 8252, section 7.3). */
const withoutPort = (uri: string): string => uri.replace(/^(http:\/\/127\.0\.0\.1):\d+/, "$1");

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** The authorization code flow with PKCE. The SDK's `authorizationUrl` does the same, but would add 1 kB to the page. */
async function signInAt(basePath: string, redirectUri: string, { clientId, scope, audience }: Trial): Promise<Login> {
  const [state, codeVerifier] = [random(), random()];
  const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    audience,
    state,
    nonce: random(),
    code_challenge: base64url(new Uint8Array(challenge)),
    code_challenge_method: "S256",
  });
  return { url: `${basePath}/oauth2/auth?${query}`, state, codeVerifier };
}

function SignIn(props: { trial: Trial; set(trial: Trial): void; onToken(token: string): void }): VNode {
  const { server, callbackUrl, readOnly } = useInfo();
  const { trial, set, onToken } = props;
  const [exchange, setExchange] = useState<Exchange>();
  const [login, setLogin] = useState<Login>();
  const [unregistered, setUnregistered] = useState<OAuth2Client>();
  const basePath = server.public ?? "";

  const begin = useAction(async () => {
    setExchange(undefined);
    setLogin(undefined);
    const { data: client } = await clients.getOAuth2Client({ id: trial.clientId });
    const isRegistered = client.redirect_uris?.map(withoutPort).includes(withoutPort(callbackUrl));
    if (!isRegistered) return setUnregistered(client);
    setUnregistered(undefined);
    setLogin(await signInAt(basePath, callbackUrl, trial));
  });

  const register = useAction(async () => {
    const hasList = (unregistered?.redirect_uris ?? []).length > 0;
    const operation = hasList
      ? ({ op: "add", path: "/redirect_uris/-", value: callbackUrl } as const)
      : ({ op: "replace", path: "/redirect_uris", value: [callbackUrl] } as const);
    await clients.patchOAuth2Client({ id: trial.clientId, jsonPatch: [operation] });
    setUnregistered(undefined);
    await begin.run();
  });

  const finish = useAction(async (query: URLSearchParams, { state, codeVerifier }: Login) => {
    if (query.get("state") !== state)
      throw new Error("The answer belongs to another sign-in: its state differs. Begin again.");
    const refused = query.get("error");
    if (refused) throw new Error(`${refused}: ${query.get("error_description") ?? "the sign-in was refused"}`);
    const { api, credentials } = tokenApi(trial, recording(basePath, setExchange));
    const { data } = await api.oauth2TokenExchange({
      grantType: "authorization_code",
      ...credentials,
      code: query.get("code")!,
      codeVerifier,
      redirectUri: callbackUrl,
    });
    setLogin(undefined);
    onToken(data.access_token ?? "");
  });

  useEffect(() => {
    if (!login) return;
    const channel = new BroadcastChannel("hydra-sdk-console");
    channel.onmessage = ({ data }) => finish.run(new URLSearchParams(data), login);
    return () => channel.close();
  }, [login]);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        begin.run();
      }}
    >
      <p>
        A person signs in at Hydra (authorization_code with PKCE), and comes back to <code>{callbackUrl}</code>.
      </p>
      <TrialFields trial={trial} set={set} />
      <div class="actions">
        <button
          type="submit"
          class={login ? "" : "primary"}
          disabled={begin.busy || !basePath || trial.method === "private_key_jwt"}
        >
          {login ? "Begin again" : "Prepare the sign-in"}
        </button>
        {login && (
          <a class="button primary" href={login.url} target="_blank" rel="noopener">
            Open the sign-in page
          </a>
        )}
      </div>
      {!basePath && (
        <p class="notice warn">
          The console does not know Hydra's public URL: start it with <code>--public</code>.
        </p>
      )}
      {login && <p role="status">Waiting for the sign-in in the other window…</p>}
      {unregistered && (
        <div class="notice warn" role="alert">
          <p>
            The client may not redirect to <code>{callbackUrl}</code>. Add it for the trial, and remove it afterwards
            under <a href={linkTo("client", trial.clientId)}>Redirects</a>.
          </p>
          {!readOnly && (
            <button type="button" disabled={register.busy} onClick={register.run}>
              Add it to the client
            </button>
          )}
        </div>
      )}
      <Failure error={begin.error ?? register.error ?? finish.error} />
      <ExchangeView exchange={exchange} />
      <SameAs {...equivalents.tokenRequest("authorization-code", { ...trial, basePath })} />
    </form>
  );
}

const TRIALS = [
  ["service", "Service token"],
  ["introspection", "Introspection"],
  ["sign-in", "Sign-in"],
] as const;

/** Tries what a client can do. A secret is kept only as long as the view is shown. */
export function TryView({ trial: chosen, clientId = "" }: { trial: string; clientId: string | undefined }): VNode {
  const [trial, setTrial] = useState<Trial>({
    clientId,
    method: "client_secret_basic",
    secret: "",
    scope: "",
    audience: "",
  });
  const [token, setToken] = useState("");
  const { data: client } = useLoad(
    async (signal) => (clientId ? (await clients.getOAuth2Client({ id: clientId }, { signal })).data : undefined),
    clientId,
  );
  useEffect(() => {
    if (!client) return;
    const method = client.token_endpoint_auth_method || "client_secret_basic";
    setTrial((before) => ({ ...before, method, scope: client.scope ?? "" }));
  }, [client]);

  const isService = client?.grant_types?.includes("client_credentials") ?? true;
  const current = chosen || (isService ? "service" : "sign-in");
  const shared = { trial, set: setTrial, onToken: setToken };
  return (
    <View title="Try it">
      <nav class="tabs" aria-label="Trials">
        {TRIALS.map(([id, title]) => (
          <a key={id} href={linkTo("try", id, clientId)} aria-current={id === current ? "page" : undefined}>
            {title}
          </a>
        ))}
      </nav>
      {current === "service" && <ServiceToken {...shared} />}
      {current === "introspection" && <Introspection token={token} />}
      {current === "sign-in" && <SignIn {...shared} />}
    </View>
  );
}
