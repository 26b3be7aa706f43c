import { exportJWK, type GenerateKeyPairOptions, generateKeyPair, importJWK } from "jose";
import type { JsonWebKey } from "../../types.ts";
import type { Context, Routes } from "../context.ts";
import { isObject, jsonBody, objectBody } from "../http/body.ts";
import { badRequest, conflict, json, noContent, notFound, refusal } from "../http/reply.ts";
import { deleteKeys } from "../state/state.ts";
import { algorithmOf } from "./jwk.ts";
import { ACCESS_TOKEN_KEYS, ID_TOKEN_KEYS, signingKeys } from "./signing.ts";

const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

export function keySetRoutes(routes: Routes, context: Context): void {
  const keysOf = (set: string): JsonWebKey[] => context.state.keySets.get(set) ?? [];
  /** The server's own sets are made when they are first asked for. */
  const ensureSigner = async (set: string): Promise<unknown> => isOwn(set) && signingKeys(context);

  routes.public.get("/.well-known/jwks.json", async () => json({ keys: await signingKeys(context) }));

  routes.admin.get("/admin/keys/:set", async (c) => {
    await ensureSigner(c.req.param("set"));
    const keys = keysOf(c.req.param("set"));
    if (keys.length === 0) throw refusal(404, "Not Found", "There is no JSON Web Key Set of that name.");
    return json({ keys });
  });

  routes.admin.post("/admin/keys/:set", async (c) => {
    const set = c.req.param("set");
    const { kid, alg, use } = objectBody(c);
    const key = await generateKey(text(alg), text(kid) || context.random.uuid(), text(use) || "sig");
    await ensureSigner(set);
    const keys = keysOf(set);
    if (keys.some((one) => one.kid === key.kid)) throw conflict();
    context.state.keySets.set(set, [key, ...keys]);
    return json({ keys: [key] }, 201, { location: `${context.publicUrl}/keys/${encodeURIComponent(set)}` });
  });

  routes.admin.put("/admin/keys/:set", async (c) => {
    const { keys } = objectBody(c);
    if (!Array.isArray(keys)) throw badRequest("Unable to decode the request body: keys has to be a list.");
    for (const key of keys) await checkKey(key);
    deleteKeys(context.state, c.req.param("set"));
    context.state.keySets.set(c.req.param("set"), keys);
    return json({ keys });
  });

  routes.admin.delete("/admin/keys/:set", (c) => {
    const set = c.req.param("set");
    deleteKeys(context.state, set);
    // An empty set of the server's own stays: it is followed by a key that is really new.
    if (!isOwn(set)) context.state.keySets.delete(set);
    return noContent();
  });

  routes.admin.get("/admin/keys/:set/:kid", async (c) => {
    await ensureSigner(c.req.param("set"));
    const keys = keysOf(c.req.param("set")).filter((key) => key.kid === c.req.param("kid"));
    if (keys.length === 0) throw notFound();
    return json({ keys });
  });

  // The key's own `kid` counts, whatever the path says.
  routes.admin.put("/admin/keys/:set/:kid", async (c) => {
    const set = c.req.param("set");
    const key = await checkKey(jsonBody(c));
    await ensureSigner(set);
    deleteKeys(context.state, set, key.kid);
    context.state.keySets.set(set, [key, ...keysOf(set)]);
    return json(key);
  });

  routes.admin.delete("/admin/keys/:set/:kid", async (c) => {
    await ensureSigner(c.req.param("set"));
    deleteKeys(context.state, c.req.param("set"), c.req.param("kid"));
    return noContent();
  });
}

/** Whether the server signs with this set. */
function isOwn(set: string): boolean {
  return set === ID_TOKEN_KEYS || set === ACCESS_TOKEN_KEYS;
}

/** A key as it came in, once it has proven to be one. */
export async function checkKey(value: unknown): Promise<JsonWebKey> {
  try {
    if (!isObject(value)) throw new TypeError("it is no object");
    const { alg: _, ...key } = value;
    await importJWK(key, algorithmOf(value));
  } catch {
    throw badRequest("Unable to decode the request body: it is no valid JSON Web Key.");
  }
  return value as unknown as JsonWebKey;
}

async function generateKey(alg: string, kid: string, use: string): Promise<JsonWebKey> {
  if (!ALGORITHMS.includes(alg)) throw refusal(400, "Bad Request", `The algorithm "${alg}" is not supported.`);
  const options: GenerateKeyPairOptions = { extractable: true, ...(alg === "EdDSA" && { crv: "Ed25519" }) };
  const { privateKey } = await generateKeyPair(alg, options);
  return { ...(await exportJWK(privateKey)), kid, alg, use } as JsonWebKey;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
