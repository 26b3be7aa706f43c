/** Returns the system's error code, such as `ECONNREFUSED`, from what fetch threw, if the runtime provides one. */
export function systemCode(thrown: any): string | undefined {
  try {
    for (let depth = 0; thrown && depth < MAX_DEPTH; depth++, thrown = thrown.cause) {
      if (typeof thrown.code === "string") return thrown.code;
    }
  } catch {
    // A proxy, or a getter that throws: it has no code.
  }
  return undefined;
}

/** The maximum number of nested causes to search: an error may be its own cause. */
const MAX_DEPTH = 9;

/** Codes of a connection that was never established, from runtimes that do not name the system call. */
const UNREACHABLE = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
];

/** Codes of a certificate that is not trusted, or of a server that shares no version of TLS. */
const UNTRUSTED = [
  /^(CERT|CRL|UNABLE_TO|ERR_TLS_CERT)_/,
  /SELF_SIGNED_CERT/,
  /^(INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/,
  /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE)$/,
  /^ERR_SSL_\w*ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION)$/,
];

/**
 * Returns whether what fetch threw means that the connection was never established, so that the server has not received
 * the request: `"transient"` if a retry may help, `"permanent"` if the client does not trust the server or must not use
 * its port; otherwise `undefined`.
 */
export function connectionFailure(thrown: unknown): "transient" | "permanent" | undefined {
  try {
    return classify(thrown);
  } catch {
    // A proxy, or a getter that throws: it does not say.
    return undefined;
  }
}

function classify(thrown: unknown): "transient" | "permanent" | undefined {
  let failures: any[] = [];
  for (let error: any = thrown, depth = 0; error && depth < MAX_DEPTH; depth++, error = error.cause) {
    if (error.message === "bad port") return "permanent";
    // Node tries the addresses of a host one after another, and lists the failure of each.
    if (Array.isArray(error.errors)) failures = error.errors;
    else if (typeof error.syscall === "string") failures = [error];
  }
  const code = systemCode(thrown) ?? "";
  if (UNTRUSTED.some((pattern) => pattern.test(code))) return "permanent";
  // An established connection may fail with the same codes while it is read or written.
  const isUnsent = failures.length
    ? failures.every((failure) => ["connect", "getaddrinfo"].includes(failure?.syscall))
    : UNREACHABLE.includes(code);
  return isUnsent ? "transient" : undefined;
}
