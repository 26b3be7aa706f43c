// A minimal browser for the examples: cookies, redirects and forms.

/** A loaded page. */
export interface Page {
  url: URL;
  status: number;
  html: string;
}

export class Browser {
  readonly #cookies = new Map<string, string>();

  /** Opens a URL and follows its redirects. */
  async open(url: string | URL, form?: URLSearchParams): Promise<Page> {
    const cookie = Array.from(this.#cookies, (pair) => pair.join("=")).join("; ");
    const method = form ? { method: "POST", body: form } : {};
    const response = await fetch(url, { ...method, headers: { cookie }, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/max-age=0\b/i.test(line)) this.#cookies.delete(name!);
      else this.#cookies.set(name!, value!);
    }
    const location = response.headers.get("location");
    const html = await response.text();
    if (location) return this.open(new URL(location, url));
    return { url: new URL(url), status: response.status, html };
  }

  /** Fills in the page's only form and presses the button with the value `action`. */
  async submit({ url, html }: Page, fields: Record<string, string>, action = "yes"): Promise<Page> {
    const [, target] = /<form [^>]*action="([^"]*)"/.exec(html) ?? [];
    if (target === undefined) throw new Error(`${url} has no form:\n${html}`);
    const form = new URLSearchParams();
    for (const [input, name] of html.matchAll(/<input [^>]*name="([^"]+)"[^>]*>/g)) {
      if (/ type="hidden"| checked/.test(input)) form.append(name!, /value="([^"]*)"/.exec(input)?.[1] ?? "");
    }
    for (const [name, value] of Object.entries({ ...fields, action })) form.set(name, value);
    return this.open(new URL(target, url), form);
  }
}

/** Returns the text of a page in one line. */
export const textOf = ({ html }: Page): string =>
  html
    .replace(/<title>.*?<\/title>|<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
