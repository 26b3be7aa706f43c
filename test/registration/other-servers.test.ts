import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
// @ts-expect-error oidc-provider has no types
import Provider from "oidc-provider";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DynamicClient, OidcApi, type RegistrationCredentials } from "../../src/index.ts";
import { rejection } from "../support/observe.ts";

let server: Server;
let issuer: string;

beforeAll(async () => {
  server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const quiet = [vi.spyOn(console, "warn"), vi.spyOn(console, "info")].map((spy) => spy.mockImplementation(() => {}));
  const provider = new Provider(issuer, {
    features: {
      registration: { enabled: true },
      registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    },
  });
  for (const spy of quiet) spy.mockRestore();
  server.on("request", provider.callback());
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The registration endpoint of oidc-provider is /reg. */
const api = () =>
  new OidcApi({ basePath: issuer, fetch: (url, init) => fetch(url.replace("/oauth2/register", "/reg"), init) });

const redirect_uris = ["https://app.example/callback"];

test("registers, reads, updates and deletes a client at oidc-provider", async () => {
  const store = new Map<string, RegistrationCredentials>();
  const client = await DynamicClient.register(api(), { client_name: "One", redirect_uris }, { store });
  const { registrationAccessToken: first, clientSecret } = client;
  expect(clientSecret).toMatch(/.{20}/);

  expect((await client.get()).data).toMatchObject({ client_name: "One", redirect_uris });
  expect(client.registrationAccessToken).toBe(first);

  const { data: updated } = await client.update({ client_name: "Two" });
  expect(updated).toMatchObject({ client_name: "Two", redirect_uris });
  expect(client.registrationAccessToken).not.toBe(first);
  expect(store.get(client.id)).toEqual({ registrationAccessToken: client.registrationAccessToken, clientSecret });

  await client.update((metadata) => {
    metadata.redirect_uris?.push("https://app.example/other");
  });
  const { data: replaced } = await client.replace({ ...updated, client_name: "Three" });
  expect(replaced).toMatchObject({ client_name: "Three", redirect_uris });
  expect(client.clientSecret).toBe(clientSecret);

  const again = await DynamicClient.open(api(), { id: client.id, store });
  expect((await again.get()).data.client_name).toBe("Three");
  await again.delete();
  expect(store.size).toBe(0);
  expect(await rejection(again.get())).toMatchObject({ name: "ResponseError", status: 401 });
  expect(await again.recover()).toBe("lost");
});

test("rejects an update at oidc-provider after another process has replaced the token", async () => {
  const store = new Map<string, RegistrationCredentials>();
  const one = await DynamicClient.register(api(), { redirect_uris }, { store });
  const other = await DynamicClient.open(api(), { id: one.id, store });
  await one.update({ client_name: "One" });
  expect(await rejection(other.update({ client_name: "Other" }))).toMatchObject({
    name: "StaleRegistrationTokenError",
  });
});
