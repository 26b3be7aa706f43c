import type { Fetch } from "../index.ts";
import type { Io } from "./io.ts";

/**
 * Sends requests through the proxy that the environment names (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`), or to servers whose
 * certificate is not checked. `undefined` where neither is asked for: the global fetch is enough then.
 */
export async function networkFetch(env: Io["env"], insecure = false): Promise<Fetch | undefined> {
  const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
  if (!insecure && !names.some((name) => env[name])) return undefined;
  const { createFetch } = await import("./proxy.ts");
  return createFetch(insecure);
}
