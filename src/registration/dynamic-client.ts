import { type OidcApi, withoutEcho } from "../api/oidc.ts";
import { type ClientChange, changed } from "../clients/update.ts";
import { checkTimeout } from "../core/configuration.ts";
import {
  check,
  InvalidResponseError,
  isAbortError,
  isInvalidResponseError,
  isNetworkError,
  isResponseError,
  isTimeoutError,
} from "../core/errors.ts";
import { type Limits, safeCause, sleep, unbegun, whyUnsent, within } from "../core/exchange.ts";
import { redactor } from "../core/redact.ts";
import { HydraResponse } from "../core/response.ts";
import type { CallOptions } from "../core/transport.ts";
import { required } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import {
  isRegistrationStateUnknownError,
  RegistrationStateUnknownError,
  RegistrationStoreError,
  StaleRegistrationTokenError,
} from "./errors.ts";

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
 *
 * Let it have a time limit of its own. A `set` that never settles holds up every later one of its handle, even once the
 * store works again: open the client anew then, with the token of the error.
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
  /** Has every new token before the caller sees what brought it. @default none: only the handle holds them */
  store?: RegistrationStore | undefined;
  /**
   * Told of credentials that replace former ones, when the store has them and before the caller sees what brought them;
   * not of those of a registration. May be async. Where it fails, it is told again before the next call.
   */
  onRotate?: ((credentials: RegistrationCredentials & { id: string }) => unknown) | undefined;
}

/** What {@link DynamicClient.open} takes: a token, a store, or both. */
export type OpenDynamicClientOptions = DynamicClientOptions & {
  /** The `client_id`. */
  id: string;
  /** What the client itself authenticates with; it is stored. @default what the store has */
  clientSecret?: string | undefined;
} & (
    | {
        /**
         * The token to use; it is stored. Where the store has another one, the first call finds out which of them lives,
         * and that one is kept.
         */
        registrationAccessToken: string;
      }
    | {
        /** Has the token; what is given beside it is saved there. */
        store: RegistrationStore;
        /** As above. @default what the store has */
        registrationAccessToken?: string | undefined;
      }
  );

/** The fields to set, `undefined` for the server's default: what {@link DynamicClient.update} merges. */
export type OAuth2ClientChanges = { [Name in keyof OAuth2Client]?: OAuth2Client[Name] | undefined };

/**
 * A client that registered itself (RFC 7591) and manages itself (RFC 7592), and the registration access token that every
 * update replaces: the new one is in the store before the caller sees the result. Calls on one handle wait for each other.
 * Logging a handle shows no credential.
 *
 * A call's `timeout` and `signal` hold for all of it: the wait for earlier calls, the store and the change included. A
 * `change`, a store and an `onRotate` must not wait for a call on their own handle, which waits for them.
 *
 * A change by the admin API (`patchOAuth2Client`, `setOAuth2Client`, `updateOAuth2Client`) kills the token for good: from
 * then on every call rejects with a 401, and only the admin API can change the client.
 *
 * Of two processes that update one client, the slower one is told by a `StaleRegistrationTokenError`. A window remains on a
 * server that does not carry out one request about a client after the other: where both updates arrive while the same token
 * lives, both may be answered with a new one, of which one lives, and the store may hold the other. Where several processes
 * update one client, let them take a lock around their updates.
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
  /**
   * Its name in bundles, too: esbuild renames a class that refers to itself.
   * @internal
   */
  static get name(): string {
    return "DynamicClient";
  }

  /** The `client_id`. */
  readonly id: string;
  readonly #api: RegistrationApi;
  readonly #store: RegistrationStore | undefined;
  readonly #onRotate: DynamicClientOptions["onRotate"];
  #credentials: RegistrationCredentials;
  /** Every token that this handle had: where a store that lags behind gives one of them, no other process was there. */
  readonly #own: Set<string>;
  /** Whether the store has yet to take the credentials. */
  #isUnsaved = true;
  /** Whether `onRotate` has yet to be told of them. */
  #isUntold = false;
  /** The answer to a deletion, which may have to be repeated in the store. */
  #deletion: HydraResponse<void> | undefined;
  /** Whether the answer to a deletion was lost, so that a dead token means that it was carried out. */
  #mayBeDeleted = false;
  /** The store's token, where `open` was given another one and no call has shown yet which of them lives. */
  #rival: string | undefined;
  /** The last write to the store. It may go on after its call ran out of time, and must not overtake a later one. */
  #written: Promise<unknown> = Promise.resolve();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    api: RegistrationApi,
    id: string,
    credentials: RegistrationCredentials,
    { store, onRotate }: DynamicClientOptions,
  ) {
    this.id = id;
    this.#api = api;
    this.#credentials = credentials;
    this.#own = new Set([credentials.registrationAccessToken]);
    this.#store = store;
    this.#onRotate = onRotate;
  }

  /**
   * Registers a client. Its credentials are in the store when this resolves.
   *
   * @param oidcApi sends the calls, these and all later ones of the handle
   * @param client what to register; `{}` takes every default
   * @param settings where the credentials are kept, and who is told of new ones
   * @param options of the call
   * @throws {@link RequiredError} `client` is missing
   * @throws {@link InvalidInputError} `store` or `onRotate` is none; nothing was sent
   * @throws {@link RegistrationStateUnknownError} no usable answer came: a client may exist that nobody can reach
   * @throws {@link RegistrationStoreError} the client is registered, and the store failed
   * @throws {@link NetworkError} the connection did not come about: nothing was registered
   * @throws {@link ResponseError} 400 or 403 a field cannot be set this way; 404 dynamic registration is off
   */
  static register(
    oidcApi: RegistrationApi,
    client: OAuth2Client,
    settings: DynamicClientOptions = {},
    options?: CallOptions,
  ): Promise<DynamicClient> {
    return limited("DynamicClient.register", options, async (limits) => {
      required({ client }, ["client"]);
      checkSettings(settings);
      const registration = oidcApi.createOidcDynamicClient({ oAuth2Client: client }, limits);
      const { data } = await known(undefined, "a client may exist that nobody can reach", registration);
      const { client_id: id, registration_access_token: token } = Object(data) as OAuth2Client;
      if (!id || !token) {
        throw new RegistrationStateUnknownError(
          id,
          `the answer to a registration has no ${id ? "registration_access_token" : "client_id"}`,
          { client: data },
        );
      }
      const handle = new DynamicClient(oidcApi, id, credentialsOf(data, { registrationAccessToken: token }), settings);
      await handle.#save(limits);
      return handle;
    });
  }

  /**
   * A handle of a client that is registered already. Reads the store, and saves there what is given; nothing is sent.
   *
   * @param options the time that the store may take
   * @param oidcApi sends the calls of the handle
   * @param settings which client, and its token, a store, or both
   * @throws {@link RequiredError} `id` is missing
   * @throws {@link InvalidInputError} neither the store nor `registrationAccessToken` has a token, or `store` or
   * `onRotate` is none
   * @throws {@link RegistrationStoreError} the store failed
   */
  static open(oidcApi: RegistrationApi, settings: OpenDynamicClientOptions, options?: Limits): Promise<DynamicClient> {
    return limited("DynamicClient.open", options, async (limits) => {
      const { id, registrationAccessToken, clientSecret, store } = required(settings, ["id"]);
      checkSettings(settings);
      const stored = await read(store, id, { registrationAccessToken, clientSecret }, limits.signal);
      const token = registrationAccessToken || stored?.registrationAccessToken;
      check(
        token && typeof token === "string",
        "registrationAccessToken",
        `is missing: ${store ? "the store has none either" : "give it, or a store that has it"}`,
      );
      const secret = clientSecret || stored?.clientSecret;
      const credentials = { registrationAccessToken: token, ...(secret && { clientSecret: secret }) };
      const handle = new DynamicClient(oidcApi, id, credentials, settings);
      if (stored && stored.registrationAccessToken !== token) {
        handle.#rival = stored.registrationAccessToken;
        handle.#own.add(handle.#rival);
      } else {
        handle.#isUnsaved = !isSame(stored, credentials);
        await handle.#save(limits);
      }
      return handle;
    });
  }

  /** The token that the next call will send. A secret. */
  get registrationAccessToken(): string {
    return this.#credentials.registrationAccessToken;
  }

  /** The client's secret, where the server has shown one or it was given. */
  get clientSecret(): string | undefined {
    return this.#credentials.clientSecret;
  }

  /**
   * Reads the client.
   *
   * @throws {@link StaleRegistrationTokenError} another process has replaced the token
   * @throws {@link ResponseError} 401 the token is dead: the client was deleted, or changed by the admin API, or
   * another process has replaced the token and not stored the new one yet
   */
  get(options?: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    return this.#queue("get", options, (limits) => this.#get(limits));
  }

  /**
   * Changes the client: reads it, merges `changes` into it, and puts it back without what the server refuses to take back.
   * Never repeated by itself. What an administrator alone can set (`access_token_strategy`, `metadata`, `skip_consent`,
   * `skip_logout_consent`) goes back to the server's default.
   *
   * @param changes the fields to set, `undefined` for the server's default; or a {@link ClientChange}
   * @param options of both calls; `timeout` and `signal` are for all of it
   * @returns the answer, which holds the new token too
   * @throws {@link RegistrationStateUnknownError} no readable answer came: ask {@link recover}
   * @throws {@link RegistrationStoreError} it is done, and the store failed; or, where the message says so, nothing was
   * changed, for the store still does not take what an earlier call brought
   * @throws {@link StaleRegistrationTokenError} another process has replaced the token; nothing was changed
   * @throws {@link ResponseError} 400 or 403 a field cannot be set this way; 401 the token is dead
   */
  update(changes: OAuth2ClientChanges | ClientChange, options?: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    return this.#queue("update", options, async (limits) => {
      required({ changes }, ["changes"]);
      const { data } = await this.#get(limits);
      const current = sendable({ ...data, registration_access_token: this.registrationAccessToken });
      for (const name of ADMINISTRATORS) delete current[name];
      const wanted =
        typeof changes === "function"
          ? await within(undefined, [limits.signal], "change", () => changed(current, changes))
          : ({ ...current, ...changes } as OAuth2Client);
      return this.#put(wanted, limits);
    });
  }

  /**
   * Replaces the client as a whole: every field that is left out goes back to the server's default. A client that holds its
   * `registration_access_token` is an answer of the server sent back, and is put without what it refuses to take back.
   *
   * @throws as {@link update}
   */
  replace(client: OAuth2Client, options?: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    return this.#queue("replace", options, async (limits) => {
      required({ client }, ["client"]);
      return this.#put(client.registration_access_token ? sendable(client) : client, limits);
    });
  }

  /**
   * Deletes the client, then its credentials in the store. Call it again where it fails: after a deletion whose answer was
   * lost, a dead token means that the client is deleted.
   *
   * @throws {@link RegistrationStateUnknownError} no answer came: delete again, or ask {@link recover}, where `"lost"` means
   * that it is deleted
   * @throws {@link RegistrationStoreError} it is deleted, and the store failed; or, where the message says so, nothing was
   * changed, for the store still does not take what an earlier call brought
   * @throws {@link StaleRegistrationTokenError} another process has replaced the token; nothing was deleted
   * @throws {@link ResponseError} 401 the token is dead
   */
  delete(options?: CallOptions): Promise<HydraResponse<void>> {
    return this.#queue("delete", options, async (limits) => {
      this.#deletion ??= await this.#delete(limits);
      await this.#kept(`${this.id} is deleted, but not in the store`, limits, async () => {
        // A Keyv resolves to false where it had nothing and where it failed.
        return (await this.#store?.delete(this.id)) !== false || !(await this.#store?.get(this.id));
      });
      return this.#deletion;
    });
  }

  /**
   * Finds out, after a {@link RegistrationStateUnknownError}, whether the token that is held still lives: `"unchanged"`
   * where it does, so that the call was not carried out; `"lost"` where the server has replaced it, or deleted the client.
   * Give a request that may still be under way the time to end first.
   *
   * @throws {@link StaleRegistrationTokenError} another process has replaced the token, and the store has it
   * @throws as {@link get}, where the server cannot tell
   */
  recover(options?: CallOptions): Promise<"unchanged" | "lost"> {
    return this.get(options).then(
      () => "unchanged",
      (error) => {
        if (isUnauthorized(error)) return "lost";
        throw error;
      },
    );
  }

  async #get(options: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    const parameters = { id: this.id, registrationAccessToken: this.registrationAccessToken };
    const response = await this.#api.getOidcDynamicClient(parameters, options);
    if (response.data?.client_id !== this.id) {
      throw new InvalidResponseError(`the answer to a read of ${this.id} is not that client`, response.status);
    }
    this.#mayBeDeleted = false;
    await this.#keep(response.data, options, UNCHANGED);
    return response;
  }

  async #put(client: OAuth2Client, options: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    const parameters = {
      id: this.id,
      registrationAccessToken: this.registrationAccessToken,
      // RFC 7592, section 2.2, wants the id; Hydra goes by that of the path.
      oAuth2Client: { ...client, client_id: this.id },
    };
    const consequence = "its registration access token may be replaced and lost";
    const response = await known(this.id, consequence, this.#api.setOidcDynamicClient(parameters, options));
    if (response.data?.client_id !== this.id) {
      throw new RegistrationStateUnknownError(
        this.id,
        `the answer to an update of ${this.id} is not that client; ${consequence}`,
        { client: response.data },
      );
    }
    await this.#keep(response.data, options);
    return response;
  }

  async #delete(options: CallOptions): Promise<HydraResponse<void>> {
    const parameters = { id: this.id, registrationAccessToken: this.registrationAccessToken };
    const deletion = this.#api.deleteOidcDynamicClient(parameters, options);
    try {
      return await known(this.id, "the client may be deleted", deletion);
    } catch (error) {
      this.#mayBeDeleted ||= isRegistrationStateUnknownError(error);
      if (!this.#mayBeDeleted || !isUnauthorized(error) || (await this.#isReplaced(options))) throw error;
      // As the answer that was lost.
      return new HydraResponse<void>(new Response(null, { status: 204 }), undefined);
    }
  }

  /** Keeps the credentials of an answer, where they are new. */
  async #keep(answer: OAuth2Client, options: CallOptions, consequence?: string): Promise<void> {
    const credentials = credentialsOf(answer, this.#credentials);
    if (isSame(this.#credentials, credentials)) return;
    this.#credentials = credentials;
    this.#own.add(credentials.registrationAccessToken);
    this.#isUnsaved = true;
    this.#isUntold = true;
    await this.#save(options, consequence);
  }

  /** Has the store take the credentials, then `onRotate`, where they have not. */
  async #save(options: CallOptions, consequence = ""): Promise<void> {
    const credentials = { ...this.#credentials };
    if (this.#isUnsaved) {
      await this.#kept(`${consequence}the store does not take the credentials of ${this.id}`, options, () => {
        const written = this.#written.then(() => this.#store?.set(this.id, credentials));
        this.#written = written.catch(() => {});
        return written;
      });
      this.#isUnsaved = false;
    }
    if (this.#isUntold) {
      await this.#kept(`${consequence}onRotate failed with the new credentials of ${this.id}`, options, async () => {
        await this.#onRotate?.({ id: this.id, ...credentials });
      });
      this.#isUntold = false;
    }
  }

  /**
   * Has the caller's code keep something, and gives the credentials with its failure, which may itself show them. It is
   * begun even when the time is over: what the server has done is to be kept.
   */
  async #kept(problem: string, { signal }: CallOptions, keep: () => Promise<unknown>): Promise<void> {
    const work = keep();
    work.catch(() => {});
    let cause: unknown;
    try {
      if ((await within(undefined, [signal], "the store", () => work)) !== false) return;
    } catch (thrown) {
      cause = thrown;
    }
    throw storeError(this.id, problem, this.#credentials, cause);
  }

  /** Does one thing after another, and tells a token that another process has replaced from one that is dead. */
  #queue<T>(name: string, options: CallOptions | undefined, work: (limits: CallOptions) => Promise<T>): Promise<T> {
    const label = `DynamicClient.${name}`;
    const turn = this.#last;
    const done = limited(label, options, async (limits) => {
      await within(undefined, [limits.signal], label, () => turn);
      try {
        await this.#settle(limits);
        return await work(limits);
      } catch (error) {
        // The 401 says more than a store that fails, or time that is over.
        if (isUnauthorized(error) && (await this.#isReplaced(limits).catch(() => false))) {
          throw new StaleRegistrationTokenError(this.id, { cause: error });
        }
        throw error;
      }
    });
    // A call that gives up waiting must not let the next one overtake the one before.
    this.#last = Promise.allSettled([turn, done]).then(() => {});
    return done;
  }

  /** Settles what earlier calls left open: which of two tokens lives, and what the store or `onRotate` does not know. */
  async #settle(options: CallOptions): Promise<void> {
    if (this.#rival) {
      await this.#get(options).catch((error) => {
        if (!isUnauthorized(error)) throw error;
        this.#credentials = { ...this.#credentials, registrationAccessToken: this.#rival! };
      });
      this.#rival = undefined;
    }
    if (!this.#isUnsaved && !this.#isUntold) return;
    const stored = await this.#stored(options);
    if (stored && !this.#own.has(stored.registrationAccessToken)) throw new StaleRegistrationTokenError(this.id);
    // What is there already is not written again: it might be written over what another process puts there meanwhile.
    this.#isUnsaved = !isSame(stored, this.#credentials);
    await this.#save(options, UNCHANGED);
  }

  /** Whether the store has a token that was never this handle's; looks twice, for the other may be about to store it. */
  async #isReplaced(options: CallOptions): Promise<boolean> {
    for (const pause of this.#store ? [0, STORING] : []) {
      if (pause) await sleep(pause, options.signal);
      const stored = await this.#stored(options);
      if (stored && !this.#own.has(stored.registrationAccessToken)) return true;
    }
    return false;
  }

  #stored({ signal }: CallOptions): Promise<RegistrationCredentials | undefined> {
    return read(this.#store, this.id, this.#credentials, signal);
  }
}

/** How long another process may take, in milliseconds, to store the token that it got. */
const STORING = 200;

/** Tells the failure of a store that comes before a call from one that comes after it. */
const UNCHANGED = "nothing was changed: ";

/** What Hydra lets an administrator alone set, and refuses in a registration. */
const ADMINISTRATORS = ["access_token_strategy", "metadata", "skip_consent", "skip_logout_consent"] as const;

/** The methods of `OidcApi` that a {@link DynamicClient} needs. */
export type RegistrationApi = Pick<
  OidcApi,
  "createOidcDynamicClient" | "getOidcDynamicClient" | "setOidcDynamicClient" | "deleteOidcDynamicClient"
>;

/**
 * Does what consists of several steps under one limit of time. `work` heeds the signal that it is given, and says itself
 * what it has done by then; only that time is over is said here.
 */
async function limited<T>(
  label: string,
  options: CallOptions = {},
  work: (limits: CallOptions) => Promise<T>,
): Promise<T> {
  checkTimeout(options.timeout);
  let outcome: Promise<T> | undefined;
  try {
    return await within(options.timeout, [options.signal], label, (signal) => {
      outcome = work({ ...options, signal });
      return outcome;
    });
  } catch (ended) {
    if (!outcome) throw ended;
    return outcome.catch((error) => {
      throw isTimeoutError(error) || isAbortError(error) ? ended : error;
    });
  }
}

/** Refuses what cannot keep credentials before there are any. */
function checkSettings(settings: DynamicClientOptions): void {
  check(Object(settings) === settings, "settings", "must be an object");
  const { store, onRotate } = settings;
  const isStore = [store?.get, store?.set, store?.delete].every((method) => typeof method === "function");
  check(store == null || isStore, "store", "must have get, set and delete");
  check(onRotate == null || typeof onRotate === "function", "onRotate", "must be a function");
}

/**
 * Awaits a call that changes the server, and tells a failure after which the server is as it was from one after which nobody
 * knows.
 */
async function known<T>(id: string | undefined, consequence: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (!mayBeDone(cause)) throw cause;
    throw new RegistrationStateUnknownError(id, `${(cause as Error).message}; ${consequence}`, { cause });
  }
}

function mayBeDone(error: unknown): boolean {
  if (isNetworkError(error)) return !whyUnsent(error);
  // Of a gateway that has lost the server, or waited for it in vain; Cloudflare has codes of its own for that.
  if (isResponseError(error)) return /^5(02|04|2[0-4])$/.test(`${error.status}`);
  if (isInvalidResponseError(error)) return error.status >= 200 && error.status < 300;
  return (isTimeoutError(error) || isAbortError(error)) && !unbegun.has(error);
}

const isUnauthorized = (error: unknown): boolean => isResponseError(error) && error.status === 401;

/** A client that the server gave, without what it refuses to take back (RFC 7592, section 2.2). */
function sendable(client: OAuth2Client): OAuth2Client {
  const { registration_client_uri, client_id_issued_at, ...rest } = withoutEcho(client) as OAuth2Client & {
    client_id_issued_at?: number;
  };
  return rest;
}

/** Whether what is there, in a store that may have `null` for no secret, are these credentials. */
const isSame = (there: RegistrationCredentials | undefined, credentials: RegistrationCredentials): boolean =>
  there?.registrationAccessToken === credentials.registrationAccessToken &&
  (there.clientSecret || undefined) === credentials.clientSecret;

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
async function read(
  store: RegistrationStore | undefined,
  id: string,
  known: Partial<RegistrationCredentials>,
  signal?: AbortSignal,
): Promise<RegistrationCredentials | undefined> {
  try {
    const stored = (await within(undefined, [signal], "the store", async () => store?.get(id))) as
      | Partial<RegistrationCredentials>
      | null
      | undefined;
    return stored?.registrationAccessToken ? (stored as RegistrationCredentials) : undefined;
  } catch (thrown) {
    throw storeError(id, `${UNCHANGED}the store does not give the credentials of ${id}`, known, thrown);
  }
}

/** The failure of a store, whose own error may show the credentials. */
function storeError(id: string, problem: string, credentials: Partial<RegistrationCredentials>, thrown: unknown) {
  const secrets = [credentials.registrationAccessToken, credentials.clientSecret].filter((secret) => secret != null);
  const options = thrown === undefined ? undefined : { cause: safeCause(thrown, redactor(secrets)) };
  return new RegistrationStoreError(id, problem, credentials as RegistrationCredentials, options);
}
