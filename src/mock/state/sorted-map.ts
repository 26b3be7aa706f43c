const CHUNK = 512;

/**
 * A map that can also be iterated in the order of its keys from any key on, so that page `n` of a list costs as much
 * as page 1. Everything else behaves as in any `Map`.
 */
export class SortedMap<V> extends Map<string, V> {
  /** The sorted keys, in chunks of bounded length: an insertion moves the tail of one chunk, not of the whole list. */
  #chunks: string[][] = [];

  constructor(entries: Iterable<readonly [string, V]> = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }

  override set(key: string, value: V): this {
    if (!this.has(key)) this.#insert(key);
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    if (!super.delete(key)) return false;
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at]!;
    chunk.splice(lowerBound(chunk, key), 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
    return true;
  }

  override clear(): void {
    super.clear();
    this.#chunks = [];
  }

  /** The values in the order of their keys, starting after `key`, which need not be in the map. */
  *after(key: string): Generator<V> {
    for (let at = this.#chunkOf(key); at < this.#chunks.length; at++) {
      const chunk = this.#chunks[at]!;
      for (let i = lowerBound(chunk, key); i < chunk.length; i++) if (chunk[i] !== key) yield this.get(chunk[i]!)!;
    }
  }

  #insert(key: string): void {
    if (this.#chunks.length === 0) this.#chunks.push([]);
    const at = Math.min(this.#chunkOf(key), this.#chunks.length - 1);
    const chunk = this.#chunks[at]!;
    chunk.splice(lowerBound(chunk, key), 0, key);
    if (chunk.length > CHUNK) this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK / 2));
  }

  /** The first chunk whose last key is not before `key`. */
  #chunkOf(key: string): number {
    let [low, high] = [0, this.#chunks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#chunks[middle]!.at(-1)! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The index of the first of the sorted `keys` that is not before `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
