import {
  type AbortError,
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

/** Explains an error. One that this package does not know is a defect of it, and is thrown again. */
export function explain(error: unknown): Failure {
  if (isResponseError(error)) {
    const { status, error: code, errorDescription } = error;
    return {
      ...advise(error),
      message: error.message,
      status,
      error: code,
      error_description: errorDescription,
    };
  }
  if (isInvalidInputError(error)) return { exit: STATUS.usage, message: error.message };
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

function advise({ status, error: code, message }: ResponseError): Pick<Failure, "exit" | "hint"> {
  if (status === 404 && message.includes("the path does not exist there"))
    return {
      exit: STATUS.notFound,
      hint: "look at --public and --admin: `hydra-sdk doctor` says which server answers",
    };
  if (status === 404)
    return { exit: STATUS.notFound, hint: "is the ID right? `hydra-sdk doctor` says which server answers" };
  if (status === 409)
    return { exit: STATUS.conflict, hint: "it exists already: `update` changes it, or choose another ID" };
  if (status === 401 || status === 403 || code === "invalid_client" || code === "unauthorized_client")
    return {
      exit: STATUS.notAllowed,
      hint: "check the API key, or the ID, the secret and the auth method of the client",
    };
  if (status === 429) return { exit: STATUS.refused, hint: "too many requests: wait a moment" };
  if (status >= 500) return { exit: STATUS.refused, hint: "the server failed: its log says why" };
  return { exit: STATUS.refused };
}

/** The text of a failure on stderr: JSON where JSON was asked for. */
export function failureText({ exit, message, ...failure }: Failure, json: boolean): string {
  if (json) return JSON.stringify({ error: { exit, message, ...failure } });
  const hint = failure.hint ? `\n  ${failure.hint}` : "";
  return `error: ${message.split("\n").map(printable).join("\n")}${hint}`;
}
