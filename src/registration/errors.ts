import { HydraError, isKind } from "../core/errors.ts";
import type { OAuth2Client } from "../types.ts";
import type { RegistrationCredentials } from "./types.ts";

/**
 * Another process has replaced the registration access token, and the store has the new one. The call was not processed:
 * open the client again, with the store.
 */
export class StaleRegistrationTokenError extends HydraError {
  override get name(): string {
    return "StaleRegistrationTokenError";
  }
  /** The `client_id`. */
  readonly id: string;

  /**
   * @param id the `client_id`
   * @param options `cause` is the server's response
   */
  constructor(id: string, options?: { cause: unknown }) {
    super(`the registration access token of ${id} was replaced by another process: open the client again`, options);
    this.id = id;
  }
}

/**
 * The response to a registration, an update or a deletion did not arrive, or cannot be read, so it is unknown whether the
 * server processed the call. If it did, the new registration access token is lost: `DynamicClient.recover` finds out. A
 * lost registration may have left a client whose credentials are lost. Also thrown if the token is invalid after such an
 * update of another process, or of one that was killed. `cause` is the failure, if no response arrived.
 */
export class RegistrationStateUnknownError extends HydraError {
  override get name(): string {
    return "RegistrationStateUnknownError";
  }
  /** The `client_id`; `undefined` if a registration was lost. */
  readonly id: string | undefined;
  readonly #client: OAuth2Client | undefined;

  /**
   * @param id the `client_id`, if it is known
   * @param message what is unknown
   * @param options `cause` is the failure, `client` the response if there is one
   */
  constructor(id: string | undefined, message: string, options?: { cause?: unknown; client?: OAuth2Client }) {
    super(message, options);
    this.id = id;
    this.#client = options?.client;
  }

  /**
   * The response, if it is JSON but incomplete. A server that registers clients without letting them manage themselves (RFC
   * 7591 without RFC 7592) returns no token: the client and its `client_secret` are here. Logging the error does not show
   * it.
   */
  get client(): OAuth2Client | undefined {
    return this.#client;
  }
}

/**
 * The store (or `onRotate`) failed. `cause` is what it threw. The error and the handle contain the credentials: save them,
 * because there is no other copy. The handle tries to save them again before its next call, and rejects that call if saving
 * fails again.
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
   * @param credentials the credentials that are not in the store
   * @param options `cause` is what the store threw
   */
  constructor(id: string, message: string, credentials?: RegistrationCredentials, options?: { cause?: unknown }) {
    super(message, options);
    this.id = id;
    this.#credentials = credentials;
  }

  /** The token, which is invalid if the client was deleted. Logging the error does not show it. */
  get registrationAccessToken(): string | undefined {
    return this.#credentials?.registrationAccessToken;
  }

  /** The client's secret, if the server has issued one. Logging the error does not show it. */
  get clientSecret(): string | undefined {
    return this.#credentials?.clientSecret;
  }
}

/** Whether another process has replaced the token: see {@link StaleRegistrationTokenError}. */
export const isStaleRegistrationTokenError = (error: unknown): error is StaleRegistrationTokenError =>
  isKind(error, "StaleRegistrationTokenError");
/** Whether the outcome is unknown: see {@link RegistrationStateUnknownError}. */
export const isRegistrationStateUnknownError = (error: unknown): error is RegistrationStateUnknownError =>
  isKind(error, "RegistrationStateUnknownError");
/** Whether the store failed: see {@link RegistrationStoreError}. */
export const isRegistrationStoreError = (error: unknown): error is RegistrationStoreError =>
  isKind(error, "RegistrationStoreError");
