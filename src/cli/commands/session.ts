import {
  InvalidInputError,
  type OAuth2Api,
  type OAuth2ApiListOAuth2ConsentSessionsRequest,
  type OAuth2ConsentSession,
  paginate,
} from "../../index.ts";
import { type Command, command } from "../command.ts";
import type { Context } from "../context.ts";
import { STATUS } from "../failure.ts";
import { boolean, text } from "../flags.ts";
import { listDetails, listFlags, pageParameters, printPages } from "../listing.ts";
import type { Columns } from "../output.ts";
import { adminApi } from "../target.ts";

const CONSENTS = { noun: "consents", aliases: ["consent"] };
const SUBJECT = { name: "SUBJECT", description: "the user: the sub of the tokens" };
const YES = boolean("do not ask", { short: "y" });
const DRY_RUN = boolean("show what would be deleted, and delete nothing");

const CONSENT_COLUMNS: Columns<OAuth2ConsentSession> = [
  { title: "CONSENT REQUEST ID", value: (consent) => consent.consent_request_id },
  { title: "CLIENT ID", value: (consent) => consent.consent_request?.client?.client_id },
  { title: "SCOPE", value: (consent) => consent.grant_scope },
  { title: "AUDIENCE", value: (consent) => consent.grant_access_token_audience },
  { title: "REMEMBERED", value: (consent) => consent.remember },
  { title: "HANDLED AT", value: (consent) => consent.handled_at },
];

const consentPages = (api: OAuth2Api, parameters: OAuth2ApiListOAuth2ConsentSessionsRequest) =>
  paginate((page: typeof parameters, options) => api.listOAuth2ConsentSessions(page, options), parameters).pages();

export const listConsents: Command = command({
  verb: "list",
  ...CONSENTS,
  summary: "List what a user has consented to",
  details: listDetails("consents"),
  examples: [["hydra-sdk list consents alice", "all of a user"]],
  arguments: [SUBJECT],
  flags: {
    session: text("only those of this login session", { placeholder: "SESSION-ID" }),
    ...listFlags("consents"),
  },
  async run(context) {
    const { args, flags } = context;
    const { session: loginSessionId } = flags;
    const parameters = { ...pageParameters(context), subject: args[0]!, ...(loginSessionId && { loginSessionId }) };
    const pages = consentPages(await adminApi(context), parameters);
    await printPages(context, pages, CONSENT_COLUMNS, "consents");
  },
});

export const deleteConsents: Command = command({
  verb: "delete",
  ...CONSENTS,
  summary: "Revoke what a user has consented to, with the tokens that were issued for it",
  details: "--all must be confirmed: at the terminal, or by --yes.",
  examples: [
    ["hydra-sdk delete consents alice --client web-shop", "for one client"],
    ["hydra-sdk delete consents --consent-request 2e5a2d9e-6a3b-4f0e-9a1d-0f3f5b7c1a2b", "one consent"],
  ],
  arguments: [{ ...SUBJECT, optional: true }],
  flags: {
    client: text("for this client", { placeholder: "CLIENT-ID" }),
    all: boolean("for all clients"),
    "consent-request": text("the one of this consent request, without a SUBJECT", { placeholder: "ID" }),
    yes: YES,
    "dry-run": DRY_RUN,
  },
  async run(context) {
    const { args, flags, output, terminal } = context;
    const [subject] = args;
    const { client, all, "consent-request": consentRequestId } = flags;
    if (consentRequestId !== undefined && (subject !== undefined || client !== undefined || all))
      throw new InvalidInputError(
        "--consent-request",
        "--consent-request stands alone: without SUBJECT, --client, --all",
      );
    if (consentRequestId === undefined && subject === undefined)
      throw new InvalidInputError("SUBJECT", "give SUBJECT with --client or --all, or --consent-request");
    if (consentRequestId === undefined && (client !== undefined) === (all === true))
      throw new InvalidInputError("--client", "either --client or --all is required, and not both");
    const api = await adminApi(context);
    if (flags["dry-run"]) {
      await terminal.note("would revoke:");
      if (subject === undefined) return printSubject(context, consentRequestId!);
      const consents: OAuth2ConsentSession[] = [];
      for await (const page of consentPages(api, { subject })) consents.push(...page);
      const chosen = consents.filter((consent) => all || consent.consent_request?.client?.client_id === client);
      return output.list([chosen], CONSENT_COLUMNS).then(() => STATUS.done);
    }
    if (all && !(await terminal.confirm(`Revoke all consents of ${subject}?`, flags.yes))) return nothing(context);
    if (subject === undefined) await api.revokeOAuth2ConsentSessions({ consentRequestId });
    else await api.revokeOAuth2ConsentSessions(all ? { subject, all } : { subject, client });
    return printSubject(context, subject ?? consentRequestId!);
  },
});

export const deleteSessions: Command = command({
  verb: "delete",
  noun: "sessions",
  aliases: ["session"],
  summary: "End the login sessions of a user, or one of them",
  details:
    "Tokens stay valid: `hydra-sdk delete consents` ends them. All sessions of a user must be confirmed, or --yes.",
  examples: [
    ["hydra-sdk delete sessions alice --yes", "all of a user"],
    ["hydra-sdk delete session --sid 30c5b1f6-4f3b-4a3e-8f0e-2c3c8f6b1d2a", "one of them: the sid of its ID tokens"],
  ],
  arguments: [{ ...SUBJECT, optional: true }],
  flags: { sid: text("the session of this ID", { placeholder: "SESSION-ID" }), yes: YES, "dry-run": DRY_RUN },
  async run(context) {
    const { args, flags, terminal } = context;
    const [subject] = args;
    const { sid } = flags;
    if ((subject === undefined) === (sid === undefined))
      throw new InvalidInputError("--sid", "either SUBJECT or --sid is required, and not both");
    const api = await adminApi(context);
    if (flags["dry-run"]) {
      await terminal.note(subject === undefined ? "would end the session:" : "would end all sessions of:");
      return printSubject(context, subject ?? sid!);
    }
    const isConfirmed = subject === undefined || (await terminal.confirm(`End all sessions of ${subject}?`, flags.yes));
    if (!isConfirmed) return nothing(context);
    await api.revokeOAuth2LoginSessions(subject === undefined ? { sid } : { subject });
    return printSubject(context, subject ?? sid!);
  },
});

/** The server answers 204, whether there was something to delete or not. */
async function printSubject({ output }: Context<any>, id: string): Promise<number> {
  await output.item(id, [{ title: "ID", value: String }]);
  return STATUS.done;
}

async function nothing({ terminal }: Context<any>): Promise<number> {
  await terminal.note("nothing was deleted");
  return STATUS.refused;
}
