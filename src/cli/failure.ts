import {
  type AbortError,
  type HydraError,
  isAbortError,
  isHydraError,
  isInvalidInputError,
  isNetworkError,
  isRegistrationStateUnknownError,
  isRegistrationStoreError,
  isResponseError,
  isStaleRegistrationTokenError,
  isTimeoutError,
  isUpdateConflictError,
  type ResponseError,
} from "../index.ts";
import type { Settings } from "./target.ts";
import { printable } from "./terminal.ts";

/** The exit statuses. */
export const STATUS = {
  done: 0,
  refused: 1,
  usage: 2,
  notFound: 3,
  notAllowed: 4,
  conflict: 5,
  noAnswer: 6,
  /** `plan --detailed-exitcode`: there is something to do. */
  changes: 10,
  interrupted: 130,
} as const;

/** What went wrong, for a person and for a program. */
export interface Failure {
  /** The exit status. */
  exit: number;
  message: string;
  /** What to do about it. */
  hint?: string | undefined;
  /** The HTTP status of the server's response. */
  status?: number | undefined;
  /** The server's `error` and `error_description`. */
  error?: string | undefined;
  error_description?: string | undefined;
}

/**
 * Explains an error. One that this package does not know is a defect of it, and is thrown again.
 *
 * @param settings say where the request went
 * @param flags those of the command
 */
export function explain(error: unknown, settings: Settings = {}, flags: Record<string, unknown> = {}): Failure {
  if (isResponseError(error)) {
    const { status, error: code, errorDescription } = error;
    return {
      ...advise(error, settings, flags),
      message: messageOf(error, settings),
      status,
      error: code,
      error_description: errorDescription,
    };
  }
  if (isInvalidInputError(error)) return { exit: STATUS.usage, message: messageOf(error, settings) };
  if (isUpdateConflictError(error)) {
    const hint = "someone else changed it meanwhile: look at it, and repeat the command";
    return { exit: STATUS.conflict, message: error.message, hint };
  }
  if (isStaleRegistrationTokenError(error))
    return { exit: STATUS.conflict, message: error.message, hint: "repeat the command: the store has the new token" };
  if (isRegistrationStateUnknownError(error)) {
    const { id } = error;
    const hint =
      id && `\`hydra-sdk recover dynamic-client ${id}\` finds out; with --recreate it creates the client again`;
    return { exit: STATUS.refused, message: error.message, hint };
  }
  if (isRegistrationStoreError(error)) {
    const hint = error.cause instanceof Error ? error.cause.message : undefined;
    return { exit: STATUS.refused, message: error.message, hint };
  }
  if (isTimeoutError(error)) {
    const hint = "--timeout gives it more time; `hydra-sdk doctor` says whether the server answers";
    return { exit: STATUS.noAnswer, message: error.message, hint };
  }
  if (isNetworkError(error)) {
    const hint = "is the URL right, and does the server run? `hydra-sdk doctor` says where it looks";
    return { exit: STATUS.noAnswer, message: error.message, hint };
  }
  if (isAbortError(error)) return interruption(error);
  if (isHydraError(error)) return { exit: STATUS.refused, message: error.message };
  throw error;
}

/** A write may have been carried out although its response did not come. */
function interruption({ message, mayBeSent }: AbortError): Failure {
  const isWrite = mayBeSent !== false && /^(POST|PUT|PATCH|DELETE) /.test(message);
  const hint = isWrite ? "the server may have got the last request: look before you repeat it" : undefined;
  return { exit: STATUS.interrupted, message: "interrupted", hint };
}

/** The options of the SDK that its messages name. */
const OPTION = /\b(adminBasePath|basePath|accessToken|workspaceApiKey|consolePath)\b/g;
/** What the SDK says of a 404 that is not about a resource. */
const WRONG_PATH = /\(the path does not exist there: .*\)$/;

/** The message of an error, with what a person has set here in the place of the SDK's option. */
export function messageOf(error: HydraError, settings: Settings): string {
  const rename = (text: string) => text.replace(OPTION, (option) => setterOf(option, settings));
  // What the server says stays as it is.
  if (isResponseError(error)) return error.message.replace(WRONG_PATH, rename);
  return isInvalidInputError(error) ? rename(error.message) : error.message;
}

function setterOf(option: string, settings: Settings): string {
  const { admin, project, projectKey, workspaceKey } = settings;
  if (option === "adminBasePath") return (admin ?? project)?.from ?? "--admin";
  if (option === "basePath") return (settings.public ?? project)?.from ?? "--public";
  if (option === "consolePath") return "ORY_CONSOLE_URL";
  if (option === "accessToken") return projectKey?.value ?? "ORY_PROJECT_API_KEY";
  return workspaceKey?.value ?? "ORY_WORKSPACE_API_KEY";
}

/** Such as `POST /admin/clients: 409 …`. */
const REQUEST = /^([A-Z]+) (\/[^\s:]*)/;
/** What a server says of an assertion whose times do not fit. */
const WRONG_TIME = /assertion.*(expired|future|not valid yet|before issued)|(expired|future).*assertion/i;

/** What Hydra says of a client assertion whose times do not fit: "The error is unrecognizable", and no more. */
const isUnexplained = ({ status, error }: ResponseError, path: string): boolean =>
  status === 500 && error === "error" && path.startsWith("/oauth2/");

function advise(
  error: ResponseError,
  settings: Settings,
  flags: Record<string, unknown>,
): Pick<Failure, "exit" | "hint"> {
  const { status, error: code, message, errorDescription = "" } = error;
  const [, method, path = ""] = REQUEST.exec(message) ?? [];
  if (WRONG_TIME.test(errorDescription) || isUnexplained(error, path)) {
    const hint =
      "if this was signed with a key, is the clock of this machine right? `hydra-sdk doctor` compares it with that of the server";
    return { exit: status >= 500 ? STATUS.refused : STATUS.notAllowed, hint };
  }
  if (status === 404 && WRONG_PATH.test(message))
    return {
      exit: STATUS.notFound,
      hint: "look at --public and --admin: `hydra-sdk doctor` says which server answers",
    };
  if (status === 404 && method === "POST" && path === "/oauth2/register") {
    const setting = "oidc.dynamic_client_registration.enabled";
    const hint = `clients may register themselves where ${setting} is true in the server's configuration`;
    return { exit: STATUS.notFound, hint };
  }
  if (status === 404)
    return { exit: STATUS.notFound, hint: "is the ID right? `hydra-sdk doctor` says which server answers" };
  if (status === 409 && path === "/admin/clients")
    return { exit: STATUS.conflict, hint: "it exists already: `update` changes it, or choose another ID" };
  if (status === 409 && method !== "POST")
    return { exit: STATUS.conflict, hint: "someone else changed it meanwhile: look at it, and repeat the command" };
  if (status === 409) {
    const isKey = path.startsWith("/admin/keys/");
    const hint = `it exists already${isKey ? ": `delete jwk SET --kid KEY-ID` deletes it, or choose another ID" : ""}`;
    return { exit: STATUS.conflict, hint };
  }
  if (status === 401 || status === 403 || code === "invalid_client" || code === "unauthorized_client")
    return { exit: STATUS.notAllowed, hint: credentialHint(path, settings, flags) };
  if (status === 429) return { exit: STATUS.refused, hint: "too many requests: wait a moment" };
  if (status >= 500) return { exit: STATUS.refused, hint: "the server failed: its log says why" };
  return { exit: STATUS.refused };
}

/** Which credential a path takes, and where it comes from. */
function credentialHint(
  path: string,
  { projectKey, unsentKey, workspaceKey }: Settings,
  flags: Record<string, unknown>,
): string {
  if (/^\/(projects|workspaces)\b/.test(path))
    return `check the API key of the workspace, which ${workspaceKey?.value ?? "ORY_WORKSPACE_API_KEY"} holds`;
  if (path.startsWith("/oauth2/register")) return "check the registration access token: each update replaces it";
  if (!path.startsWith("/admin/")) {
    const proof = flags["key"] === undefined ? "the secret" : "the key and its algorithm,";
    return `check the ID, ${proof} and the auth method of the client`;
  }
  if (projectKey) return `check the API key, which ${projectKey.value} holds: is it of this project?`;
  if (unsentKey) return `${unsentKey.value} is set, but not sent there: \`hydra-sdk doctor\` says why`;
  return "no API key is set: ORY_PROJECT_API_KEY is for Ory Network, --http-header for a gateway of your own";
}

/** The text of a failure on stderr: JSON where JSON was asked for. */
export function failureText({ exit, message, ...failure }: Failure, json: boolean): string {
  if (json) return JSON.stringify({ error: { exit, message, ...failure } });
  const hint = failure.hint ? `\n  ${failure.hint}` : "";
  return `error: ${message.split("\n").map(printable).join("\n")}${hint}`;
}
