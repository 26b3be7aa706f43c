/** A class of requests that the mock answers differently than a real server. */
export interface Difference {
  /** Matches `METHOD path: what differs`. */
  pattern: RegExp;
  /** Why the mock does not do as the server does. */
  reason: string;
}

/** Every difference that remains. The recordings of `test/fixtures/hydra/stories.jsonl.br` show none of them. */
export const DIFFERENCES: readonly Difference[] = [
  {
    pattern: /^(GET|POST) \/userinfo: status$/,
    reason:
      "A bearer header with two JWTs in it: the server answers 401 or 400 depending on which part of the text it takes for the signature.",
  },
];
