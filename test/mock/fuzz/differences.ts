/** A class of requests that the mock answers differently than a real server. */
export interface Difference {
  /** Matches `METHOD path: what differs`. */
  pattern: RegExp;
  /** How many of the recorded requests show it. */
  recorded: number;
  /** Why the mock does not do as the server does. */
  reason: string;
}

/** Every difference that is known to remain. */
export const DIFFERENCES: readonly Difference[] = [
  {
    pattern: /: h\.access-control-allow-origin$/,
    recorded: 0,
    reason:
      "Where clients have no origins of their own, a server's pattern such as https://*.example.com allows any number of labels. The mock allows one, as the token endpoint does: the safer of the two.",
  },
  {
    pattern: /: h\.link\.0$/,
    recorded: 0,
    reason: "Page tokens of a server are encrypted. Those of the mock are readable, so that a test can explain itself.",
  },
];
