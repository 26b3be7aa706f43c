import { sleep, untilAborted } from "../core/deadline.ts";
import { redactor, safeCause } from "../core/redact.ts";
import { assertInput } from "../core/validate.ts";
import { RegistrationStoreError, StaleRegistrationTokenError } from "./errors.ts";
import type { DynamicClientOptions, RegistrationCredentials, RegistrationStore } from "./types.ts";

/** Begins the message of a store failure that occurs before a call, so that the server has not changed anything. */
export const UNCHANGED = "nothing was changed: ";

/** How long another process may take to store the token that it received, in milliseconds. */
const STORING = 200;

/**
 * Keeps the credentials of one client in memory and in the store, and reports them to `onRotate`. Remembers which of
 * these steps are pending, so that a failed step is repeated before the next call.
 */
export class CredentialKeeper {
  readonly #id: string;
  readonly #store: RegistrationStore | undefined;
  readonly #onRotate: DynamicClientOptions["onRotate"];
  #credentials: RegistrationCredentials;
  /** Every token of this keeper. If a store lags behind and returns one of them, no other process has written. */
  readonly #own: Set<string>;
  #isStored: boolean;
  #isReported = true;
  /** The last write to the store. It may continue after its call timed out, and must not overtake a later one. */
  #lastWrite: Promise<unknown> = Promise.resolve();

  /** `stored` are the credentials in the store. */
  constructor(
    id: string,
    credentials: RegistrationCredentials,
    { store, onRotate }: DynamicClientOptions,
    stored?: RegistrationCredentials,
  ) {
    this.#id = id;
    this.#credentials = credentials;
    this.#own = new Set([credentials.registrationAccessToken]);
    this.#store = store;
    this.#onRotate = onRotate;
    this.#isStored = isSame(stored, credentials);
  }

  get credentials(): RegistrationCredentials {
    return this.#credentials;
  }

  /** Records a token as one of this keeper. */
  adopt(token: string): void {
    this.#own.add(token);
  }

  /** Switches to another token, which the store contains. */
  use(registrationAccessToken: string): void {
    this.#credentials = { ...this.#credentials, registrationAccessToken };
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
      await this.#attempt(`${note}the store did not accept the credentials of ${this.#id}`, signal, () => {
        const write = this.#lastWrite.then(() => this.#store?.set(this.#id, credentials));
        this.#lastWrite = write.catch(() => {});
        return write;
      });
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

  /** Deletes the credentials of a client that was deleted. */
  async delete(signal: AbortSignal | undefined): Promise<void> {
    await this.#attempt(`${this.#id} is deleted, but not in the store`, signal, async () => {
      // A Keyv resolves to false if there was no entry and also if it failed.
      return (await this.#store?.delete(this.#id)) !== false || !(await this.#store?.get(this.#id));
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
export async function readCredentials(
  store: RegistrationStore | undefined,
  id: string,
  known: Partial<RegistrationCredentials>,
  signal: AbortSignal | undefined,
): Promise<RegistrationCredentials | undefined> {
  try {
    const read = async () => store?.get(id);
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
