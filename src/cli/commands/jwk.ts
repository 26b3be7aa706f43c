import { InvalidInputError, type JsonWebKey, JwkApi } from "../../index.ts";
import { type Command, command } from "../command.ts";
import type { Context } from "../context.ts";
import { eachOf } from "../each.ts";
import { boolean, text } from "../flags.ts";
import { publicPart, readKeys } from "../keys.ts";
import type { Columns } from "../output.ts";
import { exists, removalFlags, remove } from "../removal.ts";
import { counted } from "../terminal.ts";

const NOUN = { noun: "jwk", aliases: ["jwks"] };
const SET = { name: "SET", description: "ID of a key set" };
const SETS = { ...SET, variadic: true };
const KID = text("one key of the set", { placeholder: "KEY-ID" });
const PRIVATE = boolean("show the private keys, too");
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** A key, and the set that it is in. */
interface SetKey {
  set: string;
  key: JsonWebKey;
}

const KEY_COLUMNS: Columns<SetKey> = [
  { title: "KEY ID", value: ({ key }) => key.kid },
  { title: "SET ID", value: ({ set }) => set },
  { title: "ALGORITHM", value: ({ key }) => key.alg },
  { title: "USE", value: ({ key }) => key.use },
  { title: "TYPE", value: ({ key }) => key.kty },
];

const apiOf = async ({ target }: Context<any>): Promise<JwkApi> => new JwkApi(await target.admin());

/** Prints keys: a row for each, or a JSON Web Key Set where JSON was asked for. Private members only if asked for. */
async function printKeys({ flags, io, output, terminal }: Context<any>, found: readonly SetKey[]): Promise<void> {
  const { private: withPrivate } = flags as { private?: boolean };
  const isTable = output.format.kind === "table" || output.format.kind === "quiet";
  if (isTable) return void (await output.list([found], KEY_COLUMNS));
  await output.value({ keys: found.map(({ key }) => (withPrivate ? key : publicPart(key))) });
  if (withPrivate && !io.stdout.isTerminal)
    await terminal.note("The output holds private keys: if it is a file, `chmod 600` keeps it from others.");
}

export const createJwk: Command = command({
  verb: "create",
  ...NOUN,
  summary: "Generate a key in a key set",
  details: "The private key stays on the server; --private shows it.",
  examples: [
    ["hydra-sdk create jwk my-set --alg ES256", "with a key ID that the server makes"],
    ["hydra-sdk create jwk my-set key-2026 --format json", "the public key, as a JSON Web Key Set"],
  ],
  arguments: [SET, { name: "KEY-ID", description: "ID of the key (default: the server makes one)", optional: true }],
  flags: {
    alg: text("algorithm of the key (default RS256)", { placeholder: "ALG", values: ALGORITHMS }),
    use: text("what it is for: sig (default) or enc", { placeholder: "USE", values: ["sig", "enc"] }),
    kid: text("ID of the key, as the argument", { placeholder: "KEY-ID" }),
    private: PRIVATE,
  },
  async run(context) {
    const { args, flags } = context;
    const [set = "", keyId] = args;
    const { alg = "RS256", use = "sig", kid = keyId } = flags;
    if (keyId !== undefined && kid !== keyId)
      throw new InvalidInputError("--kid", `--kid ${kid} and KEY-ID ${keyId} contradict each other`);
    const createJsonWebKeySet = { alg, use, kid: kid ?? "" };
    const { data } = await (await apiOf(context)).createJsonWebKeySet({ set, createJsonWebKeySet });
    await printKeys(context, inSet(set, data.keys));
  },
});

export const getJwk: Command = command({
  verb: "get",
  ...NOUN,
  summary: "Show key sets, without their private keys",
  examples: [
    ["hydra-sdk get jwk hydra.openid.id-token", "the keys that sign ID tokens"],
    ["hydra-sdk get jwk my-set --kid key-2026 --private --format json", "one key, with its private members"],
  ],
  arguments: [SETS],
  flags: { kid: KID, private: PRIVATE },
  async run(context) {
    const { args, flags } = context;
    const { kid } = flags;
    assertOneSet(args, kid);
    const api = await apiOf(context);
    const found: SetKey[] = [];
    const status = await eachOf(context, args, { done: "read", name: String, total: args.length }, async (set) => {
      const { data } = await (kid === undefined ? api.getJsonWebKeySet({ set }) : api.getJsonWebKey({ set, kid }));
      found.push(...inSet(set, data.keys));
    });
    if (status === 0 || found.length > 0) await printKeys(context, found);
    return status;
  },
});

export const deleteJwk: Command = command({
  verb: "delete",
  ...NOUN,
  summary: "Delete key sets, or one key of a set",
  details: "More than one set must be confirmed: at the terminal, or by --yes.",
  examples: [
    ["hydra-sdk delete jwk my-set", "a set with all its keys"],
    ["hydra-sdk delete jwk my-set --kid key-2026", "one key"],
  ],
  arguments: [SETS],
  flags: { kid: KID, ...removalFlags("key set") },
  async run(context) {
    const { args, flags } = context;
    const { kid } = flags;
    assertOneSet(args, kid);
    const api = await apiOf(context);
    const [set = ""] = args;
    if (kid !== undefined) {
      const removeKey = async () => {
        const isThere = await exists(api.getJsonWebKey({ set, kid }));
        if (isThere) await api.deleteJsonWebKey({ set, kid });
        return isThere;
      };
      return remove(context, { ids: [kid], items: "keys", remove: removeKey });
    }
    // `create jwk` takes a set and a key: who repeats its words here would lose the set.
    const [, other] = args;
    if (other !== undefined && (await exists(api.getJsonWebKey({ set, kid: other }))))
      throw new InvalidInputError(
        "SET",
        `${other} is a key of the set ${set}: \`hydra-sdk delete jwk ${set} --kid ${other}\` deletes it alone`,
      );
    return remove(context, {
      ids: args,
      items: "key sets",
      async remove(set) {
        // The server answers 204 for any ID.
        const isThere = await exists(api.getJsonWebKeySet({ set }));
        if (isThere) await api.deleteJsonWebKeySet({ set });
        return isThere;
      },
    });
  },
});

export const importJwk: Command = command({
  verb: "import",
  ...NOUN,
  summary: "Store your own keys in a key set",
  details:
    "A file holds a JSON Web Key, a set of them, or PEM. A key with the same ID is replaced. Without an ID, a key gets its " +
    "thumbprint (RFC 7638). All files are read before anything is sent.",
  examples: [
    ["hydra-sdk import jwk my-set key.pem --alg PS256 --kid key-2026", "a PEM"],
    ["hydra-sdk import jwk my-set - < jwks.json", "all keys of a set"],
  ],
  arguments: [SET, { name: "FILE", description: "a file; - reads standard input", variadic: true }],
  flags: {
    alg: text("algorithm of the keys (default: that of each, else the usual one for its type)", {
      placeholder: "ALG",
      values: ALGORITHMS,
    }),
    use: text("what they are for (default: what each says, else sig)", { placeholder: "USE", values: ["sig", "enc"] }),
    kid: text("ID of the key, if it is one", { placeholder: "KEY-ID" }),
    private: PRIVATE,
    "dry-run": boolean("show what would be stored, and store nothing"),
  },
  async run(context) {
    const { args, flags, io, terminal } = context;
    const [set = "", ...files] = args;
    if (flags.kid !== undefined && files.length > 1)
      throw new InvalidInputError("--kid", `--kid is for one key, and there are ${files.length} files`);
    const keys: JsonWebKey[] = [];
    for (const file of files) keys.push(...(await readKeys(io, "FILE", file, flags)));
    if (flags["dry-run"]) {
      await terminal.note(`would store ${counted(keys.length, "keys")} in ${set}:`);
      return printKeys(context, inSet(set, keys));
    }
    const api = await apiOf(context);
    const stored: JsonWebKey[] = [];
    const options = { done: "stored", name: ({ kid }: JsonWebKey) => kid, total: keys.length };
    const status = await eachOf(context, keys, options, async (jsonWebKey) => {
      stored.push((await api.setJsonWebKey({ set, kid: jsonWebKey.kid, jsonWebKey })).data);
    });
    if (stored.length > 0) await printKeys(context, inSet(set, stored));
    return status;
  },
});

/** Keys of servers and files may lack any member, and a set its keys. */
const inSet = (set: string, keys: readonly JsonWebKey[] | undefined): SetKey[] =>
  (keys ?? []).map((key) => ({ set, key }));

function assertOneSet(sets: readonly string[], kid: string | undefined): void {
  if (kid !== undefined && sets.length > 1)
    throw new InvalidInputError("--kid", `--kid is for a key of one set, and there are ${sets.length} sets`);
}
