const FIRST_SWEEP = 1024;

/**
 * A map whose entries expire. An expired entry is no longer found; it is removed when the map has doubled since the
 * last sweep, so that insertion stays cheap and memory is bounded by the valid entries.
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

  /** The entry, even if it has expired but was not removed yet. */
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
