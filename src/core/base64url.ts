/** Encodes bytes as base64url without padding (RFC 4648, section 5). */
export const base64url = (bytes: Uint8Array): string => base64urlOfBinary(String.fromCharCode(...bytes));

/** The same of a text each of whose characters is a byte, as `atob` returns it. */
export const base64urlOfBinary = (binary: string): string =>
  btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Returns 256 random bits as base64url: characters that need no encoding anywhere. */
export const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));
