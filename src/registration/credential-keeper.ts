import { sleep, untilAborted } from "../core/deadline.ts";
import { redactor, safeCause } from "../core/redact.ts";
import { assertInput } from "../core/validate.ts";
import type { OAuth2Client } from "../types.ts";
import { RegistrationStoreError, StaleRegistrationTokenError } from "./errors.ts";
import type { DynamicClientOptions, RegistrationCredentials, RegistrationStore, UpdateRecord } from "./types.ts";

/** Begins the message of a store failure that occurs before a call, so that the server has not changed anything. */
export const UNCHANGED = "nothing was changed: ";

/** How long another process may take to store the token that it received, in milliseconds. */
const STORING = 200;

/**
 * Keeps the credentials of one client in memory and in the store, and reports them to `onRotate`. Remembers which of
 * these steps are pending, so that a failed step is repeated before the next call.
 *
 * Before an update, it writes a record to the store. If the process is killed, the record tells the next one that the token
 * may be invalid. The record has a key of its own, and refers to the token, so that it cannot overwrite a token of another
 * process, and becomes void with the next token.
 */
export class CredentialKeeper {
  readonly #id: string;
  readonly #store: RegistrationStore | undefined;
  readonly #onRotate: DynamicClientOptions["onRotate"];
  #credentials: RegistrationCredentials;
  /** Every token of this keeper. If a store lags behind and returns one of them, no other process has written. */
  readonly #own: Set<string>;
  /** The record of an update, of this handle or of another process. */
  #record: UpdateRecord | undefined;
  /** When the last update of this keeper began. */
  #lastUpdate: number | undefined;
  #isStored: boolean;
  #isReported = true;
  /** The last write to the store. It may continue after its call timed out, and must not overtake a later one. */
  #lastWrite: Promise<unknown> = Promise.resolve();

  /** `stored` are the credentials in the store, `record` the record of an update. */
  constructor(
    id: string,
    credentials: RegistrationCredentials,
    { store, onRotate }: DynamicClientOptions,
    stored?: RegistrationCredentials,
    record?: UpdateRecord,
  ) {
    this.#id = id;
    this.#credentials = credentials;
    this.#own = new Set([credentials.registrationAccessToken]);
    this.#store = store;
    this.#onRotate = onRotate;
    this.#isStored = isSame(stored, credentials);
    this.#record = record;
  }

  get credentials(): RegistrationCredentials {
    return this.#credentials;
  }

  /** The record of an update that was sent with the current token, and whose outcome is unknown. */
  get record(): UpdateRecord | undefined {
    const { registrationAccessToken, updateStarted } = this.#record ?? {};
    const isCurrent = registrationAccessToken === this.#credentials.registrationAccessToken;
    return isCurrent && typeof updateStarted === "number" ? this.#record : undefined;
  }

  /** Records a token as one of this keeper. */
  adopt(token: string): void {
    this.#own.add(token);
  }

  /** Switches to another token, which the store contains. */
  use(registrationAccessToken: string): void {
    this.#credentials = { ...this.#credentials, registrationAccessToken };
  }

  /**
   * Records that an update begins.
   *
   * @returns a function to call if the server has not processed the update
   * @throws {@link RegistrationStoreError} the store failed; the update must not be sent
   */
  async beginUpdate(signal: AbortSignal | undefined): Promise<(isTokenRejected: boolean) => Promise<void>> {
    const earlier = this.record;
    this.#lastUpdate = Date.now();
    // An earlier record may contain the only copy of a client.
    await this.#writeRecord({ ...earlier, ...this.#credentials, updateStarted: this.#lastUpdate }, signal);
    return async (isTokenRejected) => {
      this.#record = earlier;
      // If the token is invalid, another process may have begun an update as well: then the record is also about that one.
      if (!isTokenRejected) await this.endUpdate(signal);
    };
  }

  /** Records that no update is in progress. If the store fails, the record only causes a needless warning. */
  async endUpdate(signal: AbortSignal | undefined): Promise<void> {
    this.#record = undefined;
    await this.#writeRecord({ ...this.#credentials }, signal).catch(() => {});
  }

  /**
   * Records a client that is about to be deleted and created again.
   *
   * @throws {@link RegistrationStoreError} the store failed; the client must not be deleted
   */
  async beginRecreation(client: OAuth2Client, signal: AbortSignal | undefined): Promise<void> {
    const { updateStarted = Date.now() } = this.record ?? {};
    await this.#writeRecord({ ...this.#credentials, updateStarted, client }, signal);
  }

  /** Reads the record again, because another process may have begun an update with the same token. */
  async readRecord(signal: AbortSignal | undefined): Promise<void> {
    const record = await readRecord(this.#store, this.#id, this.#credentials, signal);
    if (record && record.updateStarted !== this.#lastUpdate) this.#record = record;
  }

  /** Replaces the credentials and saves them, unless they are unchanged. `note` begins the message of a failure. */
  async replace(credentials: RegistrationCredentials, signal: AbortSignal | undefined, note?: string): Promise<void> {
    if (isSame(this.#credentials, credentials)) return;
    this.#credentials = credentials;
    this.adopt(credentials.registrationAccessToken);
    this.#isStored = false;
    this.#isReported = false;
    await this.save(signal, note);
  }

  /**
   * Writes the credentials to the store, then reports them to `onRotate`, if these steps are pending.
   *
   * @throws {@link RegistrationStoreError} one of them failed
   */
  async save(signal: AbortSignal | undefined, note = ""): Promise<void> {
    const credentials = { ...this.#credentials };
    if (!this.#isStored) {
      await this.#write(
        this.#id,
        credentials,
        `${note}the store did not accept the credentials of ${this.#id}`,
        signal,
      );
      this.#isStored = true;
    }
    if (!this.#isReported) {
      await this.#attempt(`${note}onRotate failed with the new credentials of ${this.#id}`, signal, async () => {
        await this.#onRotate?.({ id: this.#id, ...credentials });
      });
      this.#isReported = true;
    }
  }

  /**
   * Repeats the steps that failed in an earlier call.
   *
   * @throws {@link StaleRegistrationTokenError} another process has stored a token in the meantime
   */
  async catchUp(signal: AbortSignal | undefined): Promise<void> {
    if (this.#isStored && this.#isReported) return;
    const stored = await this.#read(signal);
    if (this.#isForeign(stored)) throw new StaleRegistrationTokenError(this.#id);
    // Credentials that are stored already are not written again: that could overwrite those of another process.
    this.#isStored = isSame(stored, this.#credentials);
    await this.save(signal, UNCHANGED);
  }

  /** Whether the store contains a token of another process. Reads twice, because that process may be about to store it. */
  async isReplaced(signal: AbortSignal | undefined): Promise<boolean> {
    if (!this.#store) return false;
    if (this.#isForeign(await this.#read(signal))) return true;
    await sleep(STORING, signal);
    return this.#isForeign(await this.#read(signal));
  }

  /** Deletes the record and the credentials of a client that was deleted. */
  async delete(signal: AbortSignal | undefined): Promise<void> {
    await this.#attempt(`${this.#id} is deleted, but not in the store`, signal, async () => {
      await this.#store?.delete(recordKey(this.#id));
      // A Keyv resolves to false if there was no entry and also if it failed.
      return (await this.#store?.delete(this.#id)) !== false || !(await this.#store?.get(this.#id));
    });
  }

  async #writeRecord(record: UpdateRecord, signal: AbortSignal | undefined): Promise<void> {
    const problem = `${UNCHANGED}the store did not accept the record of an update of ${this.#id}`;
    await this.#write(recordKey(this.#id), record, problem, signal);
    this.#record = record;
  }

  async #write(
    key: string,
    value: RegistrationCredentials | UpdateRecord,
    problem: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await this.#attempt(problem, signal, () => {
      const write = this.#lastWrite.then(() => this.#store?.set(key, value));
      this.#lastWrite = write.catch(() => {});
      return write;
    });
  }

  #isForeign(stored: RegistrationCredentials | undefined): boolean {
    return stored !== undefined && !this.#own.has(stored.registrationAccessToken);
  }

  #read(signal: AbortSignal | undefined): Promise<RegistrationCredentials | undefined> {
    return readCredentials(this.#store, this.#id, this.#credentials, signal);
  }

  /**
   * Runs the caller's code. It is started even after the deadline, because the credentials from the server must be saved.
   *
   * @throws {@link RegistrationStoreError} it failed, or resolved to `false`; contains the credentials
   */
  async #attempt(problem: string, signal: AbortSignal | undefined, work: () => Promise<unknown>): Promise<void> {
    let cause: unknown;
    try {
      if ((await untilAborted(work(), signal)) !== false) return;
    } catch (thrown) {
      cause = thrown;
    }
    throw storeError(this.#id, problem, this.#credentials, cause);
  }
}

/**
 * Reads the credentials of a client from a store; `undefined` if it does not contain a token. `known` are other
 * credentials, which the error must not show.
 *
 * @throws {@link RegistrationStoreError} the store failed
 */
export function readCredentials(
  store: RegistrationStore | undefined,
  id: string,
  known: Partial<RegistrationCredentials>,
  signal: AbortSignal | undefined,
): Promise<RegistrationCredentials | undefined> {
  return readKey(store, id, id, known, signal);
}

/** Reads the record of an update, as {@link readCredentials}. */
export function readRecord(
  store: RegistrationStore | undefined,
  id: string,
  known: Partial<RegistrationCredentials>,
  signal: AbortSignal | undefined,
): Promise<UpdateRecord | undefined> {
  return readKey(store, recordKey(id), id, known, signal);
}

const recordKey = (id: string): string => `${id}#update`;

async function readKey(
  store: RegistrationStore | undefined,
  key: string,
  id: string,
  known: Partial<RegistrationCredentials>,
  signal: AbortSignal | undefined,
): Promise<RegistrationCredentials | undefined> {
  try {
    const read = async () => store?.get(key);
    const stored = (await untilAborted(read(), signal)) as Partial<RegistrationCredentials> | null | undefined;
    return stored?.registrationAccessToken ? (stored as RegistrationCredentials) : undefined;
  } catch (thrown) {
    throw storeError(id, `${UNCHANGED}the store did not return the credentials of ${id}`, known, thrown);
  }
}

/** Returns the error for a failing store, whose own error may contain the credentials. */
function storeError(id: string, problem: string, credentials: Partial<RegistrationCredentials>, thrown: unknown) {
  const secrets = [credentials.registrationAccessToken, credentials.clientSecret].filter((secret) => secret != null);
  const options = thrown === undefined ? undefined : { cause: safeCause(thrown, redactor(secrets)) };
  return new RegistrationStoreError(id, problem, credentials as RegistrationCredentials, options);
}

/** Whether `stored` are these credentials; a store may contain `null` for a missing secret. */
const isSame = (stored: RegistrationCredentials | undefined, credentials: RegistrationCredentials): boolean =>
  stored?.registrationAccessToken === credentials.registrationAccessToken &&
  (stored.clientSecret || undefined) === credentials.clientSecret;

/** Asserts, before there are credentials, that `settings` are valid. */
export function assertSettings(settings: DynamicClientOptions): void {
  assertInput(Object(settings) === settings, "settings", "must be an object");
  const { store, onRotate } = settings;
  const isStore = [store?.get, store?.set, store?.delete].every((method) => typeof method === "function");
  assertInput(store == null || isStore, "store", "must have get, set and delete");
  assertInput(onRotate == null || typeof onRotate === "function", "onRotate", "must be a function");
}
