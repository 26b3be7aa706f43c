import { exportJWK, type GenerateKeyPairOptions, generateKeyPair } from "jose";
import type { JsonWebKey } from "../../types.ts";
import type { Context, Routes } from "../context.ts";
import { decodeBody } from "../http/body.ts";
import { object, text } from "../http/decode.ts";
import { conflict, json, noContent, notFound, refusal } from "../http/reply.ts";
import { deleteKeys } from "../state/state.ts";
import { decodeKey, decodeKeys } from "./jwk.ts";
import { isSigningSet, verificationKeys } from "./signing.ts";

const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

const decodeNewKey = object({ alg: text, kid: text, use: text });
const decodeKeySet = object({ keys: decodeKeys });

/** The admin API of JSON Web Key sets, and the public keys that verify the server's signatures. */
export function keySetRoutes(routes: Routes, context: Context): void {
  const keysOf = (set: string): JsonWebKey[] => context.state.keySets.get(set) ?? [];
  /** The sets that the server signs with exist as soon as someone asks for them. */
  const ensureSigningKeys = async (set: string): Promise<unknown> => isSigningSet(set) && verificationKeys(context);

  routes.public.get("/.well-known/jwks.json", async () => json({ keys: await verificationKeys(context) }));

  routes.admin.get("/admin/keys/:set", async (c) => {
    await ensureSigningKeys(c.req.param("set"));
    const keys = keysOf(c.req.param("set"));
    if (keys.length === 0) throw refusal(404, "Not Found", "There is no JSON Web Key Set of that name.");
    return json({ keys });
  });

  routes.admin.post("/admin/keys/:set", async (c) => {
    const set = c.req.param("set");
    const { kid, alg, use } = decodeBody(c, decodeNewKey);
    const key = await generateKey(alg, kid || context.random.uuid(), use || "sig");
    await ensureSigningKeys(set);
    const keys = keysOf(set);
    if (keys.some((existing) => existing.kid === key.kid)) throw conflict();
    context.state.keySets.set(set, [key, ...keys]);
    return json({ keys: [key] }, 201, { location: `${context.publicUrl}/keys/${encodeURIComponent(set)}` });
  });

  routes.admin.put("/admin/keys/:set", (c) => {
    const { keys } = decodeBody(c, decodeKeySet);
    const stored = [...(keys ?? [])].reverse();
    // Keys without a kid count as having the same one, the empty one.
    if (new Set(stored.map(({ kid = "" }) => kid)).size < stored.length) throw conflict();
    deleteKeys(context.state, c.req.param("set"));
    // A set lists its newest key first, and the last key of a request is the newest.
    context.state.keySets.set(c.req.param("set"), stored);
    return json({ keys });
  });

  routes.admin.delete("/admin/keys/:set", (c) => {
    const set = c.req.param("set");
    deleteKeys(context.state, set);
    // A signing set stays, empty: its next key is then a new one, not the key that mocks share.
    if (!isSigningSet(set)) context.state.keySets.delete(set);
    return noContent();
  });

  routes.admin.get("/admin/keys/:set/:kid", async (c) => {
    await ensureSigningKeys(c.req.param("set"));
    const keys = keysOf(c.req.param("set")).filter((key) => key.kid === c.req.param("kid"));
    if (keys.length === 0) throw notFound();
    return json({ keys });
  });

  if (!context.has("slashesInIds")) {
    // Older servers take the part behind a slash in the name of a set for a key.
    const text = { status: 405, headers: { "content-type": "text/plain; charset=utf-8" } };
    routes.admin.post("/admin/keys/:set/:kid", () => new Response("Method Not Allowed\n", text));
  }

  // The `kid` of the body counts, not the one of the path.
  routes.admin.put("/admin/keys/:set/:kid", async (c) => {
    const set = c.req.param("set");
    const key = decodeBody(c, decodeKey);
    await ensureSigningKeys(set);
    deleteKeys(context.state, set, key.kid ?? "");
    context.state.keySets.set(set, [key, ...keysOf(set)]);
    return json(key);
  });

  routes.admin.delete("/admin/keys/:set/:kid", async (c) => {
    await ensureSigningKeys(c.req.param("set"));
    deleteKeys(context.state, c.req.param("set"), c.req.param("kid"));
    return noContent();
  });
}

async function generateKey(alg: string, kid: string, use: string): Promise<JsonWebKey> {
  if (!ALGORITHMS.includes(alg)) throw refusal(400, "Bad Request", `The algorithm "${alg}" is not supported.`);
  const options: GenerateKeyPairOptions = { extractable: true, ...(alg === "EdDSA" && { crv: "Ed25519" }) };
  const { privateKey } = await generateKeyPair(alg, options);
  return { ...(await exportJWK(privateKey)), kid, alg, use } as JsonWebKey;
}
