import { InvalidInputError } from "../index.ts";

// The checks of single options, which the listener and the command share.

/** @throws {@link InvalidInputError} `value` is not one of `values` */
export function choice<T extends string>(field: string, value: T, values: readonly T[]): T {
  if (values.includes(value)) return value;
  throw new InvalidInputError(field, `${field} must be one of ${values.join(", ")}`);
}

/**
 * Returns `url`, an origin with or without a trailing slash, without the slash.
 *
 * @throws {@link InvalidInputError} `url` is not an http or https origin
 */
export function originOf(field: string, url: string): string {
  const { origin, href, protocol } = URL.canParse(url) ? new URL(url) : {};
  const isOrigin = href === `${origin}/` && (protocol === "http:" || protocol === "https:");
  if (isOrigin) return origin!;
  throw new InvalidInputError(field, `${field} must be an origin such as http://127.0.0.1:4444, without a path`);
}

/** @throws {@link InvalidInputError} `url` is not an absolute URL */
export function absoluteUrl(field: string, url: string): string {
  if (typeof url === "string" && URL.canParse(url)) return url;
  throw new InvalidInputError(field, `${field} must be an absolute URL`);
}

/**
 * @param permission What allows an address that other machines can reach.
 * @throws {@link InvalidInputError} `host` is empty, or other machines could reach it and nobody has said that they may
 */
export function assertHost(field: string, host: string, isAllowed: boolean, permission: string): void {
  if (typeof host !== "string" || host.trim() === "") {
    throw new InvalidInputError(
      field,
      `${field} must be an address such as 127.0.0.1: an empty one means every address`,
    );
  }
  const isLoopback = host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
  if (isLoopback || isAllowed === true) return;
  throw new InvalidInputError(field, `${field} must be a loopback address, unless ${permission}`);
}

/** @throws {@link InvalidInputError} `origin` is neither an origin nor a pattern of origins */
export function assertCorsOrigin(field: string, origin: string): void {
  if (origin === "*" || /^[a-z][a-z\d+.-]*:\/\/[^\s/?#]+$/i.test(origin)) return;
  throw new InvalidInputError(field, `${field} must list origins such as https://app.example.com, or "*" for all`);
}
