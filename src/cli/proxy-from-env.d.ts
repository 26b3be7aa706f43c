declare module "proxy-from-env" {
  /** The URL of the proxy for `url`; empty if there is none. */
  export function getProxyForUrl(url: string): string;
}
