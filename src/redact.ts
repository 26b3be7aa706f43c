import { formEncode } from "./form.ts";

/** A function that blanks `secrets`, in whichever form a server or a proxy may echo them. */
export function redactor(secrets: string[]): (text: string) => string {
  // The longer first, for one may begin as another does.
  const pattern = secrets
    .flatMap((secret) => [secret, formEncode(secret), JSON.stringify(secret).slice(1, -1)])
    .sort()
    .reverse()
    .map((secret) => (secret[2] ? `${secret.replace(/\W/g, "\\$&")}|` : ""))
    .join("");
  // Whole words: "invalid" may be somebody's token, and "invalid_grant" is still an error code.
  const words = new RegExp(`(?<![\\w-])(${pattern}(?!))(?![\\w-])`, "g");
  return (text) => text.replace(words, "[secret]");
}

/** What a value shows that is confidential: itself, without its scheme, and the password that HTTP Basic encodes. */
export function confidential(value: string): string[] {
  const credential = value.replace(/^\w+ /, "");
  try {
    const [, password] = /:(.*)/s.exec(atob(credential))!;
    return [value, credential, password!, new URLSearchParams(`=${password}`).get("")!];
  } catch {
    return [value, credential];
  }
}

const NAMES =
  /secret|key$|token$|password|assertion$|verifier|challenge$|^((device|user)_)?code$|^([dkpqrt]|d[pq]|qi)$/i;

/** What of a request is confidential: its headers, and by name what its query and its body hold. */
export function secretsOf(headers: Record<string, string>, query: string, body = ""): string[] {
  const fields = [...new URLSearchParams(query)];
  for (const name in headers) if (!/^(accept|content-type)$/.test(name)) fields.push(["secret", headers[name]!]);
  if (!/^[[{]/.test(body)) fields.push(...new URLSearchParams(body));
  else {
    JSON.parse(body, function (this: { path?: string }, name, value) {
      if (typeof value === "string") fields.push([name === "value" ? `${this.path}` : name, value]);
      return value;
    });
  }
  return fields.flatMap(([name, value]) => (NAMES.test(name) ? confidential(value) : []));
}
