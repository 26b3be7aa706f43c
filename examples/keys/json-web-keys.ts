// Keeps keys in Hydra's key sets: generates one, stores one of your own, reads, replaces and deletes.
//
//   npx tsx examples/keys/json-web-keys.ts
import { generateKey, JwkApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const jwk = new JwkApi({ timeout: 10_000, ...configurationFromEnv() });
const set = `invoices-${crypto.randomUUID()}`;

try {
  // The server makes a key. Its private half is in the answer, as in everything that the admin API says about keys.
  const { data: made } = await jwk.createJsonWebKeySet({ set, createJsonWebKeySet: { alg: "RS256" } });
  const first = made.keys![0]!;
  console.log("made", first.kty, first.alg, "with a private half:", first.d !== undefined);

  // Or bring your own.
  const mine = await generateKey("ES256");
  await jwk.setJsonWebKey({ set, kid: mine.kid, jsonWebKey: mine });
  const { data: all } = await jwk.getJsonWebKeySet({ set });
  console.log("the set holds", all.keys!.map(({ alg }) => alg).sort());

  const { data: one } = await jwk.getJsonWebKey({ set, kid: mine.kid });
  console.log("read one:", one.keys![0]!.kid === mine.kid);

  await jwk.deleteJsonWebKey({ set, kid: first.kid });
  console.log("left:", (await jwk.getJsonWebKeySet({ set })).data.keys!.length);

  // An empty kid would delete the whole set.
  await attempt("an empty kid", jwk.deleteJsonWebKey({ set, kid: "" }));
} finally {
  await cleanUp(jwk.deleteJsonWebKeySet({ set }));
}

await attempt("after its deletion", jwk.getJsonWebKeySet({ set }));
