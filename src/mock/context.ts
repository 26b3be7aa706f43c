import type { State } from "./state.ts";

/** Where a person is sent to log in, to consent, to confirm a logout and to enter a device's user code. */
export interface MockUrls {
  login: string;
  consent: string;
  logout: string;
  device: string;
}

/** What every part of the mock works with: the options as resolved, the time, the dice and the data. */
export interface Context {
  publicUrl: string;
  adminUrl: string;
  dynamicRegistration: boolean;
  corsOrigins: string[];
  urls: MockUrls;
  /** Milliseconds since the epoch, from the injected clock. */
  now(): number;
  random: Random;
  /** Fetches what a client points at, such as its `jwks_uri`. */
  fetch: typeof globalThis.fetch;
  state: State;
}

/** A seeded source of ids and opaque tokens: the same seed gives the same sequence. */
export interface Random {
  uuid(): string;
  /** `bytes` random bytes, base64url. */
  token(bytes?: number): string;
  /** `length` characters out of `alphabet`. */
  pick(alphabet: string, length: number): string;
}
