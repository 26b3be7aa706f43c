/** The version of this package, which the build inserts. */
declare const HYDRA_SDK_VERSION: string | undefined;

/**
 * Returns the header `user-agent` that names this library, in Node alone: a browser would ask the server for permission to send
 * it (CORS), and a Worker has its own.
 */
export function userAgent(): { "user-agent"?: string } {
  const { process, document, navigator } = globalThis as any;
  // Electron's pages have both; Workers that are compatible with Node call themselves Node, too.
  const isNode = process?.release?.name === "node" && !document && navigator?.userAgent !== "Cloudflare-Workers";
  const version = typeof HYDRA_SDK_VERSION === "string" ? `/${HYDRA_SDK_VERSION}` : "";
  return isNode ? { "user-agent": `hydra-sdk${version}` } : {};
}
