import { HydraError, isKind } from "../core/errors.ts";
import type { OAuth2Client } from "../types.ts";
import type { DynamicClient, RegistrationCredentials } from "./dynamic-client.ts";

/**
 * Another process has replaced the registration access token, and the store has the new one. What was asked was not done:
 * open the client anew, with the store.
 */
export class StaleRegistrationTokenError extends HydraError {
  override get name(): string {
    return "StaleRegistrationTokenError";
  }
  /** The `client_id`. */
  readonly id: string;

  /**
   * @param id the `client_id`
   * @param options `cause` is the server's refusal
   */
  constructor(id: string, options?: { cause: unknown }) {
    super(`the registration access token of ${id} was replaced by another process: open the client anew`, options);
    this.id = id;
  }
}

/**
 * The answer to a registration, an update or a deletion did not come, or cannot be read, so nobody knows whether it was
 * carried out. Where it was, the server has a registration access token that nobody holds: {@link DynamicClient.recover}
 * tells. A lost registration may have left a client that nobody can reach. `cause` is what happened, where no answer came.
 */
export class RegistrationStateUnknownError extends HydraError {
  override get name(): string {
    return "RegistrationStateUnknownError";
  }
  /** The `client_id`; `undefined` where a registration was lost. */
  readonly id: string | undefined;
  readonly #client: OAuth2Client | undefined;

  /**
   * @param id the `client_id`, where it is known
   * @param message what nobody knows
   * @param options `cause` is what happened, `client` the answer where there is one
   */
  constructor(id: string | undefined, message: string, options?: { cause?: unknown; client?: OAuth2Client }) {
    super(message, options);
    this.id = id;
    this.#client = options?.client;
  }

  /**
   * The answer, where it is JSON and yet not what is due. A server that registers clients and does not let them manage
   * themselves (RFC 7591 without RFC 7592) gives no token: the client and its `client_secret` are here. No log shows it.
   */
  get client(): OAuth2Client | undefined {
    return this.#client;
  }
}

/**
 * The store (or `onRotate`) has failed. `cause` is what it threw. The error and the handle have the credentials: keep them,
 * for no one else does. The handle tries to save them again before its next call, which it does not make while that fails.
 */
export class RegistrationStoreError extends HydraError {
  override get name(): string {
    return "RegistrationStoreError";
  }
  /** The `client_id`. */
  readonly id: string;
  readonly #credentials: RegistrationCredentials | undefined;

  /**
   * @param id the `client_id`
   * @param message what failed
   * @param credentials those that the store does not have
   * @param options `cause` is what the store threw
   */
  constructor(id: string, message: string, credentials?: RegistrationCredentials, options?: { cause?: unknown }) {
    super(message, options);
    this.id = id;
    this.#credentials = credentials;
  }

  /** The token, dead where the client was deleted. No log shows it. */
  get registrationAccessToken(): string | undefined {
    return this.#credentials?.registrationAccessToken;
  }

  /** The client's secret, where the server has shown one. No log shows it. */
  get clientSecret(): string | undefined {
    return this.#credentials?.clientSecret;
  }
}

/** Whether another process was first: see {@link StaleRegistrationTokenError}. */
export const isStaleRegistrationTokenError = (error: unknown): error is StaleRegistrationTokenError =>
  isKind(error, "StaleRegistrationTokenError");
/** Whether nobody knows if it was done: see {@link RegistrationStateUnknownError}. */
export const isRegistrationStateUnknownError = (error: unknown): error is RegistrationStateUnknownError =>
  isKind(error, "RegistrationStateUnknownError");
/** Whether it was done and could not be stored: see {@link RegistrationStoreError}. */
export const isRegistrationStoreError = (error: unknown): error is RegistrationStoreError =>
  isKind(error, "RegistrationStoreError");
