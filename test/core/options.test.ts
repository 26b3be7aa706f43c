import { describe, expect, test } from "vitest";
import {
  clientSecretJwt,
  createIntrospector,
  createJwtVerifier,
  OAuth2Api,
  paginate,
  privateKeyJwt,
  tokenSource,
  WellknownApi,
  withRetry,
} from "../../src/index.ts";
import { rejection } from "../support/observe.ts";

const fetch = () => Promise.reject(new Error("nothing may be sent"));
const configuration = { basePath: "http://hydra.example", fetch };
const oauth2 = new OAuth2Api(configuration);
const wellknown = new WellknownApi(configuration);
const fetchToken = () => Promise.reject(new Error("nothing may be sent"));
const list = async () => ({ data: [], headers: {} });

/** JavaScript, which no compiler checks. */
const unchecked = (options: object): any => options;

describe("an option that would be ignored is refused, and named, by", () => {
  test.each<[string, string, () => unknown]>([
    ["withRetry", "retries", () => withRetry(fetch, unchecked({ retries: 3 }))],
    ["tokenSource", "margin", () => tokenSource(fetchToken, unchecked({ margin: 3 }))],
    ["paginate", "pageSize", () => paginate(list, {}, unchecked({ pageSize: 3 }))],
    ["privateKeyJwt", "aud", () => privateKeyJwt("key", unchecked({ aud: "https://hydra.example" }))],
    ["clientSecretJwt", "alg", () => clientSecretJwt("secret", unchecked({ alg: "HS512" }))],
    ["createIntrospector", "requiredScopes", () => createIntrospector(oauth2, unchecked({ requiredScopes: "a" }))],
    ["the cache of createIntrospector", "ttl", () => createIntrospector(oauth2, { cache: unchecked({ ttl: 3 }) })],
    ["createIntrospector, for its cache", "cache", () => createIntrospector(oauth2, unchecked({ cache: true }))],
    ["createJwtVerifier", "aud", () => createJwtVerifier(wellknown, unchecked({ issuer: "https://a", aud: "b" }))],
  ])("%s: %s", (_, field, call) => {
    expect(call).toThrow(expect.objectContaining({ name: "InvalidInputError", field }));
  });

  test.each<[string, string, () => Promise<unknown>]>([
    ["a guard", "scope", () => createIntrospector(oauth2)("Bearer token", unchecked({ scope: "orders.write" }))],
    ["toArray", "max", () => paginate(list).toArray(unchecked({ max: 3 }))],
  ])("%s: %s", async (_, field, call) => {
    expect(await rejection(call())).toMatchObject({ name: "InvalidInputError", field });
  });
});
