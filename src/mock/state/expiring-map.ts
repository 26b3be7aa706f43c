const FIRST_SWEEP = 1024;

/**
 * A map that forgets what has expired. An expired entry is not found any more; it is removed when the map has doubled
 * since it was last swept, so that an insertion stays cheap and memory follows what is alive.
 */
export class ExpiringMap<V extends { expiresAt: number }> extends Map<string, V> {
  readonly #now: () => number;
  #sweepAt = FIRST_SWEEP;

  /** @param now Milliseconds since the epoch, as are the entries' `expiresAt`. */
  constructor(now: () => number) {
    super();
    this.#now = now;
  }

  override get(key: string): V | undefined {
    const value = this.peek(key);
    return value && value.expiresAt > this.#now() ? value : undefined;
  }

  /** The entry, even one that has expired and was not removed yet. */
  peek(key: string): V | undefined {
    return super.get(key);
  }

  override has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  override set(key: string, value: V): this {
    super.set(key, value);
    if (this.size >= this.#sweepAt) {
      const now = this.#now();
      for (const [each, { expiresAt }] of this) if (expiresAt <= now) this.delete(each);
      this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.size);
    }
    return this;
  }
}
