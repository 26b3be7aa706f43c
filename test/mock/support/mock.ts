import { createMockHydra, type MockHydra, type MockHydraOptions } from "../../../src/mock/index.ts";
import { checked } from "../../support/checked.ts";

/** A mock whose fetch rejects if a response contradicts openapi.yaml. */
export function checkedMock(options?: MockHydraOptions): MockHydra {
  const hydra = createMockHydra(options);
  const { fetch, problems } = checked(hydra, hydra.fetch);
  hydra.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const found = problems.splice(0);
    if (found.length > 0) throw new Error(`contradicts openapi.yaml: ${found.join("; ")}`);
    return response;
  };
  return hydra;
}

/** A response, with its JSON parsed; the body is text if it is not JSON. */
export interface Reply {
  status: number;
  headers: Headers;
  body: any;
}

/** Sends one request to a mock: `call(hydra, "POST /admin/clients", {...})`. Paths under `/admin` go to the admin API. */
export async function call(hydra: MockHydra, route: string, json?: unknown, init: RequestInit = {}): Promise<Reply> {
  const [method = "", path = ""] = route.split(/ (.*)/s);
  const base = path.startsWith("/admin") ? hydra.adminUrl : hydra.publicUrl;
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const response = await hydra.fetch(base + path, { method, ...body, ...init });
  const text = await response.text();
  const isJson = /^application\/json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
