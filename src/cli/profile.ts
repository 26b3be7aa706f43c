import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { InvalidInputError } from "../index.ts";
import type { Io } from "./io.ts";

/** A profile: where requests go. It holds names of variables in place of secrets. */
export interface Profile {
  /** URL of the public API. */
  public?: string;
  /** URL of the admin API. */
  admin?: string;
  /** URL of both APIs. */
  endpoint?: string;
  /** Project of Ory Network. */
  project?: string;
  /** Workspace of Ory Network. */
  workspace?: string;
  /** Name of the variable with the project's API key. */
  projectApiKeyVariable?: string;
  /** Name of the variable with the workspace's API key. */
  workspaceApiKeyVariable?: string;
}

/** The profile file. */
export interface Profiles {
  /** The profile that is used where `--profile` is not given. */
  default?: string;
  profiles: Record<string, Profile>;
}

const NAMES = [
  "public",
  "admin",
  "endpoint",
  "project",
  "workspace",
  "projectApiKeyVariable",
  "workspaceApiKeyVariable",
] satisfies (keyof Profile)[];

/** The path of the profile file: `HYDRA_SDK_CONFIG`, else `hydra-sdk/profiles.json` in the configuration folder. */
export function profileFile(env: Io["env"]): string {
  const folder = env["XDG_CONFIG_HOME"] || (env["APPDATA"] ?? join(env["HOME"] ?? homedir(), ".config"));
  return env["HYDRA_SDK_CONFIG"] || join(folder, "hydra-sdk", "profiles.json");
}

/** The profiles of the file; none where there is no file. */
export async function readProfiles(env: Io["env"]): Promise<Profiles> {
  const file = profileFile(env);
  const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return '{"profiles":{}}';
    throw new InvalidInputError("--profile", `${file} cannot be read: ${error.code}`);
  });
  const profiles = parse(file, content);
  for (const [name, profile] of Object.entries(profiles.profiles)) {
    const unknown = Object.keys(profile).find((key) => !NAMES.includes(key as keyof Profile));
    if (unknown !== undefined)
      throw new InvalidInputError(
        "--profile",
        `${file}: profile ${name} has an unknown member ${unknown}; known are ${NAMES.join(", ")}`,
      );
  }
  return profiles;
}

function parse(file: string, content: string): Profiles {
  try {
    const value = JSON.parse(content);
    if (Object(value?.profiles) === value.profiles) return value;
  } catch {
    // Reported below, without the text: it may hold what should not be shown.
  }
  throw new InvalidInputError("--profile", `${file} must be JSON such as {"profiles":{"local":{"admin":"http://…"}}}`);
}

/**
 * The profile that `name` or the file's default names; `undefined` if neither does.
 *
 * @throws {@link InvalidInputError} there is no such profile
 */
export async function readProfile(
  env: Io["env"],
  given: string | undefined,
): Promise<{ name: string; profile: Profile } | undefined> {
  const { profiles, default: byDefault } = await readProfiles(env);
  const name = given ?? byDefault;
  if (name === undefined) return undefined;
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile) return { name, profile };
  const known = Object.keys(profiles).join(", ") || "none";
  throw new InvalidInputError(
    "--profile",
    `--profile ${name}: ${profileFile(env)} has no such profile (it has ${known})`,
  );
}
