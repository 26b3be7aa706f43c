import type { Exchange } from "../context.ts";
import { objectBody } from "./body.ts";
import { OAuthError } from "./oauth-error.ts";

/** The JSON body of an acceptance or a rejection. */
export function flowBody(c: Exchange): Record<string, unknown> {
  try {
    return objectBody(c);
  } catch {
    throw new OAuthError("invalid_request", "The body is not a JSON object.");
  }
}

/** A field of a body, or `fallback` where it is absent. @throws OAuthError where it has another type. */
export function field<T>(
  body: Record<string, unknown>,
  name: string,
  is: (value: unknown) => value is T,
  fallback: NoInfer<T>,
): T {
  const value = body[name] ?? fallback;
  if (!is(value)) throw new OAuthError("invalid_request", `The field '${name}' has the wrong type.`);
  return value;
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
