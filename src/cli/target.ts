import {
  Configuration,
  type ConfigurationParameters,
  InvalidInputError,
  isInvalidInputError,
  OAuth2Api,
} from "../index.ts";
import { milliseconds } from "./duration.ts";
import type { SharedValues } from "./flags.ts";
import { httpFetch } from "./http.ts";
import type { Io } from "./io.ts";
import { type Profile, readProfile } from "./profile.ts";
import { findProject } from "./projects.ts";
import type { Setting } from "./setting.ts";

/** Where requests go, and why. */
export interface Settings {
  public?: Setting | undefined;
  admin?: Setting | undefined;
  /** A project of Ory Network. The URLs are made from it where none is set. */
  project?: Setting | undefined;
  workspace?: Setting | undefined;
  /** The name of the variable that holds the key for the project's data. */
  projectKey?: Setting | undefined;
  /** The same, of a key that is set but not sent, because this is not a server of Ory Network. */
  unsentKey?: Setting | undefined;
  /** The name of the variable that holds the key for the console. */
  workspaceKey?: Setting | undefined;
}

/** One of the two APIs of Hydra. */
export type Listener = "public" | "admin";

/** Where requests go, and with what. */
export interface Target {
  settings: Settings;
  /** For calls of the admin API. @throws {@link InvalidInputError} it is not set where they go */
  admin(): Promise<Configuration>;
  /** For calls of the public API. @throws {@link InvalidInputError} it is not set where they go */
  public(): Promise<Configuration>;
  /** For calls of the console of Ory Network. @throws {@link InvalidInputError} the key of a workspace is not set */
  console(): Promise<Configuration>;
}

const TWO_WAYS = `Set where the requests go:
  self-hosted   --public http://127.0.0.1:4444 --admin http://127.0.0.1:4445
                (or HYDRA_PUBLIC_URL and HYDRA_ADMIN_URL)
  Ory Network   --project PROJECT, with the API key in ORY_PROJECT_API_KEY
                (or ORY_SDK_URL and ORY_API_KEY)`;

/**
 * Finds out where requests go: the flags say it, else the variables, else the profile. Settings of Ory Network and of a
 * self-hosted server are never mixed.
 */
export async function resolveTarget(flags: SharedValues, io: Io): Promise<Target> {
  const { env } = io;
  const found = await readProfile(env, flags.profile);
  const settings = locate(flags, env, found && { ...found.profile, name: found.name });
  const common = await commonOptions(flags, io);

  async function configuration(listener: Listener): Promise<Configuration> {
    const { public: publicUrl, admin, project } = settings;
    const isProject = !publicUrl && !admin && project;
    const setting = isProject ? await projectUrl(project) : settings[listener];
    if (!setting) throw missing(listener, settings);
    const [basePath, adminBasePath] = [publicUrl ?? setting, admin ?? setting];
    const accessToken = keyOf(settings, env);
    try {
      return new Configuration({
        ...common,
        basePath: basePath.value,
        adminBasePath: adminBasePath.value,
        ...(accessToken && { accessToken }),
      });
    } catch (error) {
      throw isInvalidInputError(error) ? named(error, { basePath, adminBasePath, baseOptions: HEADER }) : error;
    }
  }

  async function consoleConfiguration(): Promise<Configuration> {
    const { workspaceKey } = settings;
    const flag = serverFlag(settings);
    if (flag) throw new InvalidInputError(flag, `${flag} is not for the console, whose URL is in ORY_CONSOLE_URL`);
    const workspaceApiKey = workspaceKey && env[workspaceKey.value];
    if (!workspaceApiKey) {
      const name = workspaceKey?.value ?? "ORY_WORKSPACE_API_KEY";
      throw new InvalidInputError(
        name,
        `${name} is not set: the console of Ory Network needs the API key of a workspace`,
      );
    }
    const consolePath = env["ORY_CONSOLE_URL"];
    return new Configuration({ ...common, workspaceApiKey, ...(consolePath && { consolePath: apiUrl(consolePath) }) });
  }

  /** The URL of a project: of its slug, or of the project that the console finds by another name. */
  async function projectUrl(project: Setting): Promise<Setting> {
    const { value, from } = project;
    const isOther = isOtherConsole(env["ORY_CONSOLE_URL"]);
    if (SLUG.test(value) && !isOther) return { value: urlOfHost(`${value}.projects.oryapis.com`), from };
    if (!settings.workspaceKey) {
      const way = isOther
        ? "ORY_CONSOLE_URL is asked for it, which takes ORY_WORKSPACE_API_KEY"
        : "it is not a slug such as happy-goose-abc123, and all else is found with ORY_WORKSPACE_API_KEY";
      throw new InvalidInputError(from, `${from}: where is the project ${JSON.stringify(value)}? ${way}`);
    }
    const { hosts, slug } = await findProject(await consoleConfiguration(), project, settings.workspace?.value);
    return { value: urlOfHost(hosts[0] ?? `${slug}.projects.oryapis.com`), from };
  }

  return {
    settings,
    admin: () => configuration("admin"),
    public: () => configuration("public"),
    console: consoleConfiguration,
  };
}

/** The API for calls of the admin API that a command makes. @throws {@link InvalidInputError} it is not set where they go */
export const adminApi = async ({ target }: { target: Target }): Promise<OAuth2Api> =>
  new OAuth2Api(await target.admin());

/** The flag that names a server, if one does: the console is another. */
export const serverFlag = ({ public: publicUrl, admin }: Settings): string | undefined =>
  [publicUrl, admin].map((setting) => setting?.from ?? "").find((from) => from.startsWith("--"));

/** Whether this is the URL of another console than that of Ory Network, which alone knows where its projects are. */
const isOtherConsole = (url = ""): boolean => url !== "" && !/^https:\/\/(api\.)?console\.ory\.com(\/|$)/.test(url);

/** The URL of the console's API, which `ory` makes of the console's own URL in the same way. */
const apiUrl = (consoleUrl: string): string => consoleUrl.replace("://console.", "://api.console.");

/** The URL of a project's host, which may be that of a mock on this machine. */
const urlOfHost = (host: string): string =>
  `${/^(127\.0\.0\.1|localhost)(:|$)/.test(host) ? "http" : "https"}://${host}`;

const HEADER: Setting = { value: "", from: "--http-header" };

/** The error of the SDK about an option, with the name of what set the option. */
function named(error: InvalidInputError, settings: Record<string, Setting>): InvalidInputError {
  const setting = settings[error.field];
  return setting ? new InvalidInputError(setting.from, error.message.replace(error.field, setting.from)) : error;
}

/** Such as `happy-goose-abc123`. */
const SLUG = /^[a-z]+-[a-z]+-[a-z\d]{6,}$/;

function keyOf({ projectKey }: Settings, env: Io["env"]): string | undefined {
  if (!projectKey) return undefined;
  const key = env[projectKey.value];
  if (key) return key;
  throw new InvalidInputError(
    projectKey.value,
    `${projectKey.value} must hold the API key (${projectKey.from} says so)`,
  );
}

function missing(listener: Listener, { public: publicUrl, admin }: Settings): InvalidInputError {
  const other = publicUrl ?? admin;
  const flag = `--${listener}`;
  if (!other) return new InvalidInputError(flag, `There is no server to send this to. ${TWO_WAYS}`);
  const reason = `this needs the ${listener} API, and only the other one is set (by ${other.from})`;
  return new InvalidInputError(
    flag,
    `${flag} is missing: ${reason}. Set ${flag} or HYDRA_${listener.toUpperCase()}_URL`,
  );
}

/** What the flags, the variables or a profile say. */
interface Layer {
  /** The URL of both listeners. */
  endpoint?: Setting | undefined;
  public?: Setting | undefined;
  admin?: Setting | undefined;
  project?: Setting | undefined;
  /** The name of the variable with the API key, where the layer names one. */
  key?: Setting | undefined;
}

type Named = Profile & { name: string };

function locate(flags: SharedValues, env: Io["env"], profile: Named | undefined): Settings {
  const flag = (name: "endpoint" | Listener | "project" | "workspace"): Setting | undefined =>
    flags[name] === undefined ? undefined : { value: flags[name], from: `--${name}` };
  const variable = (name: string): Setting | undefined => (env[name] ? { value: env[name], from: name } : undefined);
  const member = (name: keyof Profile): Setting | undefined =>
    profile?.[name] ? { value: profile[name], from: `profile ${profile.name}` } : undefined;

  const layers: Layer[] = [
    { endpoint: flag("endpoint"), public: flag("public"), admin: flag("admin"), project: flag("project") },
    // A profile that is asked for by name is a flag, too.
    ...(flags.profile === undefined ? [variables(variable)] : []),
    {
      endpoint: member("endpoint"),
      public: member("public"),
      admin: member("admin"),
      project: member("project"),
      key: member("projectApiKeyVariable"),
    },
  ];
  const index = layers.findIndex(saysWhere);
  const layer = layers[index] ?? {};
  assertOneServer(layer);
  // --admin alone may stand in for one of two listeners that are set below.
  const isHalf = !layer.endpoint && !layer.project && !(layer.public && layer.admin);
  const below = isHalf ? (layers.slice(index + 1).find(saysWhere) ?? {}) : {};
  const location: Settings = {
    public: layer.public ?? layer.endpoint ?? below.public,
    admin: layer.admin ?? layer.endpoint ?? below.admin,
    project: layer.project,
  };
  const key = layer.key ?? nameOf(["ORY_PROJECT_API_KEY", "ORY_API_KEY"], env);
  const workspaceKey = member("workspaceApiKeyVariable") ?? nameOf(["ORY_WORKSPACE_API_KEY"], env);
  return {
    ...location,
    workspace: flag("workspace") ?? variable("ORY_WORKSPACE") ?? member("workspace"),
    workspaceKey,
    ...(takesKey(location) ? { projectKey: key } : { unsentKey: key }),
  };
}

const saysWhere = ({ endpoint, public: publicUrl, admin, project }: Layer): boolean =>
  [endpoint, publicUrl, admin, project].some((setting) => setting !== undefined);

function variables(variable: (name: string) => Setting | undefined): Layer {
  return {
    endpoint: variable("ORY_SDK_URL"),
    public: variable("HYDRA_PUBLIC_URL"),
    admin: variable("HYDRA_ADMIN_URL"),
    project: variable("ORY_PROJECT"),
  };
}

/** The first variable that is set. */
function nameOf(names: string[], env: Io["env"]): Setting | undefined {
  const name = names.find((each) => env[each]);
  return name === undefined ? undefined : { value: name, from: name };
}

/** ORY_SDK_URL may be the URL of the project that ORY_PROJECT names; all else would be two servers. */
function assertOneServer({ endpoint, public: publicUrl, admin, project }: Layer): void {
  const other = publicUrl ?? admin;
  const isVariable = endpoint?.from === "ORY_SDK_URL";
  const [first, second] = isVariable && other ? [endpoint, other] : [project, isVariable ? other : (endpoint ?? other)];
  if (first && second)
    throw new InvalidInputError(first.from, `${first.from} and ${second.from} name two servers: set one of them`);
}

/**
 * An API key goes to Ory Network only: to a project, or to one URL for both APIs that may be one, with https. A server with
 * a URL for each API is self-hosted, unless its name is one of Ory Network.
 */
function takesKey({ project, public: publicUrl, admin }: Settings): boolean {
  const urls = [publicUrl, admin].filter((setting) => setting !== undefined);
  if (urls.length === 0) return project !== undefined;
  const isOne = publicUrl?.value === admin?.value && publicUrl?.from === admin?.from;
  return urls.every(({ value, from }) => {
    const { protocol, hostname } = URL.canParse(value) ? new URL(value) : { protocol: "", hostname: "" };
    const isNetwork = hostname.endsWith(".oryapis.com");
    // ORY_SDK_URL is set together with ORY_API_KEY, and may name a mock on this machine.
    const isLocal = from === "ORY_SDK_URL" && /^(127\.0\.0\.1|\[::1\]|localhost)$/.test(hostname);
    return isLocal || (protocol === "https:" && (isNetwork || isOne));
  });
}

async function commonOptions(flags: SharedValues, io: Io): Promise<ConfigurationParameters> {
  const timeout = milliseconds("--timeout", flags.timeout ?? "30s");
  const headers = Object.fromEntries((flags["http-header"] ?? []).map(header));
  return {
    signal: io.signal,
    fetch: io.fetch ?? (await httpFetch(io.env, flags["skip-tls-verify"])),
    baseOptions: { headers },
    ...(timeout > 0 && { timeout }),
  };
}

/** `Name: value`, split at the first colon. */
function header(line: string): [string, string] {
  const at = line.indexOf(":");
  if (at <= 0) throw new InvalidInputError("--http-header", "--http-header must be 'Name: value'");
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
