import { withoutResponseMembers } from "../api/oidc.ts";
import { applyChange, type ClientChange } from "../clients/update.ts";
import { connectionFailure } from "../core/connection.ts";
import { type Limits, untilAborted, withDeadline } from "../core/deadline.ts";
import {
  InvalidResponseError,
  isAbortError,
  isInvalidResponseError,
  isMissing,
  isNetworkError,
  isResponseError,
  isTimeoutError,
} from "../core/errors.ts";
import { hideGetters } from "../core/inspect.ts";
import { HydraResponse } from "../core/response.ts";
import type { CallOptions } from "../core/transport.ts";
import { assertInput, assertTimeout, requireParameters } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { assertSettings, CredentialKeeper, readCredentials, readRecord, UNCHANGED } from "./credential-keeper.ts";
import {
  isRegistrationStateUnknownError,
  RegistrationStateUnknownError,
  StaleRegistrationTokenError,
} from "./errors.ts";
import type {
  DynamicClientOptions,
  OAuth2ClientChanges,
  OpenDynamicClientOptions,
  RecoverOptions,
  Recovery,
  RecreationApi,
  RegistrationApi,
  RegistrationCredentials,
} from "./types.ts";

/**
 * A client that registered itself (RFC 7591) and manages itself (RFC 7592). Every update replaces its registration access
 * token: the new one is stored before the caller receives the result. Calls on one handle wait for each other. Logging a
 * handle reveals no credentials.
 *
 * A token that the server has issued but that never arrived in the store is lost: the response was lost, or the process was
 * killed before it stored the token. The SDK cannot prevent that, but it cannot happen unnoticed. Before it sends an update,
 * a handle writes a record of it to the store, and does not send it if the store fails. If the update has no known outcome,
 * every handle with that store says so: `unfinishedUpdate` is set as soon as the handle is opened, and if the token is
 * invalid, calls reject with a `RegistrationStateUnknownError`. {@link recover} then finds out whether the token was lost,
 * and creates the client again as an administrator. If a process is killed in `register`, a client may remain whose ID is
 * unknown.
 *
 * A call's `timeout` and `signal` cover the entire call: waiting for earlier calls, the store and the change. A `change`, a
 * store and an `onRotate` must not wait for a call on their own handle, because that call waits for them.
 *
 * A change by the admin API (`patchOAuth2Client`, `setOAuth2Client`, `updateOAuth2Client`) invalidates the token for good:
 * from then on every call rejects with a 401, and only the admin API can change the client.
 *
 * If two processes update one client, the slower one rejects with a `StaleRegistrationTokenError`. A window remains on a
 * server that does not process requests about a client one after the other: if both updates arrive while the same token is
 * valid, both may receive a new one. Only one of those is valid, and the store may contain the other. If several processes
 * update one client, acquire a lock around the updates.
 *
 * Works with other servers too, such as oidc-provider. If the registration endpoint is not `/oauth2/register`, pass a
 * `fetch` in the configuration that replaces the path.
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
   * Preserves the name in bundles: esbuild renames a class that refers to itself.
   * @internal
   */
  static get name(): string {
    return "DynamicClient";
  }

  /** The `client_id`. */
  readonly id: string;
  readonly #api: RegistrationApi;
  readonly #keeper: CredentialKeeper;
  /** The store's token, if `open` was passed another one and no call has determined yet which of them is valid. */
  #rivalToken: string | undefined;
  /** The response to a deletion whose credentials are still in the store. */
  #deletion: HydraResponse<void> | undefined;
  /** Whether the response to a deletion was lost: an invalid token then means that the client is deleted. */
  #mayBeDeleted = false;
  /** The end of the last call. */
  #lastCall: Promise<unknown> = Promise.resolve();

  private constructor(api: RegistrationApi, id: string, keeper: CredentialKeeper) {
    this.id = id;
    this.#api = api;
    this.#keeper = keeper;
    hideGetters(this);
  }

  /**
   * Registers a client. Its credentials are stored before this resolves.
   *
   * @param oidcApi sends this call and all later ones of the handle
   * @param client the client to register; `{}` for the defaults
   * @param settings where the credentials are stored, and who is notified of new ones
   * @param options of the call
   * @throws {@link RequiredError} `client` is missing
   * @throws {@link InvalidInputError} `store` or `onRotate` is invalid; no request was sent
   * @throws {@link RegistrationStateUnknownError} no usable response arrived: a client may exist whose credentials are lost
   * @throws {@link RegistrationStoreError} the client is registered, and the store failed
   * @throws {@link NetworkError} the connection was never established: nothing was registered
   * @throws {@link ResponseError} 400 or 403 a field cannot be set this way; 404 dynamic registration is off
   */
  static register(
    oidcApi: RegistrationApi,
    client: OAuth2Client,
    settings: DynamicClientOptions = {},
    options?: CallOptions,
  ): Promise<DynamicClient> {
    return runSteps("DynamicClient.register", options, async (limits) => {
      requireParameters({ client }, ["client"]);
      assertSettings(settings);
      const registration = oidcApi.createOidcDynamicClient({ oAuth2Client: client }, limits);
      const { data } = await outcomeOf(registration, undefined, "a client may exist whose credentials are lost");
      const { client_id: id, registration_access_token: token } = Object(data) as OAuth2Client;
      if (!id || !token) {
        throw new RegistrationStateUnknownError(
          id,
          `the response to a registration has no ${id ? "registration_access_token" : "client_id"}`,
          { client: data },
        );
      }
      const credentials = credentialsOf(data, { registrationAccessToken: token });
      const keeper = new CredentialKeeper(id, credentials, settings);
      await keeper.save(limits.signal);
      return new DynamicClient(oidcApi, id, keeper);
    });
  }

  /**
   * Opens a client that is registered already. Reads the store and saves the credentials in `settings`; sends no request.
   *
   * @param oidcApi sends the calls of the handle
   * @param settings which client, and its token, a store, or both
   * @param options limits the time that the store may take
   * @throws {@link RequiredError} `id` is missing
   * @throws {@link InvalidInputError} neither the store nor `registrationAccessToken` provides a token, or `store` or
   * `onRotate` is invalid
   * @throws {@link RegistrationStoreError} the store failed
   */
  static open(oidcApi: RegistrationApi, settings: OpenDynamicClientOptions, options?: Limits): Promise<DynamicClient> {
    return runSteps("DynamicClient.open", options, async ({ signal }) => {
      const { id, registrationAccessToken, clientSecret, store } = requireParameters(settings, ["id"]);
      assertSettings(settings);
      const passed = { registrationAccessToken, clientSecret };
      const stored = await readCredentials(store, id, passed, signal);
      const record = await readRecord(store, id, passed, signal);
      const token = registrationAccessToken || stored?.registrationAccessToken;
      assertInput(
        token && typeof token === "string",
        "registrationAccessToken",
        `is missing: ${store ? "the store does not contain it either" : "pass it, or a store that contains it"}`,
      );
      const secret = clientSecret || stored?.clientSecret;
      const credentials = { registrationAccessToken: token, ...(secret && { clientSecret: secret }) };
      const keeper = new CredentialKeeper(id, credentials, settings, stored, record);
      const handle = new DynamicClient(oidcApi, id, keeper);
      if (stored && stored.registrationAccessToken !== token) {
        handle.#rivalToken = stored.registrationAccessToken;
        keeper.adopt(stored.registrationAccessToken);
      } else {
        await keeper.save(signal);
      }
      return handle;
    });
  }

  /** The token that the next call sends. A secret. */
  get registrationAccessToken(): string {
    return this.#keeper.credentials.registrationAccessToken;
  }

  /** The client's secret, if the server has issued one or it was passed to `open`. */
  get clientSecret(): string | undefined {
    return this.#keeper.credentials.clientSecret;
  }

  /**
   * When an update began that was sent with this token and whose outcome is unknown: its process was killed, its response was
   * lost, or it is still in progress. The token may be invalid; {@link recover} finds out. `undefined` if there is none.
   */
  get unfinishedUpdate(): Date | undefined {
    const { updateStarted } = this.#keeper.record ?? {};
    return updateStarted === undefined ? undefined : new Date(updateStarted);
  }

  /**
   * Returns the client.
   *
   * @throws {@link StaleRegistrationTokenError} another process has replaced the token
   * @throws {@link RegistrationStateUnknownError} the token is invalid, and there is an {@link unfinishedUpdate}: call
   * {@link recover}
   * @throws {@link ResponseError} 401 the token is invalid: the client was deleted, or changed by the admin API, or another
   * process has replaced the token and has not stored the new one yet
   */
  get(options?: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    return this.#call("get", options, (limits) => this.#get(limits));
  }

  /**
   * Changes the client: reads it, merges `changes` into it, and puts it back without the fields that the server rejects in
   * an update. Never retried automatically. Fields that only an administrator can set (`access_token_strategy`, `metadata`,
   * `skip_consent`, `skip_logout_consent`) are reset to the server's defaults.
   *
   * @param changes the fields to set, `undefined` for the server's default; or a {@link ClientChange}
   * @param options of both requests; `timeout` and `signal` cover the entire call
   * @returns the response, which also contains the new token
   * @throws {@link RegistrationStateUnknownError} no readable response arrived, or the token is invalid and there is an
   * {@link unfinishedUpdate}: call {@link recover}
   * @throws {@link RegistrationStoreError} the client is changed, and the store failed; or, if the message says so, nothing
   * was changed, because the store still does not accept the credentials of an earlier call
   * @throws {@link StaleRegistrationTokenError} another process has replaced the token; nothing was changed
   * @throws {@link ResponseError} 400 or 403 a field cannot be set this way; 401 the token is invalid
   */
  update(changes: OAuth2ClientChanges | ClientChange, options?: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    return this.#call("update", options, async (limits) => {
      requireParameters({ changes }, ["changes"]);
      const { data } = await this.#get(limits);
      const current = acceptableClient(data);
      for (const name of ADMINISTRATORS_FIELDS) delete current[name];
      const wanted =
        typeof changes === "function"
          ? await untilAborted(applyChange(current, changes), limits.signal)
          : ({ ...current, ...changes } as OAuth2Client);
      return this.#put(wanted, limits);
    });
  }

  /**
   * Replaces the entire client: omitted fields are reset to the server's defaults. A client that contains its
   * `registration_access_token` is treated as a response of the server, and is put without the fields that the server
   * rejects in an update.
   *
   * @throws as {@link update}
   */
  replace(client: OAuth2Client, options?: CallOptions): Promise<HydraResponse<OAuth2Client>> {
    return this.#call("replace", options, async (limits) => {
      requireParameters({ client }, ["client"]);
      return this.#put(client.registration_access_token ? acceptableClient(client) : client, limits);
    });
  }

  /**
   * Deletes the client, then its credentials in the store. Call it again if it fails: after a deletion whose response was
   * lost, an invalid token means that the client is deleted.
   *
   * @throws {@link RegistrationStateUnknownError} no response arrived: delete again, or call {@link recover}, whose `"lost"`
   * then means that the client is deleted
   * @throws {@link RegistrationStoreError} the client is deleted, and the store failed; or, if the message says so, nothing
   * was changed, because the store still does not accept the credentials of an earlier call
   * @throws {@link StaleRegistrationTokenError} another process has replaced the token; nothing was deleted
   * @throws {@link ResponseError} 401 the token is invalid
   */
  delete(options?: CallOptions): Promise<HydraResponse<void>> {
    return this.#call("delete", options, async (limits) => {
      this.#deletion ??= await this.#delete(limits);
      await this.#keeper.delete(limits.signal);
      return this.#deletion;
    });
  }

  /**
   * Finds out, after a {@link RegistrationStateUnknownError} or if there is an {@link unfinishedUpdate}, whether the token is
   * still valid: see {@link Recovery}. Before calling it, wait until a request that may still be in progress has ended.
   *
   * Hydra has no way to issue a new token for an existing client, not even to an administrator. With an `oAuth2Api`,
   * `recover` therefore deletes a client whose token is lost, and creates it again: with the same ID, the same metadata and
   * the secret of the store, or a new secret if the store has none. Deleting a client revokes its access and refresh tokens
   * and the consent of its users. To avoid that, manage the client with the admin API from then on.
   *
   * The client is first set to its own metadata, so that a server that would not create it rejects it before anything is
   * deleted, and then recorded in the store. If the process is killed or an error is thrown, call `recover` again.
   *
   * @param options of each request, and the admin API
   * @throws {@link InvalidInputError} `oAuth2Api` does not have the methods that are needed; no request was sent
   * @throws {@link StaleRegistrationTokenError} another process has replaced the token, and the store has it
   * @throws {@link RegistrationStoreError} the store failed: unless the message says that nothing was changed, the client is
   * created
   * @throws as {@link get}, if the server cannot tell, and as the methods of `oAuth2Api`
   */
  recover({ oAuth2Api, ...options }: RecoverOptions = {}): Promise<Recovery> {
    const { id } = this;
    return this.#enqueue("recover", options, async (limits) => {
      const isAdmin = RECREATION_METHODS.every((name) => typeof oAuth2Api?.[name] === "function");
      assertInput(oAuth2Api === undefined || isAdmin, "oAuth2Api", "must be an OAuth2Api");
      try {
        await this.#get(limits);
      } catch (error) {
        if (!isUnauthorized(error)) throw error;
        if (await this.#keeper.isReplaced(limits.signal)) throw new StaleRegistrationTokenError(id, { cause: error });
        return oAuth2Api ? this.#recreate(oAuth2Api, limits) : "lost";
      }
      if (this.unfinishedUpdate) await this.#keeper.endUpdate(limits.signal);
      return "unchanged";
    });
  }

  /** Runs a call that authenticates with the token. If the server rejects the token, the error states why. */
  #call<T>(name: string, options: CallOptions | undefined, call: (limits: StepOptions) => Promise<T>): Promise<T> {
    return this.#enqueue(name, options, async (limits) => {
      try {
        return await call(limits);
      } catch (error) {
        throw isUnauthorized(error) ? await this.#explain(error, limits.signal) : error;
      }
    });
  }

  /** Runs one call after another. */
  #enqueue<T>(name: string, options: CallOptions | undefined, call: (limits: StepOptions) => Promise<T>): Promise<T> {
    const earlier = this.#lastCall;
    const done = runSteps(`DynamicClient.${name}`, options, async (limits) => {
      await untilAborted(earlier, limits.signal);
      await this.#settleRival(limits);
      await this.#keeper.catchUp(limits.signal);
      return call(limits);
    });
    // If a call stops waiting, the next one must still wait for the one before.
    this.#lastCall = Promise.allSettled([earlier, done]).then(() => {});
    return done;
  }

  /** Returns the reason why the server rejected the token, as far as the store knows it. */
  async #explain(unauthorized: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    const options = { cause: unauthorized };
    try {
      if (await this.#keeper.isReplaced(signal)) return new StaleRegistrationTokenError(this.id, options);
      await this.#keeper.readRecord(signal);
    } catch {
      // The 401 is more informative than a failure of the store or the deadline.
    }
    const began = this.unfinishedUpdate;
    if (!began) return unauthorized;
    const problem =
      `the registration access token of ${this.id} is invalid: an update began at ${began.toISOString()}, and the token ` +
      "that it returned is not in the store. Call recover(), with an OAuth2Api to create the client again";
    return new RegistrationStateUnknownError(this.id, problem, options);
  }

  /** Finds out which token is valid: the one that was passed to `open`, or the one in the store. */
  async #settleRival(options: StepOptions): Promise<void> {
    if (!this.#rivalToken) return;
    try {
      await this.#get(options);
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      this.#keeper.use(this.#rivalToken);
    }
    this.#rivalToken = undefined;
  }

  async #get(options: StepOptions): Promise<HydraResponse<OAuth2Client>> {
    const { id, registrationAccessToken } = this;
    const response = await this.#api.getOidcDynamicClient({ id, registrationAccessToken }, options);
    if (response.data?.client_id !== id) {
      throw new InvalidResponseError(`the response to a read of ${id} is not that client`, response.status);
    }
    this.#mayBeDeleted = false;
    await this.#keep(response.data, options.signal, UNCHANGED);
    return response;
  }

  async #put(client: OAuth2Client, options: StepOptions): Promise<HydraResponse<OAuth2Client>> {
    const { id, registrationAccessToken } = this;
    // RFC 7592, section 2.2, requires the id in the body; Hydra uses that of the path.
    const oAuth2Client = { ...client, client_id: id };
    const consequence = "its registration access token may be replaced and lost";
    const notProcessed = await this.#keeper.beginUpdate(options.signal);
    const update = this.#api.setOidcDynamicClient({ id, registrationAccessToken, oAuth2Client }, options);
    const response = await outcomeOf(update, id, consequence).catch(async (error) => {
      if (!isRegistrationStateUnknownError(error)) await notProcessed(isUnauthorized(error));
      throw error;
    });
    if (response.data?.client_id !== id) {
      const problem = `the response to an update of ${id} is not that client; ${consequence}`;
      throw new RegistrationStateUnknownError(id, problem, { client: response.data });
    }
    await this.#keep(response.data, options.signal);
    // The server did not replace the token.
    if (this.unfinishedUpdate) await this.#keeper.endUpdate(options.signal);
    return response;
  }

  async #recreate(admin: RecreationApi, options: StepOptions): Promise<Recovery> {
    const { id, clientSecret } = this;
    const existing = await admin.getOAuth2Client({ id }, options).catch((error) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    const client = existing?.data ?? this.#keeper.record?.client;
    if (!client) {
      this.#mayBeDeleted = true;
      return "deleted";
    }
    const metadata = { ...acceptableClient(client), client_id: id };
    const oAuth2Client = { ...metadata, ...(clientSecret && { client_secret: clientSecret }) };
    if (existing) {
      await admin.setOAuth2Client({ id, oAuth2Client }, options);
      await this.#keeper.beginRecreation(metadata, options.signal);
      await admin.deleteOAuth2Client({ id }, options);
    }
    const { data } = await admin.createOAuth2Client({ oAuth2Client }, options);
    if (!data.registration_access_token) {
      const problem = `the response to the creation of ${id} has no registration_access_token`;
      throw new RegistrationStateUnknownError(id, problem, { client: data });
    }
    await this.#keep(data, options.signal);
    return "recreated";
  }

  async #delete(options: StepOptions): Promise<HydraResponse<void>> {
    const { id, registrationAccessToken } = this;
    const deletion = this.#api.deleteOidcDynamicClient({ id, registrationAccessToken }, options);
    try {
      return await outcomeOf(deletion, id, "the client may be deleted");
    } catch (error) {
      this.#mayBeDeleted ||= isRegistrationStateUnknownError(error);
      const isDeleted = this.#mayBeDeleted && isUnauthorized(error) && !(await this.#keeper.isReplaced(options.signal));
      if (!isDeleted) throw error;
      // Replaces the response that was lost.
      return new HydraResponse<void>(new Response(null, { status: 204 }), undefined);
    }
  }

  /** Saves the credentials of a response. */
  #keep(client: OAuth2Client, signal: AbortSignal | undefined, note?: string): Promise<void> {
    return this.#keeper.replace(credentialsOf(client, this.#keeper.credentials), signal, note);
  }
}

const RECREATION_METHODS = ["getOAuth2Client", "setOAuth2Client", "deleteOAuth2Client", "createOAuth2Client"] as const;

/** The fields that only an administrator can set; Hydra rejects them in a registration. */
const ADMINISTRATORS_FIELDS = ["access_token_strategy", "metadata", "skip_consent", "skip_logout_consent"] as const;

/** The options of each of several steps; the signal ends them all. */
type StepOptions = CallOptions & { signal: AbortSignal | undefined };

/**
 * Runs several steps under one deadline. The steps receive a signal, which ends each of them, and no timeout of their own.
 * If the deadline ends them, an error that states what they have done is thrown instead of the deadline's.
 */
async function runSteps<T>(
  label: string,
  options: CallOptions = {},
  steps: (limits: StepOptions) => Promise<T>,
): Promise<T> {
  const { timeout, signal } = options;
  assertTimeout(timeout);
  let outcome: Promise<T> | undefined;
  try {
    return await withDeadline(timeout, [signal], label, (signal) => {
      outcome = steps({ ...options, signal, timeout: timeout === undefined ? undefined : 0 });
      return outcome;
    });
  } catch (ended) {
    if (!outcome) throw ended;
    return outcome.catch((error) => {
      throw isTimeoutError(error) || isAbortError(error) ? ended : error;
    });
  }
}

/**
 * Awaits a call that changes the server.
 *
 * @throws {@link RegistrationStateUnknownError} it failed, and the server may have processed it
 */
async function outcomeOf<T>(call: Promise<T>, id: string | undefined, consequence: string): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (!mayBeCarriedOut(cause)) throw cause;
    throw new RegistrationStateUnknownError(id, `${(cause as Error).message}; ${consequence}`, { cause });
  }
}

/** The statuses of a gateway that lost its connection to the server, or timed out; those from 520 on are Cloudflare's. */
const GATEWAY_FAILURES = [502, 504, 520, 521, 522, 523, 524];

function mayBeCarriedOut(error: unknown): boolean {
  if (isResponseError(error)) return GATEWAY_FAILURES.includes(error.status);
  if (isInvalidResponseError(error)) return error.status >= 200 && error.status < 300;
  if (isNetworkError(error)) return connectionFailure(error) === undefined;
  return (isTimeoutError(error) || isAbortError(error)) && error.mayBeSent !== false;
}

const isUnauthorized = (error: unknown): boolean => isResponseError(error) && error.status === 401;

/** Returns a client of a response without the fields that the server rejects in an update (RFC 7592, section 2.2). */
function acceptableClient(client: OAuth2Client): OAuth2Client {
  const { registration_client_uri, client_id_issued_at, ...rest } = withoutResponseMembers(client) as OAuth2Client & {
    client_id_issued_at?: number;
  };
  return rest;
}

/** Returns the credentials in a response; those that it does not contain are unchanged. */
function credentialsOf(
  { registration_access_token, client_secret }: OAuth2Client,
  before: RegistrationCredentials,
): RegistrationCredentials {
  const clientSecret = client_secret || before.clientSecret;
  return {
    registrationAccessToken: registration_access_token || before.registrationAccessToken,
    ...(clientSecret && { clientSecret }),
  };
}
