// A module of its own, which is imported when it is needed: `import()` of a bundled CommonJS package gives no names.
export { HttpsProxyAgent } from "https-proxy-agent";
export { getProxyForUrl } from "proxy-from-env";
