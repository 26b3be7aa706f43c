import { Configuration, type ConfigurationParameters, InvalidInputError } from "../index.ts";
import { milliseconds } from "./duration.ts";
import type { SharedValues } from "./flags.ts";
import type { Io } from "./io.ts";
import { networkFetch } from "./network.ts";
import { type Profile, readProfile } from "./profile.ts";

/** A value, and what set it: a flag, a variable or a profile. */
export interface Setting {
  value: string;
  from: string;
}

/** Where requests go, and why. */
export interface Settings {
  public?: Setting | undefined;
  admin?: Setting | undefined;
  /** A project of Ory Network that the URLs are to be made from. */
  project?: Setting | undefined;
  workspace?: Setting | undefined;
  /** The name of the variable that holds the key for the project's data. */
  projectKey?: Setting | undefined;
  /** The name of the variable that holds the key for the console. */
  workspaceKey?: Setting | undefined;
}

/** Where requests go, and with what. */
export interface Target {
  settings: Settings;
  /** For calls of the admin API. @throws {@link InvalidInputError} it is not set where they go */
  admin(): Promise<Configuration>;
  /** For calls of the public API. @throws {@link InvalidInputError} it is not set where they go */
  public(): Promise<Configuration>;
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

  async function configuration(listener: "public" | "admin"): Promise<Configuration> {
    const setting = settings[listener];
    if (!setting) throw missing(listener, settings);
    const basePath = settings.public?.value ?? setting.value;
    const key = settings.projectKey && env[settings.projectKey.value];
    return new Configuration({
      ...common,
      basePath,
      adminBasePath: settings.admin?.value ?? setting.value,
      ...(key && { accessToken: key }),
    });
  }
  return { settings, admin: () => configuration("admin"), public: () => configuration("public") };
}

function missing(listener: "public" | "admin", { public: publicUrl, admin }: Settings): InvalidInputError {
  const other = publicUrl ?? admin;
  const flag = `--${listener}`;
  if (!other) return new InvalidInputError(flag, `There is no server to send this to. ${TWO_WAYS}`);
  const reason = `this needs the ${listener} API, and only the other one is set (by ${other.from})`;
  return new InvalidInputError(
    flag,
    `${flag} is missing: ${reason}. Set ${flag} or HYDRA_${listener.toUpperCase()}_URL`,
  );
}

type Named = Profile & { name: string };

function locate(flags: SharedValues, env: Io["env"], profile: Named | undefined): Settings {
  const fromFlag = (name: "endpoint" | "public" | "admin" | "project" | "workspace"): Setting | undefined =>
    flags[name] === undefined ? undefined : { value: flags[name], from: `--${name}` };
  const fromVariable = (name: string): Setting | undefined =>
    env[name] ? { value: env[name], from: name } : undefined;
  const fromProfile = (name: keyof Profile): Setting | undefined =>
    profile?.[name] ? { value: profile[name], from: `profile ${profile.name}` } : undefined;

  const layers: Settings[] = [
    layer(fromFlag("endpoint"), fromFlag("public"), fromFlag("admin"), fromFlag("project")),
    flags.profile === undefined
      ? layer(
          fromVariable("ORY_SDK_URL"),
          fromVariable("HYDRA_PUBLIC_URL"),
          fromVariable("HYDRA_ADMIN_URL"),
          fromVariable("ORY_PROJECT"),
        )
      : {},
    layer(fromProfile("endpoint"), fromProfile("public"), fromProfile("admin"), fromProfile("project")),
  ];
  const first = layers.find((each) => each.public ?? each.admin ?? each.project) ?? {};
  // --admin alone may stand in for one of two listeners that the variables name.
  const second = layers.find((each) => each !== first && (each.public ?? each.admin));
  const isHalf = !first.project && (!first.public || !first.admin);
  const location =
    isHalf && second?.public?.value !== second?.admin?.value ? { ...second, ...definedOf(first) } : first;

  const keyVariable = fromProfile("projectApiKeyVariable");
  const keyName = ["ORY_PROJECT_API_KEY", "ORY_API_KEY"].find((name) => env[name]);
  const projectKey = keyVariable ?? (keyName ? { value: keyName, from: keyName } : undefined);
  const workspaceName = env["ORY_WORKSPACE_API_KEY"] ? "ORY_WORKSPACE_API_KEY" : undefined;
  return {
    ...location,
    workspace: fromFlag("workspace") ?? fromVariable("ORY_WORKSPACE") ?? fromProfile("workspace"),
    projectKey: takesKey(location) ? projectKey : undefined,
    workspaceKey:
      fromProfile("workspaceApiKeyVariable") ?? (workspaceName && { value: workspaceName, from: workspaceName }),
  };
}

/** One layer: flags, variables or a profile. */
function layer(
  endpoint: Setting | undefined,
  publicUrl: Setting | undefined,
  admin: Setting | undefined,
  project: Setting | undefined,
): Settings {
  if (endpoint && project)
    throw new InvalidInputError(project.from, `${project.from} and ${endpoint.from} name two servers: set one of them`);
  return definedOf({
    public: publicUrl ?? endpoint,
    admin: admin ?? endpoint,
    project: publicUrl || admin ? undefined : project,
  });
}

const definedOf = (settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, setting]) => setting !== undefined));

/** An API key goes to Ory Network only: to a project, or to what is said to be one, and never over plain http elsewhere. */
const takesKey = ({ project, public: publicUrl, admin }: Settings): boolean =>
  project !== undefined || [publicUrl, admin].every((each) => !each || each.from === "ORY_SDK_URL" || isHttps(each));

const isHttps = ({ value }: Setting): boolean => value.startsWith("https://");

async function commonOptions(flags: SharedValues, io: Io): Promise<ConfigurationParameters> {
  const timeout = milliseconds("--timeout", flags.timeout ?? "30s");
  const headers = Object.fromEntries((flags["http-header"] ?? []).map(header));
  return {
    signal: io.signal,
    fetch: io.fetch ?? (await networkFetch(io.env, flags["skip-tls-verify"])),
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
