// For `node --import`: ends an example that is told to stop so that it cleans up. What it waits for rejects, and from
// then on only what deletes is sent.
const stop = new AbortController();
const { fetch } = globalThis;

globalThis.fetch = (url, init = {}) => {
  if (init.method === "DELETE") return fetch(url, init);
  return fetch(url, { ...init, signal: AbortSignal.any([stop.signal, ...(init.signal ? [init.signal] : [])]) });
};
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort(new Error(signal)));
