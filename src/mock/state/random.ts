/** A seeded source of ids, secrets and opaque tokens: the same seed gives the same sequence. */
export interface Random {
  /** A version 4 UUID. */
  uuid(): string;
  /** `bytes` random bytes as base64url. Default 32. */
  token(bytes?: number): string;
  /** An opaque token in the server's format, `ory_at_….…` for `kind` `"at"`. */
  opaque(kind: string): string;
  /** `length` characters of `alphabet`. */
  pick(alphabet: string, length: number): string;
}

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** @param seed Any text; equal seeds give equal sequences. */
export function seededRandom(seed: string): Random {
  const word = generator(seed);
  const pick = (alphabet: string, length: number): string => {
    let text = "";
    while (text.length < length) text += alphabet[word() % alphabet.length];
    return text;
  };
  // The last character of unpadded base64 carries fewer than six bits: any other would not decode to whole bytes.
  const token = (bytes = 32): string => {
    const bits = (bytes * 8) % 6;
    const whole = pick(BASE64URL, Math.floor((bytes * 8) / 6));
    return bits === 0 ? whole : whole + BASE64URL[(word() % 2 ** bits) << (6 - bits)];
  };
  return {
    uuid() {
      const hex = pick("0123456789abcdef", 30);
      const variant = pick("89ab", 1);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`;
    },
    token,
    opaque: (kind) => `ory_${kind}_${token()}.${token()}`,
    pick,
  };
}

/** The small fast counter generator "sfc32": 128 bits of state, 32 bits at a time. */
function generator(seed: string): () => number {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (const char of seed) {
    a ^= char.codePointAt(0)!;
    next();
  }
  for (let round = 0; round < 12; round++) next();
  return next;
}
