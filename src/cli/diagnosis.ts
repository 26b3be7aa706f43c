import {
  Configuration,
  FEATURES,
  type Feature,
  type HydraResponse,
  hasFeature,
  isHydraError,
  isInvalidInputError,
  isResponseError,
  knownVersion,
  MetadataApi,
  OAuth2Api,
  OidcApi,
  type OidcConfiguration,
  ProjectApi,
} from "../index.ts";
import type { Context } from "./context.ts";
import { explain, messageOf } from "./failure.ts";
import type { Setting } from "./setting.ts";
import { type Listener, type Settings, serverFlag } from "./target.ts";
import { counted } from "./terminal.ts";

/** What a check found. */
export interface Finding {
  check: string;
  /** `failure`: something would fail. `warning`: it may surprise. */
  level: "ok" | "warning" | "failure";
  found: string;
  /** What to do about it. */
  fix?: string;
}

/** Client assertions are valid for 60 seconds, and servers accept few seconds of difference. */
const CLOCK_LIMIT = 30_000;

/** Looks at the server and at what this command line would send to it. Writes nothing, unless `probe` is set. */
export async function* diagnose(context: Context<any>, probe: boolean): AsyncGenerator<Finding> {
  const { target } = context;
  yield* where(context);
  const { public: publicUrl, admin, project, workspaceKey } = target.settings;
  if (workspaceKey && !serverFlag(target.settings)) yield await consoleApi(context, workspaceKey);
  if (workspaceKey && !publicUrl && !admin && !project) {
    const fix = "`hydra-sdk use project NAME` selects one, or set ORY_PROJECT";
    yield { check: "project", level: "warning", found: "none is set: only commands of the console work", fix };
    return;
  }
  const publicApi = await reach(target.settings, () => target.public());
  const adminApi = await reach(target.settings, () => target.admin());
  const discovery = publicApi.configuration && (yield* publicListener(context, publicApi.configuration));
  if (publicApi.problem) yield publicApi.problem;
  if (discovery && publicApi.configuration) {
    yield await issuer(publicApi.configuration, discovery.data);
    yield clock(context, discovery);
    yield* registration(publicApi.configuration, probe);
  }
  if (adminApi.problem && adminApi.problem.fix !== publicApi.problem?.fix) yield adminApi.problem;
  if (adminApi.configuration) yield* adminListener(context, adminApi.configuration);
}

interface Reached {
  configuration?: Configuration;
  problem?: Finding;
}

async function reach(settings: Settings, configure: () => Promise<Configuration>): Promise<Reached> {
  try {
    return { configuration: await configure() };
  } catch (error) {
    if (!isHydraError(error)) throw error;
    const fix = messageOf(error, settings);
    return { problem: { check: "settings", level: "failure", found: "this cannot be used", fix } };
  }
}

/** Where requests would go, and what says so. */
function* where({ target: { settings } }: Context<any>): Generator<Finding> {
  const said = ({ value, from }: Setting) => `${value} (${from})`;
  for (const name of ["project", "workspace"] as const)
    if (settings[name]) yield { check: name, level: "ok", found: said(settings[name]) };
  const { projectKey, unsentKey, workspaceKey } = settings;
  for (const key of [projectKey, workspaceKey])
    if (key) yield { check: "key", level: "ok", found: `the key is taken from ${key.value} (${sayer(key)})` };
  if (unsentKey)
    yield {
      check: "key",
      level: "warning",
      found: `${unsentKey.value} is set, and is not sent to this server: it is self-hosted, or without https`,
      fix: "for Ory Network, use --project or ORY_SDK_URL with https; otherwise unset the variable",
    };
}

/** The console of Ory Network, and whether it accepts the key. */
async function consoleApi({ target }: Context<any>, key: Setting): Promise<Finding> {
  const check = "console";
  let name = "the console of Ory Network";
  try {
    const configuration = await target.console();
    name = configuration.consolePath ?? name;
    const { data } = await new ProjectApi(configuration).listProjects();
    const found = `${name} answers, and accepts the key of ${key.value}: ${counted(data.length, "projects")}`;
    return { check, level: "ok", found };
  } catch (error) {
    if (!isHydraError(error)) throw error;
    const { message, hint } = explain(error, target.settings);
    return { check, level: "failure", found: `${name}: ${message}`, fix: hint ?? `look at ${key.value}` };
  }
}

const sayer = ({ value, from }: Setting): string => (value === from ? "a variable" : from);

async function* publicListener(
  { target: { settings } }: Context<any>,
  configuration: Configuration,
): AsyncGenerator<Finding, HydraResponse<OidcConfiguration> | undefined> {
  const url = { value: configuration.basePath!, from: (settings.public ?? settings.project)!.from };
  try {
    const discovery = await new OidcApi(configuration).discoverOidcConfiguration();
    yield { check: "public API", level: "ok", found: `${url.value} answers (${url.from})` };
    return discovery;
  } catch (error) {
    const isOther = isWrongListener(error) && (await succeeds(listsClients(configuration, url.value)));
    yield listenerFailure("public", settings, url, error, isOther);
    return undefined;
  }
}

async function* adminListener(
  { target: { settings } }: Context<any>,
  configuration: Configuration,
): AsyncGenerator<Finding> {
  const url = { value: configuration.adminBasePath!, from: (settings.admin ?? settings.project)!.from };
  try {
    await listsClients(configuration);
  } catch (error) {
    const isRefused = isResponseError(error) && (error.status === 401 || error.status === 403);
    if (isRefused) yield refusedKey(url, settings.projectKey, error.message);
    else {
      const swapped = configuration.with({ basePath: url.value });
      const isOther = isWrongListener(error) && (await succeeds(new OidcApi(swapped).discoverOidcConfiguration()));
      yield listenerFailure("admin", settings, url, error, isOther);
    }
    return;
  }
  const accepted = settings.projectKey ? `, and accepts the key of ${settings.projectKey.value}` : "";
  yield { check: "admin API", level: "ok", found: `${url.value} answers (${url.from})${accepted}` };
  yield await version(configuration);
}

/** A call that only the admin API answers, and that reads one client. */
const listsClients = (configuration: Configuration, adminBasePath?: string): Promise<unknown> =>
  new OAuth2Api(adminBasePath === undefined ? configuration : configuration.with({ adminBasePath })).listOAuth2Clients({
    pageSize: 1,
  });

const isWrongListener = (error: unknown): boolean => isResponseError(error) && error.status === 404;

async function succeeds(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (isHydraError(error)) return false;
    throw error;
  }
}

function listenerFailure(
  listener: Listener,
  settings: Settings,
  { value, from }: Setting,
  error: unknown,
  isOther: boolean,
): Finding {
  if (!isHydraError(error)) throw error;
  const other = listener === "public" ? "admin" : "public";
  const check = `${listener} API`;
  if (isOther) {
    const fix = `set ${from} to the URL of the ${listener} API (port ${listener === "public" ? 4444 : 4445} by default)`;
    return { check, level: "failure", found: `${value} is the ${other} API (${from})`, fix };
  }
  if (isInvalidInputError(error))
    return { check, level: "failure", found: "this cannot be used", fix: messageOf(error, settings) };
  const fix = isResponseError(error)
    ? `is ${value} the ${listener} API of Hydra? ${from} sets it`
    : `start the server, or set ${from} to where it listens; behind a proxy, see HTTPS_PROXY and NO_PROXY`;
  return { check, level: "failure", found: `${value} (${from}): ${messageOf(error, settings)}`, fix };
}

function refusedKey({ value }: Setting, key: Setting | undefined, message: string): Finding {
  const fix = key
    ? `is ${key.value} the API key of this project? A workspace key is not accepted here`
    : "set ORY_PROJECT_API_KEY to the API key of the project";
  return {
    check: "admin API",
    level: "failure",
    found: `${value} refuses ${key ? "the key" : "calls without a key"}: ${message}`,
    fix,
  };
}

async function version(configuration: Configuration): Promise<Finding> {
  const check = "version";
  try {
    const { data } = await new MetadataApi(configuration).getVersion();
    const known = knownVersion(data.version ?? "");
    const features = Object.keys(FEATURES) as Feature[];
    const lacks = features.filter((feature) => !hasFeature(known, feature)).map((feature) => FEATURES[feature].title);
    if (lacks.length === 0)
      return { check, level: "ok", found: `Hydra ${data.version} has all that this program knows` };
    const found = `Hydra ${data.version} lacks: ${lacks.join("; ")}`;
    return { check, level: "warning", found, fix: "update the server if you need one of these" };
  } catch (error) {
    if (!isHydraError(error)) throw error;
    return { check, level: "ok", found: "the server does not say its version, as Ory Network does not" };
  }
}

/** Clients compare the issuer with the URL that they were given (OpenID Connect Discovery 1.0, section 4.3). */
async function issuer(configuration: Configuration, { issuer }: OidcConfiguration): Promise<Finding> {
  const check = "issuer";
  const ours = configuration.basePath!;
  if (trimmed(issuer) === trimmed(ours)) return { check, level: "ok", found: `${issuer}, the URL that is used here` };
  const found = `the server calls itself ${issuer}, and is reached at ${ours}`;
  // Without the key and the headers: they are meant for the URL that was set.
  const { fetch, signal, timeout } = configuration;
  const reached = new Configuration({ basePath: issuer, fetch, signal, timeout: timeout ?? 30_000 });
  if (await succeeds(new OidcApi(reached).discoverOidcConfiguration()))
    return { check, level: "warning", found, fix: "give applications the issuer, which answers as well" };
  const fix = `set urls.self.issuer of the server to the URL that applications use, or use ${issuer}, which does not answer from here`;
  return { check, level: "failure", found, fix };
}

const trimmed = (url: string): string => url.replace(/\/+$/, "");

function clock({ io }: Context<any>, { headers }: HydraResponse<unknown>): Finding {
  const check = "clock";
  const theirs = Date.parse(String(headers["date"] ?? ""));
  if (Number.isNaN(theirs)) return { check, level: "ok", found: "the server does not say its time" };
  // The header has whole seconds.
  const difference = Math.abs(io.now() - theirs);
  const seconds = Math.round(difference / 1000);
  if (difference <= CLOCK_LIMIT) return { check, level: "ok", found: `${seconds} s from that of the server` };
  const found = `${seconds} s from that of the server: assertions and ID tokens would be refused`;
  return { check, level: "failure", found, fix: "set both clocks by NTP" };
}

async function* registration(configuration: Configuration, probe: boolean): AsyncGenerator<Finding> {
  const check = "registration";
  const api = new OidcApi(configuration);
  // Where registration is on, the server refuses a redirect URI with a fragment, and creates nothing.
  const redirect_uris = probe ? ["https://probe.example.com/callback"] : ["https://probe.example.com/#"];
  try {
    const { data } = await api.createOidcDynamicClient({
      oAuth2Client: { client_name: "hydra-sdk doctor", redirect_uris },
    });
    await api.deleteOidcDynamicClient({
      id: data.client_id!,
      registrationAccessToken: data.registration_access_token!,
    });
    yield { check, level: "ok", found: `dynamic registration is on; default scope: ${data.scope || "none"}` };
  } catch (error) {
    if (!isHydraError(error)) throw error;
    if (isResponseError(error) && error.status === 404) {
      const found = "dynamic registration is off";
      const fix =
        "if clients are to register themselves: oidc.dynamic_client_registration.enabled: true in the server's configuration";
      yield { check, level: "ok", found, fix };
    } else if (isResponseError(error) && error.error === "invalid_redirect_uri") {
      yield {
        check,
        level: "ok",
        found: "dynamic registration is on (--probe says the scope that it gives by default)",
      };
    } else
      yield {
        check,
        level: "failure",
        found: `registration fails: ${(error as Error).message}`,
        fix: "see the server's log",
      };
  }
}
