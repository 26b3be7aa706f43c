import { expect, test } from "vitest";
import { clientCredentials, clientSecretPost, OAuth2Api, updateOAuth2Client, withRetry } from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { json, observe, rejection } from "../support/observe.ts";

const basePath = "http://127.0.0.1:4444";

/** What Next.js throws from fetch when it finds, during a build, that a page cannot be rendered in advance. */
const dynamicServerUsage = () => Object.assign(new Error("Dynamic server usage"), { digest: "DYNAMIC_SERVER_USAGE" });

/** Answers the same GET from memory, as fetch does within one render of React, unless it has a signal. */
function memoized(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  const memory = new Map<string, Promise<Response>>();
  return async (url, init) => {
    if (init?.signal || init?.method !== "GET") return fetch(url, init);
    const key = JSON.stringify([url, init]);
    if (!memory.has(key)) memory.set(key, fetch(url, init));
    return (await memory.get(key)!).clone();
  };
}

test("Next.js receives its own signal from a call, so that it renders the page on demand", async () => {
  const signal = dynamicServerUsage();
  const fetch = () => Promise.reject(signal);
  expect(await rejection(new OAuth2Api({ basePath, fetch }).listOAuth2Clients())).toBe(signal);
  expect(await rejection(new OAuth2Api({ basePath, fetch, timeout: 1000 }).listOAuth2Clients())).toBe(signal);
  const auth = clientSecretPost("secret");
  expect(await rejection(clientCredentials({ basePath, clientId: "c", auth, fetch }))).toBe(signal);
});

test("withRetry passes a signal to Next.js on at once", async () => {
  const signal = dynamicServerUsage();
  let attempts = 0;
  const fetch = withRetry(async () => {
    attempts++;
    throw signal;
  });
  expect(await rejection(new OAuth2Api({ basePath, fetch }).listOAuth2Clients())).toBe(signal);
  expect(attempts).toBe(1);
});

test("an error whose digest cannot be read is a NetworkError", async () => {
  const thrown = {
    get digest() {
      throw new Error("unreadable");
    },
  };
  const error = await rejection(new OAuth2Api({ basePath, fetch: () => Promise.reject(thrown) }).listOAuth2Clients());
  expect(error.name).toBe("NetworkError");
});

test("three updates in one render of React leave three changes", async () => {
  const hydra = createMockHydra();
  const fetch = memoized(hydra.fetch as typeof globalThis.fetch);
  const api = new OAuth2Api({ basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch });
  const { client_id: id = "" } = (await api.createOAuth2Client({ oAuth2Client: {} })).data;
  for (const contact of ["a", "b", "c"]) {
    await updateOAuth2Client(api, { id }, (client) => ({ ...client, contacts: [...(client.contacts ?? []), contact] }));
  }
  expect((await api.getOAuth2Client({ id })).data.contacts).toEqual(["a", "b", "c"]);
});

test("each GET has a signal of its own", async () => {
  const wire = observe(json([]));
  const api = new OAuth2Api({ basePath, fetch: wire.fetch });
  await api.listOAuth2Clients();
  await api.listOAuth2Clients();
  const [first, second] = wire.seen.map(({ signal }) => signal);
  expect(first).toBeInstanceOf(AbortSignal);
  expect(second).not.toBe(first);
});
