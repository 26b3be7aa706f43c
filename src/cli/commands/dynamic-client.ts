import {
  DynamicClient,
  diffOAuth2Client,
  InvalidInputError,
  isRegistrationStoreError,
  isResponseError,
  type OAuth2Client,
  OidcApi,
} from "../../index.ts";
import { CLIENT_FLAGS, CLIENT_ROWS, clientFromFlags } from "../client-flags.ts";
import { type Command, command } from "../command.ts";
import type { Context } from "../context.ts";
import { printPatch } from "../difference.ts";
import { STATUS } from "../failure.ts";
import { boolean, type Flags, text } from "../flags.ts";
import { fitKeys } from "../keys.ts";
import { newSecretOf, printNew } from "../new-secret.ts";
import { fileStore, registrationFolder } from "../registration-store.ts";
import { removalFlags, remove } from "../removal.ts";
import { readSecret, secretFlags } from "../secret.ts";
import { adminApi } from "../target.ts";

const NOUN = { noun: "dynamic-client" };
const ID = [{ name: "ID", description: "ID of a client that registered itself" }];

const STORE = text("folder of the registration access tokens (default: hydra-sdk/registrations in XDG_STATE_HOME)", {
  placeholder: "FOLDER",
});
const OPEN_FLAGS = {
  store: STORE,
  ...secretFlags("registration-token", "the registration access token, if the store does not have it"),
};

/** The fields that Hydra lets an administrator alone set. */
const ADMINISTRATORS = [
  "secret",
  "secret-file",
  "access-token-strategy",
  "metadata",
  "skip-consent",
  "skip-logout-consent",
];
const SELF_FLAGS = Object.fromEntries(
  Object.entries(CLIENT_FLAGS as Flags).filter(([name]) => !ADMINISTRATORS.includes(name)),
) as typeof CLIENT_FLAGS;

/** The API, which remembers the response to a registration. */
class RegisteringApi extends OidcApi {
  registered: OAuth2Client = {};

  override async createOidcDynamicClient(...call: Parameters<OidcApi["createOidcDynamicClient"]>) {
    const response = await super.createOidcDynamicClient(...call);
    this.registered = response.data;
    return response;
  }
}

async function storeOf({ flags, io, target }: Context<any>) {
  const { store: folder = registrationFolder(io.env) } = flags as { store?: string };
  const { basePath = "" } = await target.public();
  return { folder, basePath, store: fileStore(folder, basePath) };
}

/** Opens the client of the arguments with the token of the store, or the one that is given. */
async function openClient(context: Context<any>): Promise<DynamicClient> {
  const id = context.args[0]!;
  const given = await readSecret(context, "registration-token");
  const { folder, basePath, store } = await storeOf(context);
  if (given === undefined && !(await store.get(id))) {
    const where = `${folder} has no registration access token of ${id} at ${basePath}`;
    throw new InvalidInputError("--registration-token-file", `${where}: give --registration-token-file, or --store`);
  }
  const settings = { id, store, ...(given !== undefined && { registrationAccessToken: given }) };
  const client = await DynamicClient.open(new OidcApi(await context.target.public()), settings);
  if (client.unfinishedUpdate) {
    const began = client.unfinishedUpdate.toISOString();
    await context.terminal.warn(`an update of ${id} that began at ${began} has no known outcome`);
  }
  return client;
}

/** Shows the credentials that could not be stored, for there is no other copy, and says how to get out of a lost token. */
async function keepingTokens<T>({ terminal, args }: Context<any>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isRegistrationStoreError(error) && !error.message.startsWith("nothing was changed")) {
      await terminal.warn("keep these credentials now: there is no other copy of them");
      const { id, registrationAccessToken, clientSecret } = error;
      await terminal.note(JSON.stringify({ id, registrationAccessToken, clientSecret }));
    }
    if (isResponseError(error) && error.status === 401)
      await terminal.note(`The client was deleted, or changed by an administrator. ${recovery(args[0]!)}`);
    throw error;
  }
}

const recovery = (id: string): string =>
  `\`hydra-sdk recover dynamic-client ${id} --recreate\` creates it again, as an administrator.`;

/** A client as it is shown: its token is in the store. */
function withoutToken({ registration_access_token: _, ...client }: OAuth2Client): OAuth2Client {
  return client;
}

export const registerDynamicClient: Command = command({
  verb: "register",
  ...NOUN,
  summary: "Register a client as the client itself (RFC 7591)",
  details: "The registration access token is kept in the store, a folder whose files only you can read.",
  examples: [
    [
      "hydra-sdk register dynamic-client --name 'Field app' --redirect-uri https://field.example.com/callback",
      "the server chooses the ID",
    ],
  ],
  flags: { ...SELF_FLAGS, store: STORE },
  async run(context) {
    const client = await fitKeys(context, await clientFromFlags(context));
    const api = new RegisteringApi(await context.target.public());
    const { folder, store } = await storeOf(context);
    await store.prepare().catch((error: NodeJS.ErrnoException) => {
      throw new InvalidInputError("--store", `--store ${folder}: the token cannot be kept there (${error.code})`);
    });
    await keepingTokens(context, () => DynamicClient.register(api, client, { store }));
    const isLeftOut = await printNew(context, withoutToken(api.registered), newSecretOf(api.registered));
    const kept = isLeftOut ? "client secret and registration access token are" : "registration access token is";
    await context.terminal.note(`Its ${kept} kept in ${folder}.`);
  },
});

export const getDynamicClient: Command = command({
  verb: "get",
  ...NOUN,
  summary: "Show a client as the client itself (RFC 7592)",
  examples: [["hydra-sdk get dynamic-client 5e8f7c0a-1f5b-4f7e-9f43-8d2b6a5c4e3d", "with the token of the store"]],
  arguments: ID,
  flags: OPEN_FLAGS,
  async run(context) {
    const client = await openClient(context);
    const { data } = await keepingTokens(context, () => client.get());
    await context.output.item(withoutToken(data), CLIENT_ROWS);
  },
});

export const updateDynamicClient: Command = command({
  verb: "update",
  ...NOUN,
  summary: "Change the given fields of a client as the client itself (RFC 7592)",
  details: "The server replaces the registration access token with each update; the store keeps the new one.",
  examples: [
    ["hydra-sdk update dynamic-client 5e8f7c0a-1f5b-4f7e-9f43-8d2b6a5c4e3d --scope openid,email", "change the scope"],
  ],
  arguments: ID,
  flags: { ...SELF_FLAGS, ...OPEN_FLAGS, "dry-run": boolean("show what would be sent, and change nothing") },
  async run(context) {
    const { file, jwks, "registration-token-file": tokenFile } = context.flags;
    if (tokenFile === "-" && [file, ...(jwks ?? [])].includes("-"))
      throw new InvalidInputError(
        "--registration-token-file",
        "--registration-token-file -: standard input is read for another flag",
      );
    const wanted = await clientFromFlags(context);
    if (Object.keys(wanted).length === 0)
      throw new InvalidInputError("--file", "there is nothing to update: give a flag for each field, or --file");
    if (wanted.client_id !== undefined && wanted.client_id !== context.args[0])
      throw new InvalidInputError("--file", `--file is of the client ${wanted.client_id}, not of ${context.args[0]}`);
    const client = await openClient(context);
    const change = async (before: OAuth2Client) => ({ ...before, ...(await fitKeys(context, wanted, before)) });
    if (context.flags["dry-run"]) {
      const before = withoutToken((await keepingTokens(context, () => client.get())).data);
      return printPatch(context, await diffOAuth2Client(before, await change(before)), before);
    }
    const { data } = await keepingTokens(context, () => client.update(change));
    await context.output.item(withoutToken(data), CLIENT_ROWS);
  },
});

export const deleteDynamicClient: Command = command({
  verb: "delete",
  ...NOUN,
  summary: "Delete a client as the client itself (RFC 7592), and its token in the store",
  examples: [["hydra-sdk delete dynamic-client 5e8f7c0a-1f5b-4f7e-9f43-8d2b6a5c4e3d", "with the token of the store"]],
  arguments: ID,
  flags: { ...OPEN_FLAGS, ...removalFlags("client") },
  run: (context) =>
    remove(context, {
      ids: context.args,
      items: "clients",
      async remove(id) {
        const { store } = await storeOf(context);
        const { "ignore-missing": ignoreMissing, "registration-token": token } = context.flags;
        const isGiven = (token ?? context.flags["registration-token-file"]) !== undefined;
        if (ignoreMissing && !isGiven && !(await store.get(id))) return;
        const client = await openClient(context);
        await keepingTokens(context, () => client.delete());
      },
    }),
});

export const recoverDynamicClient: Command = command({
  verb: "recover",
  ...NOUN,
  summary: "Find out whether the registration access token of a client is lost, and create the client again",
  details:
    "A token is lost if a process was killed while it updated the client. --recreate then deletes the client with the admin " +
    "API and creates it again, with the same ID, metadata and secret; its tokens and its users' consents end.",
  examples: [
    ["hydra-sdk recover dynamic-client 5e8f7c0a-1f5b-4f7e-9f43-8d2b6a5c4e3d", "find out"],
    ["hydra-sdk recover dynamic-client 5e8f7c0a-1f5b-4f7e-9f43-8d2b6a5c4e3d --recreate", "get a new token"],
  ],
  arguments: ID,
  flags: { ...OPEN_FLAGS, recreate: boolean("create a client whose token is lost again, by the admin API") },
  async run(context) {
    const { args, flags, output, target, terminal } = context;
    const id = args[0]!;
    const oAuth2Api = flags.recreate ? await adminApi({ target }) : undefined;
    const client = await openClient(context);
    const result = await keepingTokens(context, () => client.recover({ oAuth2Api }));
    // The client does not exist: this removes its token from the store.
    if (result === "deleted") await client.delete();
    await output.item({ client_id: id, result }, [
      { title: "CLIENT ID", value: ({ client_id }) => client_id },
      { title: "RESULT", value: (recovered) => recovered.result },
    ]);
    if (result !== "lost") return STATUS.done;
    await terminal.note(recovery(id));
    return STATUS.refused;
  },
});
