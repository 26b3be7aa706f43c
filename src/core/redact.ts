import { formEncode } from "./form.ts";

/** A function that blanks `secrets`, in whichever form a server or a proxy may echo them. */
export function redactor(secrets: string[]): (text: string) => string {
  const forms = secrets.flatMap((secret) => [secret, formEncode(secret), JSON.stringify(secret).slice(1, -1)]);
  // The longer first, for one may be part of another.
  const known = [...new Set(forms)].filter((form) => form[2]).sort((a, b) => b.length - a.length);
  // A short one as a whole word: "invalid" may be somebody's token, and "invalid_grant" is still an error code.
  const blank = (form: string, at: number, text: string) =>
    form[15] || !/[\w-]/.test(text.charAt(at - 1) + text.charAt(at + form.length)) ? "[secret]" : form;
  return (text) => known.reduce((clean, form) => clean.replaceAll(form, blank), text);
}

/** What a value shows that is confidential: itself, without its scheme, and the password that HTTP Basic encodes. */
export function confidential(value: string): string[] {
  const credential = value.replace(/^(basic|bearer|dpop) /i, "");
  try {
    const [, password] = /:(.*)/s.exec(atob(credential))!;
    return [value, credential, password!, new URLSearchParams(`=${password}`).get("")!];
  } catch {
    return [value, credential];
  }
}

/** What is confidential, as a name or in a JSON Pointer. */
const NAMES =
  /(secret\w*|key|\wkeys|tokens?(_hint)?|password|assertion|verifier|challenge)(\/|$)|(^|\/)(((device|user)_)?code|[dkpqrt]|d[pq]|qi|jwt|request)(\/|$)/i;

/** What of a request is confidential: its headers, and by name what its query and its body hold. */
export function secretsOf(headers: Record<string, string>, query: string, body = ""): string[] {
  const secrets: string[] = [];
  const collect = (value: any, hidden?: boolean): void => {
    if (typeof value === "string") secrets.push(...(hidden ? confidential(value) : []));
    else {
      for (const name in value) {
        collect(value[name], hidden || NAMES.test(name === "value" ? `${value.path}` : name));
      }
    }
  };
  const collectForm = (form: string) => {
    for (const [name, value] of new URLSearchParams(form)) collect({ [name]: value });
  };
  // What a proxy adds, and the id of a request, are no secrets.
  for (const name in headers) collect(headers[name], !/^(accept|content-|x-(forw|req))/.test(name));
  collectForm(query);
  if (/^[[{]/.test(body)) collect(JSON.parse(body));
  else collectForm(body);
  return secrets;
}
