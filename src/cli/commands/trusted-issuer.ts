import {
  InvalidInputError,
  type JsonWebKey,
  paginate,
  type TrustedOAuth2JwtGrantIssuer,
  type TrustOAuth2JwtGrantIssuer,
} from "../../index.ts";
import { type Command, command } from "../command.ts";
import type { Context } from "../context.ts";
import { milliseconds } from "../duration.ts";
import { eachOf } from "../each.ts";
import { boolean, list, text } from "../flags.ts";
import { type KeyDetails, publicPart, readKeys } from "../keys.ts";
import { listDetails, listFlags, pageParameters, printPages } from "../listing.ts";
import type { Columns } from "../output.ts";
import { removalFlags, remove } from "../removal.ts";
import { readJson } from "../secret.ts";
import { adminApi } from "../target.ts";

const NOUN = { noun: "trusted-issuer", aliases: ["trusted-issuers"] };
const IDS = [{ name: "ID", description: "ID of a trusted issuer", variadic: true }];

const COLUMNS: Columns<TrustedOAuth2JwtGrantIssuer> = [
  { title: "ID", value: (issuer) => issuer.id },
  { title: "ISSUER", value: (issuer) => issuer.issuer },
  { title: "SUBJECT", value: (issuer) => (issuer.allow_any_subject ? "(any)" : issuer.subject) },
  { title: "SCOPE", value: (issuer) => issuer.scope },
  { title: "KEY ID", value: (issuer) => issuer.public_key?.kid },
  { title: "EXPIRES AT", value: (issuer) => issuer.expires_at },
];

export const createTrustedIssuer: Command = command({
  verb: "create",
  ...NOUN,
  summary: "Trust an issuer, whose assertions can be exchanged for tokens (RFC 7523)",
  examples: [
    [
      "hydra-sdk create trusted-issuer --issuer https://ci.example.com --subject deploy \\\n    --scope deploy --key public.pem --expires 90d",
      "for one subject",
    ],
  ],
  flags: {
    issuer: text("the iss of its assertions", { placeholder: "ISSUER" }),
    subject: text("the sub of its assertions", { placeholder: "SUBJECT" }),
    "allow-any-subject": boolean("accept any subject"),
    scope: list("scopes that its assertions may ask for", { placeholder: "SCOPES" }),
    key: text("file with its public key, as JSON Web Key or PEM; - reads standard input", { placeholder: "FILE" }),
    kid: text("ID of the key (default: that of the key, else its thumbprint)", { placeholder: "KEY-ID" }),
    alg: text("algorithm of the key (default: that of the key)", { placeholder: "ALG" }),
    expires: text("when the trust ends: a time such as 2027-01-31T12:00:00Z, or a duration from now such as 90d", {
      placeholder: "TIME",
    }),
  },
  async run(context) {
    const { flags, io, output } = context;
    const { issuer, subject, "allow-any-subject": anySubject, scope = [], key, expires } = flags;
    if (issuer === undefined) throw new InvalidInputError("--issuer", "--issuer is missing");
    if ((subject !== undefined) === (anySubject === true))
      throw new InvalidInputError("--subject", "either --subject or --allow-any-subject is required, and not both");
    if (key === undefined) throw new InvalidInputError("--key", "--key is missing: the issuer's public key");
    if (expires === undefined) throw new InvalidInputError("--expires", "--expires is missing, such as --expires 90d");
    const trustOAuth2JwtGrantIssuer = {
      issuer,
      ...(subject === undefined ? { allow_any_subject: true } : { subject }),
      scope,
      expires_at: timeOf(expires, io.now()),
      jwk: await publicKey(io, key, flags),
    };
    const { data } = await (await adminApi(context)).trustOAuth2JwtGrantIssuer({ trustOAuth2JwtGrantIssuer });
    await output.item(data, COLUMNS);
  },
});

async function publicKey(io: Context["io"], file: string, { kid, alg }: KeyDetails): Promise<JsonWebKey> {
  const [key, second] = await readKeys(io, "--key", file, { kid, alg });
  if (key && !second && key.kty !== "oct") return publicPart(key);
  throw new InvalidInputError("--key", `--key ${file} must hold one key, which is RSA, EC or Ed25519`);
}

function timeOf(expires: string, now: number): string {
  const isTime = /^\d{4}-\d\d-\d\d/.test(expires);
  const time = isTime ? Date.parse(expires) : now + milliseconds("--expires", expires);
  if (time > now) return new Date(time).toISOString();
  throw new InvalidInputError("--expires", `--expires ${expires} must be a time in the future`);
}

export const getTrustedIssuer: Command = command({
  verb: "get",
  ...NOUN,
  summary: "Show trusted issuers",
  examples: [["hydra-sdk get trusted-issuer 9edc811f-4e28-453c-9b46-4de65f00217f", "one of them"]],
  arguments: IDS,
  async run(context) {
    const api = await adminApi(context);
    const found: TrustedOAuth2JwtGrantIssuer[] = [];
    const total = context.args.length;
    const status = await eachOf(context, context.args, { done: "read", name: String, total }, async (id) => {
      found.push((await api.getTrustedOAuth2JwtGrantIssuer({ id })).data);
    });
    if (total > 1) await context.output.list([found], COLUMNS);
    else if (found[0]) await context.output.item(found[0], COLUMNS);
    return status;
  },
});

export const listTrustedIssuers: Command = command({
  verb: "list",
  ...NOUN,
  summary: "List trusted issuers",
  details: listDetails("issuers"),
  examples: [["hydra-sdk list trusted-issuers --issuer https://ci.example.com", "those of one issuer"]],
  flags: { issuer: text("only those of this issuer", { placeholder: "ISSUER" }), ...listFlags("issuers") },
  async run(context) {
    const { issuer } = context.flags;
    const parameters = { ...pageParameters(context), ...(issuer !== undefined && { issuer }) };
    const api = await adminApi(context);
    const issuers = paginate((page, options) => api.listTrustedOAuth2JwtGrantIssuers(page, options), parameters);
    await printPages(context, issuers.pages(), COLUMNS, "issuers");
  },
});

export const deleteTrustedIssuer: Command = command({
  verb: "delete",
  ...NOUN,
  summary: "End the trust in issuers",
  details: "More than one must be confirmed: at the terminal, or by --yes.",
  examples: [["hydra-sdk delete trusted-issuer 9edc811f-4e28-453c-9b46-4de65f00217f", "one of them"]],
  arguments: IDS,
  flags: removalFlags("issuer"),
  async run(context) {
    const api = await adminApi(context);
    const ids = context.args;
    return remove(context, { ids, items: "issuers", remove: (id) => api.deleteTrustedOAuth2JwtGrantIssuer({ id }) });
  },
});

export const importTrustedIssuers: Command = command({
  verb: "import",
  ...NOUN,
  summary: "Trust issuers from files",
  details:
    "A file holds one issuer or a list of them, as JSON with issuer, subject or allow_any_subject, scope, jwk and " +
    "expires_at. All files are read before anything is sent.",
  examples: [["hydra-sdk import trusted-issuers issuers.json", "from a file"]],
  arguments: [{ name: "FILE", description: "a file; - reads standard input", variadic: true }],
  flags: { "dry-run": boolean("show what would be sent, and send nothing") },
  async run(context) {
    const { args, flags, io, output, terminal } = context;
    const issuers: TrustOAuth2JwtGrantIssuer[] = [];
    for (const file of args) {
      const content = [await readJson(io, "FILE", file)].flat();
      for (const [index, issuer] of content.entries()) {
        assertIssuer(`FILE ${file}: issuer ${index + 1}`, issuer);
        issuers.push(issuer);
      }
    }
    if (issuers.length === 0) throw new InvalidInputError("FILE", "there is no issuer in the files");
    if (flags["dry-run"]) {
      await terminal.note(`would trust ${issuers.length} issuers:`);
      const shown = issuers.map(({ jwk, ...issuer }) => ({ ...issuer, public_key: { kid: jwk.kid } }));
      return void (await output.list([shown], COLUMNS.slice(1) as unknown as typeof COLUMNS));
    }
    const api = await adminApi(context);
    const created: TrustedOAuth2JwtGrantIssuer[] = [];
    const options = { done: "created", name: ({ issuer }: TrustOAuth2JwtGrantIssuer) => issuer, total: issuers.length };
    const status = await eachOf(context, issuers, options, async (trustOAuth2JwtGrantIssuer) => {
      created.push((await api.trustOAuth2JwtGrantIssuer({ trustOAuth2JwtGrantIssuer })).data);
    });
    if (created.length > 0) await output.list([created], COLUMNS);
    return status;
  },
});

const MEMBERS = ["issuer", "subject", "allow_any_subject", "scope", "jwk", "expires_at"];

function assertIssuer(field: string, value: unknown): asserts value is TrustOAuth2JwtGrantIssuer {
  const issuer = Object(value) as Record<string, any>;
  const unknown = Object.keys(issuer).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined && issuer["jwk"] !== undefined)
    throw new InvalidInputError(field, `${field} has an unknown member ${JSON.stringify(unknown)}`);
  const missing = ["issuer", "jwk", "expires_at"].find((name) => issuer[name] === undefined);
  if (missing !== undefined) throw new InvalidInputError(field, `${field} has no ${missing}: an issuer needs one`);
  if (issuer["jwk"].d !== undefined || issuer["jwk"].k !== undefined)
    throw new InvalidInputError(field, `${field} holds a private key: give the public one`);
}
