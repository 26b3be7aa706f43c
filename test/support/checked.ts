import { findOperation, responseProblems } from "./openapi.ts";

/** The URLs of a server's two listeners. */
export interface Listeners {
  publicUrl: string;
  adminUrl: string;
}

/**
 * Returns a fetch function that compares responses with openapi.yaml and records the differences, and which operations
 * have succeeded. It ignores paths that belong to no operation.
 */
export function checked(hydra: Listeners, send: typeof fetch) {
  const problems: string[] = [];
  const succeeded = new Set<string>();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    // Do not read the body of `input`, because `send` needs it.
    const request = input instanceof Request ? input : new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    const response = await send(input, init);
    const operation = findOperation(request.method, pathname);
    if (!operation || origin !== new URL(hydra[`${operation.listener as "public" | "admin"}Url`]).origin)
      return response;
    const text = await response.clone().text();
    const contentType = response.headers.get("content-type") ?? "";
    const isJson = contentType.startsWith("application/json");
    const body = text === "" ? undefined : isJson ? JSON.parse(text) : text;
    // Ignore the HTML page that accompanies a redirect.
    const redirects = response.status >= 300 && response.status < 400;
    const differences = responseProblems(operation, {
      status: response.status,
      contentType,
      body: redirects ? undefined : body,
    });
    problems.push(...differences.map((problem) => `${operation.id} ${response.status}: ${problem}`));
    if (response.status < 400) succeeded.add(operation.id);
    return response;
  };
  return { fetch, problems, succeeded };
}
