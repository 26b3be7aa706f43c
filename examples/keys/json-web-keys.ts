// Manages keys in Hydra's key sets: generates one, stores your own, reads and deletes them.
//
//   npx tsx examples/keys/json-web-keys.ts
import { generateKey, JwkApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const jwk = new JwkApi({ timeout: 10_000, ...configurationFromEnv() });
const set = `invoices-${crypto.randomUUID()}`;

try {
  // The server generates a key. The response contains the private key, as do all key responses of the admin API.
  const { data: generated } = await jwk.createJsonWebKeySet({ set, createJsonWebKeySet: { alg: "RS256" } });
  const first = generated.keys![0]!;
  console.log("generated", first.kty, first.alg, "with a private key:", first.d !== undefined);

  // Or store your own.
  const ownKey = await generateKey("ES256");
  await jwk.setJsonWebKey({ set, kid: ownKey.kid, jsonWebKey: ownKey });
  const { data: all } = await jwk.getJsonWebKeySet({ set });
  console.log("the set contains", all.keys!.map(({ alg }) => alg).sort());

  const { data: one } = await jwk.getJsonWebKey({ set, kid: ownKey.kid });
  console.log("read one:", one.keys![0]!.kid === ownKey.kid);

  await jwk.deleteJsonWebKey({ set, kid: first.kid });
  console.log("left:", (await jwk.getJsonWebKeySet({ set })).data.keys!.length);

  // An empty kid would delete the entire set.
  await attempt("an empty kid", jwk.deleteJsonWebKey({ set, kid: "" }));
} finally {
  await cleanUp(jwk.deleteJsonWebKeySet({ set }));
}

await attempt("after its deletion", jwk.getJsonWebKeySet({ set }));
