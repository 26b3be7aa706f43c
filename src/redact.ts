import { formEncode } from "./client-auth.ts";

/** What of a request may be confidential: its headers, and its query and body as they go out. */
export interface Confidential {
  headers: Record<string, string>;
  query?: string | undefined;
  body?: string | undefined;
}

const NAMES =
  /secret|key$|token$|password|assertion$|verifier|challenge$|^((device|user)_)?code$|^([dkpqrt]|d[pq]|qi)$/i;

/** A function that blanks what a request carries in confidence: a server or a proxy may echo it. */
export function redactor({ headers, query = "", body = "" }: Confidential): (text: string) => string {
  const secrets: string[] = [];
  const collect = (secret: string) => secrets.push(secret, formEncode(secret), JSON.stringify(secret).slice(1, -1));
  const collectForm = (form: string) => {
    for (const [name, value] of new URLSearchParams(form)) if (NAMES.test(name)) collect(value);
  };
  for (const name in headers) {
    if (/^(accept|content-type)$/.test(name)) continue;
    const credential = headers[name]!.replace(/^\w+ /, "");
    collect(headers[name]!);
    collect(credential);
    collectForm(decodeBase64(credential).replace(/^.*?:/, "password="));
  }
  collectForm(query);
  if (!/^[[{]/.test(body)) collectForm(body);
  else {
    JSON.parse(body, function (this: { path?: string }, name, value) {
      if (typeof value === "string" && NAMES.test(name === "value" ? `${this.path}` : name)) collect(value);
      return value;
    });
  }
  const found = secrets.filter((secret) => secret.length > 2).sort((a, b) => b.length - a.length);
  // Whole words: "invalid" may be somebody's token, and "invalid_grant" is still an error code.
  const pattern = found.map((secret) => secret.replace(/[^\w]/g, "\\$&")).join("|");
  const words = new RegExp(`(?<![\\w-])(${pattern})(?![\\w-])`, "g");
  return (text) => (found.length ? text.replace(words, "[secret]") : text);
}

/** What HTTP Basic encodes; of anything else, nothing that matters. */
function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}
