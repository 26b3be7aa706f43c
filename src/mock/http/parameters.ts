import type { Exchange } from "../context.ts";
import { formBody, objectBody } from "./body.ts";
import { OAuthError } from "./oauth-error.ts";

/** The parameters of a form body, followed by those of the query. The first of a name counts. */
export async function formAndQuery(c: Exchange): Promise<URLSearchParams> {
  return new URLSearchParams([...(await formBody(c)), ...new URL(c.req.url).searchParams]);
}

/** @throws OAuthError `invalid_request` if the body was not a form or has no parameters. */
export function requireParameters(form: URLSearchParams): URLSearchParams {
  if (form.size === 0) throw new OAuthError("invalid_request", "The body is empty or not a form.");
  return form;
}

/** The items of a space-separated list. */
export function spaceSeparated(text: string | null | undefined): string[] {
  return (text ?? "").split(" ").filter((item) => item !== "");
}

export function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}

/** The JSON body of an endpoint that refuses it with an OAuth error. @throws OAuthError if it is not an object. */
export function jsonParameters(c: Exchange): Record<string, unknown> {
  try {
    return objectBody(c);
  } catch {
    throw new OAuthError("invalid_request", "The body is not a JSON object.");
  }
}

/** One member of a JSON body, or `fallback` if it is absent. @throws OAuthError if it has the wrong type. */
export function member<T>(
  body: Record<string, unknown>,
  name: string,
  isValid: (value: unknown) => value is T,
  fallback: NoInfer<T>,
): T {
  const value = body[name] ?? fallback;
  if (!isValid(value)) throw new OAuthError("invalid_request", `The field '${name}' has the wrong type.`);
  return value;
}

export function isString(value: unknown): value is string {
  return typeof value === "string";
}

export function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isString);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
