import {
  check,
  HydraError,
  hide,
  InvalidResponseError,
  isAbortError,
  isInvalidResponseError,
  isKind,
  isNetworkError,
  isResponseError,
  isTimeoutError,
} from "./errors.ts";
import { type HydraResponse, isUnsent, safeCause } from "./http.ts";
import { required } from "./input.ts";
import { type OidcApi, withoutEcho } from "./oidc-api.ts";
import type { CallOptions } from "./transport.ts";
import type { OAuth2Client } from "./types.ts";
import { type ClientChange, changed } from "./update-client.ts";

/** What only the owner of a dynamically registered client has. */
export interface RegistrationCredentials {
  /** Authenticates the next call about the client; a successful update replaces it. A secret. */
  registrationAccessToken: string;
  /** What the client itself authenticates with, where the server has shown one. */
  clientSecret?: string;
}

/**
 * Where the credentials of clients are kept: a `Map`, a Keyv, or anything with these three. What they return may be a
 * promise. A rejection, or `false` from `set`, is a failure. It holds secrets: keep it as safe as them.
 */
export interface RegistrationStore {
  /** What was set; `undefined` or `null` where there is nothing. */
  get(id: string): unknown;
  /** Keeps the credentials of a client in place of the former ones. */
  set(id: string, credentials: RegistrationCredentials): unknown;
  /** Drops the credentials of a client that was deleted. */
  delete(id: string): unknown;
}

/** How a {@link DynamicClient} keeps its credentials. */
export interface DynamicClientOptions {
  /** Holds every new token before the caller sees what brought it. @default a Map that lives as long as the handle */
  store?: RegistrationStore | undefined;
  /** Told of new credentials, when the store has them and before the caller sees what brought them. May be async. */
  onRotate?: ((credentials: RegistrationCredentials & { id: string }) => unknown) | undefined;
}

/** What {@link DynamicClient.open} takes. */
export interface OpenDynamicClientOptions extends DynamicClientOptions {
  /** The `client_id`. */
  id: string;
  /** Used where the store has none. @default what the store has */
  registrationAccessToken?: string | undefined;
}

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

  constructor(id: string, options: { cause: unknown }) {
    super(`the registration access token of ${id} was replaced by another process: open the client anew`, options);
    this.id = id;
  }
}

/**
 * The answer to a registration, an update or a deletion did not come, or cannot be read, so nobody knows whether it was
 * carried out. Where it was, the server has a registration access token that nobody holds: {@link DynamicClient.recover}
 * tells. A lost registration may have left a client that nobody can reach. `cause` is what happened.
 */
export class RegistrationStateUnknownError extends HydraError {
  override get name(): string {
    return "RegistrationStateUnknownError";
  }
  /** The `client_id`; `undefined` where a registration was lost. */
  readonly id: string | undefined;

  constructor(id: string | undefined, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.id = id;
  }
}

/**
 * The server has done what was asked, and the store (or `onRotate`) has failed. `cause` is what it threw. The error and the
 * handle have the credentials: save them, for no one else does.
 */
export class RegistrationStoreError extends HydraError {
  override get name(): string {
    return "RegistrationStoreError";
  }
  /** The `client_id`. */
  readonly id: string;
  /** The token, dead where the client was deleted. Not enumerable, so that no log shows it. */
  declare readonly registrationAccessToken: string | undefined;
  /** The client's secret, where the server has shown one. Not enumerable. */
  declare readonly clientSecret: string | undefined;

  constructor(id: string, message: string, credentials?: RegistrationCredentials, options?: { cause?: unknown }) {
    super(message, options);
    this.id = id;
    hide(this, "registrationAccessToken", credentials?.registrationAccessToken);
    hide(this, "clientSecret", credentials?.clientSecret);
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

/**
 * A client that registered itself (RFC 7591) and manages itself (RFC 7592), and the registration access token that every
 * update replaces: the new one is in the store before the caller sees the result. Calls on one handle wait for each other.
 * Logging a handle shows no credential.
 *
 * A change by the admin API (`patchOAuth2Client`, `setOAuth2Client`, `updateOAuth2Client`) kills the token for good: from
 * then on every call rejects with a 401, and only the admin API can change the client.
 *
 * Works with other servers as well, such as oidc-provider. One that has its registration endpoint elsewhere than at
 * `/oauth2/register` needs a `fetch` in the configuration that puts its path in place of that.
 *
 * @example
 * ```ts
 * const api = new OidcApi({ basePath: "http://127.0.0.1:4444" });
 * const client = await DynamicClient.register(api, { client_name: "Field app" }, { store });
 * await client.update({ client_name: "Field app 2" });
 * ```
 * @example
 * ```ts
 * const client = await DynamicClient.open(api, { id, store });
 * await client.update((metadata) => {
 *   metadata.redirect_uris?.push("https://field.example/callback");
 * });
 * ```
 * @see [RFC 7592](https://www.rfc-editor.org/rfc/rfc7592)
 */
export class DynamicClient {
  /** The `client_id`. */
  readonly id: string;
  readonly #api: RegistrationApi;
  readonly #store: RegistrationStore;
  readonly #onRotate: DynamicClientOptions["onRotate"];
  #credentials: RegistrationCredentials;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    api: RegistrationApi,
    id: string,
    credentials: RegistrationCredentials,
    { store = new Map(), onRotate }: DynamicClientOptions,
  ) {
    this.id = id;
    this.#api = api;
    this.#credentials = credentials;
    this.#store = store;
    this.#onRotate = onRotate;
  }

  /**
   * Registers a client. Its credentials are in the store when this resolves.
   *
   * @param options of the call
   * @throws {RegistrationStateUnknownError} no readable answer came: a client may exist that nobody can reach
   * @throws {RegistrationStoreError} the client is registered, and the store failed
   * @throws {NetworkError} the connection did not come about: nothing was registered
   * @throws {ResponseError} 400 or 403 a field cannot be set this way; 404 dynamic registration is off
   */
  static async register(
    oidcApi: RegistrationApi,
    client: OAuth2Client,
    settings: DynamicClientOptions = {},
    options?: CallOptions,
  ): Promise<DynamicClient> {
    const { data } = await known(undefined, options, "a client may exist that nobody can reach", () =>
      oidcApi.createOidcDynamicClient({ oAuth2Client: client }, options),
    );
    const { client_id: id, registration_access_token: token } = Object(data) as OAuth2Client;
    if (!id || !token) {
      throw new RegistrationStateUnknownError(
        id,
        `the answer to a registration has no ${id ? "registration_access_token" : "client_id"}`,
      );
    }
    const handle = new DynamicClient(oidcApi, id, credentialsOf(data, { registrationAccessToken: token }), settings);
    await handle.#save();
    return handle;
  }

  /**
   * A handle of a client that is registered already. Reads the store; nothing is sent.
   *
   * @throws {RequiredError} `id` is missing
   * @throws {InvalidInputError} neither the store nor `registrationAccessToken` has a token
   * @throws {RegistrationStoreError} the store failed
   */
  static async open(oidcApi: RegistrationApi, settings: OpenDynamicClientOptions): Promise<DynamicClient> {
    const { id, registrationAccessToken, store } = required("DynamicClient.open", settings, ["id"]);
    const stored = store && (await read(store, id));
    check(
      stored || registrationAccessToken,
      "registrationAccessToken",
      `is missing: ${store ? "the store has none either" : "give it, or a store that has it"}`,
    );
    return new DynamicClient(oidcApi, id, stored ?? { registrationAccessToken: registrationAccessToken! }, settings);
  }

  /** The token that the next call will send. A secret. */
  get registrationAccessToken(): string {
    return this.#credentials.registrationAccessToken;
  }

  /** The client's secret, where the server has shown one. */
  get clientSecret(): string | undefined {
    return this.#credentials.clientSecret;
  }

  /**
   * Reads the client.
   *
   * @throws {StaleRegistrationTokenError} another process has replaced the token
   * @throws {ResponseError} 401 the token is dead: the client was deleted, or changed by the admin API, or another process
   * has replaced the token and not stored the new one yet
   */
  get(options?: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    return this.#queue(() => this.#get(options));
  }

  /**
   * Changes the client: reads it, merges `changes` into it, and puts it back without what the server refuses to take back.
   * Never repeated by itself. `metadata`, which an administrator alone can set and Hydra does not show here, is emptied.
   *
   * @param changes the fields to set, `undefined` for the server's default; or a {@link ClientChange}
   * @param options of both calls; `timeout` is for each
   * @returns the answer, which holds the new token too
   * @throws {RegistrationStateUnknownError} no readable answer came: ask {@link recover}
   * @throws {RegistrationStoreError} it is done, and the store failed
   * @throws {StaleRegistrationTokenError} another process has replaced the token; nothing was changed
   * @throws {ResponseError} 400 or 403 a field cannot be set this way; 401 the token is dead
   */
  update(changes: OAuth2Client | ClientChange, options?: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    return this.#queue(async () => {
      required("DynamicClient.update", { changes }, ["changes"]);
      const { data } = await this.#get(options);
      const current = sendable({ ...data, registration_access_token: this.registrationAccessToken });
      const wanted = typeof changes === "function" ? await changed(current, changes) : { ...current, ...changes };
      return this.#put(wanted, options);
    });
  }

  /**
   * Replaces the client as a whole: every field that is left out goes back to the server's default. A client that holds its
   * `registration_access_token` is an answer of the server sent back, and is put without what it refuses to take back.
   *
   * @throws as {@link update}
   */
  replace(client: OAuth2Client, options?: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    return this.#queue(async () => {
      required("DynamicClient.replace", { client }, ["client"]);
      return this.#put(client.registration_access_token ? sendable(client) : client, options);
    });
  }

  /**
   * Deletes the client, then its credentials in the store.
   *
   * @throws {RegistrationStateUnknownError} no answer came: ask {@link recover}, where `"lost"` means that it is deleted
   * @throws {RegistrationStoreError} it is deleted, and the store failed
   * @throws {StaleRegistrationTokenError} another process has replaced the token; nothing was deleted
   * @throws {ResponseError} 401 the token is dead
   */
  delete(options?: CallOptions): Promise<HydraResponse<void>> {
    return this.#queue(async () => {
      const parameters = { id: this.id, registrationAccessToken: this.registrationAccessToken };
      const response = await known(this.id, options, "the client may be deleted", () =>
        this.#api.deleteOidcDynamicClient(parameters, options),
      );
      await this.#kept(`${this.id} is deleted, but not in the store`, async () => {
        await this.#store.delete(this.id);
      });
      return response;
    });
  }

  /**
   * Finds out, after a {@link RegistrationStateUnknownError}, whether the token that is held still lives: `"unchanged"`
   * where it does, so that the call was not carried out; `"lost"` where the server has replaced it, or deleted the client.
   * Give a request that may still be under way the time to end first.
   *
   * @throws {StaleRegistrationTokenError} another process has replaced the token, and the store has it
   * @throws as {@link get}, where the server cannot tell
   */
  recover(options?: CallOptions): Promise<"unchanged" | "lost"> {
    return this.get(options).then(
      () => "unchanged",
      (error) => {
        if (isResponseError(error) && error.status === 401) return "lost";
        throw error;
      },
    );
  }

  async #get(options: CallOptions | undefined): Promise<HydraResponse<OAuth2Client>> {
    const parameters = { id: this.id, registrationAccessToken: this.registrationAccessToken };
    const response = await this.#api.getOidcDynamicClient(parameters, options);
    if (response.data?.client_id !== this.id) {
      throw new InvalidResponseError(`the answer to a read of ${this.id} is not that client`, response.status);
    }
    await this.#keep(response.data);
    return response;
  }

  async #put(client: OAuth2Client, options: CallOptions | undefined): Promise<HydraResponse<OAuth2Client>> {
    const parameters = {
      id: this.id,
      registrationAccessToken: this.registrationAccessToken,
      // RFC 7592, section 2.2, wants the id; Hydra goes by that of the path.
      oAuth2Client: { ...client, client_id: this.id },
    };
    const consequence = "its registration access token may be replaced and lost";
    const response = await known(this.id, options, consequence, () =>
      this.#api.setOidcDynamicClient(parameters, options),
    );
    if (response.data?.client_id !== this.id) {
      throw new RegistrationStateUnknownError(
        this.id,
        `the answer to an update of ${this.id} is not that client; ${consequence}`,
      );
    }
    await this.#keep(response.data);
    return response;
  }

  /** Keeps the credentials of an answer, where they are new. */
  async #keep(answer: OAuth2Client): Promise<void> {
    const before = this.#credentials;
    const credentials = credentialsOf(answer, before);
    const { registrationAccessToken, clientSecret } = credentials;
    if (registrationAccessToken === before.registrationAccessToken && clientSecret === before.clientSecret) return;
    this.#credentials = credentials;
    await this.#save();
    await this.#kept(`onRotate failed with the new credentials of ${this.id}`, async () => {
      await this.#onRotate?.({ id: this.id, ...credentials });
    });
  }

  #save(): Promise<void> {
    return this.#kept(`the store does not take the new credentials of ${this.id}`, () =>
      this.#store.set(this.id, { ...this.#credentials }),
    );
  }

  /** Has the caller's code keep something, and gives the credentials with its failure, which may itself show them. */
  async #kept(problem: string, keep: () => unknown): Promise<void> {
    const credentials = this.#credentials;
    let options: { cause: unknown } | undefined;
    try {
      if ((await keep()) !== false) return;
    } catch (thrown) {
      const secrets = Object.values(credentials);
      const redact = (text: string) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
      options = { cause: safeCause(thrown, redact) };
    }
    throw new RegistrationStoreError(this.id, problem, credentials, options);
  }

  /** Does one thing after another, and tells a token that another process has replaced from one that is dead. */
  #queue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work).catch(async (error) => {
      const unauthorized = isResponseError(error) && error.status === 401;
      const stored = unauthorized && (await read(this.#store, this.id).catch(() => undefined));
      if (!stored || stored.registrationAccessToken === this.registrationAccessToken) throw error;
      throw new StaleRegistrationTokenError(this.id, { cause: error });
    });
    this.#last = done.catch(() => {});
    return done;
  }
}

/** The methods of `OidcApi` that a {@link DynamicClient} needs. */
export type RegistrationApi = Pick<
  OidcApi,
  "createOidcDynamicClient" | "getOidcDynamicClient" | "setOidcDynamicClient" | "deleteOidcDynamicClient"
>;

/**
 * Makes a call that changes the server, and tells a failure after which the server is as it was from one after which nobody
 * knows.
 */
async function known<T>(
  id: string | undefined,
  options: CallOptions | undefined,
  consequence: string,
  call: () => Promise<HydraResponse<T>>,
): Promise<HydraResponse<T>> {
  const unsent = options?.signal?.aborted;
  try {
    return await call();
  } catch (cause) {
    if (unsent || !mayBeDone(cause)) throw cause;
    throw new RegistrationStateUnknownError(id, `${(cause as Error).message}; ${consequence}`, { cause });
  }
}

function mayBeDone(error: unknown): boolean {
  if (isNetworkError(error)) return !isUnsent(error.code);
  if (isResponseError(error)) return error.status === 502 || error.status === 504;
  if (isInvalidResponseError(error)) return error.status >= 200 && error.status < 300;
  return isTimeoutError(error) || isAbortError(error);
}

/** A client that the server gave, without what it refuses to take back (RFC 7592, section 2.2). */
function sendable(client: OAuth2Client): OAuth2Client {
  const { registration_client_uri, client_id_issued_at, ...rest } = withoutEcho(client) as OAuth2Client & {
    client_id_issued_at?: number;
  };
  return rest;
}

/** The credentials of an answer; what it does not show is as before. */
function credentialsOf(
  { registration_access_token, client_secret }: OAuth2Client,
  before: RegistrationCredentials,
): RegistrationCredentials {
  return {
    registrationAccessToken: registration_access_token || before.registrationAccessToken,
    ...((client_secret || before.clientSecret) && { clientSecret: client_secret || before.clientSecret }),
  } as RegistrationCredentials;
}

/** What the store has of a client, where that is of use. */
async function read(store: RegistrationStore, id: string): Promise<RegistrationCredentials | undefined> {
  try {
    const stored = (await store.get(id)) as Partial<RegistrationCredentials> | null | undefined;
    return stored?.registrationAccessToken ? (stored as RegistrationCredentials) : undefined;
  } catch (cause) {
    throw new RegistrationStoreError(id, `the store does not give the credentials of ${id}`, undefined, {
      cause,
    });
  }
}
