/** The value of an `Authorization` header for HTTP Basic, both halves form-encoded first (RFC 6749, section 2.3.1). */
export function basicAuthorization(clientId: string, clientSecret: string): string {
  return `Basic ${btoa(`${formEncode(clientId)}:${formEncode(clientSecret)}`)}`;
}

/** `application/x-www-form-urlencoded`, as RFC 6749, appendix B, asks. */
export const formEncode = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);
