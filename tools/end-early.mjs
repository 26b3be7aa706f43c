// For `node --import`: lets an example clean up when it receives a signal. Pending requests are aborted, and from then on
// only DELETE requests are sent.
const stop = new AbortController();
const { fetch } = globalThis;

globalThis.fetch = (url, init = {}) => {
  if (init.method === "DELETE") return fetch(url, init);
  return fetch(url, { ...init, signal: AbortSignal.any([stop.signal, ...(init.signal ? [init.signal] : [])]) });
};
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort(new Error(signal)));
