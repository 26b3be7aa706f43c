import type { Exchange } from "../context.ts";
import { formBody } from "./body.ts";
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

/** The items of a space-separated list, without the white space around them. */
export function spaceSeparated(text: string | null | undefined): string[] {
  return withoutEmpty((text ?? "").split(" "));
}

/** Trims each item and drops those that are empty. */
export function withoutEmpty(items: readonly string[]): string[] {
  return items.map((item) => item.trim()).filter((item) => item !== "");
}

/** Whether a list contains an item, whatever the case of its letters: the server compares most names like that. */
export function includesInAnyCase(list: readonly string[], item: string): boolean {
  return list.some((each) => each.toLowerCase() === item.toLowerCase());
}

export function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}
