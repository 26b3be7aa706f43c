import { answerProblems, findOperation } from "./openapi.ts";

/** The listener that a URL belongs to. */
export interface Listeners {
  publicUrl: string;
  adminUrl: string;
}

/**
 * A fetch that notes where an answer is not as openapi.yaml says, and which operations it has seen answered with
 * success. A path that no operation has is left alone.
 */
export function checked(hydra: Listeners, send: typeof fetch) {
  const problems: string[] = [];
  const succeeded = new Set<string>();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    // A request that is given keeps its body for the one who sends it.
    const request = input instanceof Request ? input : new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    const response = await send(input, init);
    const operation = findOperation(request.method, pathname);
    if (!operation || origin !== new URL(hydra[`${operation.listener}Url`]).origin) return response;
    const text = await response.clone().text();
    const contentType = response.headers.get("content-type") ?? "";
    const isJson = contentType.startsWith("application/json");
    const body = text === "" ? undefined : isJson ? JSON.parse(text) : text;
    // The page for people that comes with a redirect is no part of the answer.
    const redirects = response.status >= 300 && response.status < 400;
    const found = answerProblems(operation, {
      status: response.status,
      contentType,
      body: redirects ? undefined : body,
    });
    problems.push(...found.map((problem) => `${operation.id} ${response.status}: ${problem}`));
    if (response.status < 400) succeeded.add(operation.id);
    return response;
  };
  return { fetch, problems, succeeded };
}
