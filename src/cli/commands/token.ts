import type { IntrospectedOAuth2Token } from "../../index.ts";
import { OAuth2Api } from "../../index.ts";
import { AUTHENTICATION_FLAGS, assertOneInput, authentication } from "../authentication.ts";
import { type Command, command } from "../command.ts";
import { STATUS } from "../failure.ts";
import { boolean, list, text } from "../flags.ts";
import type { Columns } from "../output.ts";
import { exists, removalFlags, remove } from "../removal.ts";
import { adminApi } from "../target.ts";
import { readToken, time, tokenArgument } from "../token-output.ts";

const INTROSPECTION_COLUMNS: Columns<IntrospectedOAuth2Token> = [
  { title: "ACTIVE", value: (token) => token.active },
  { title: "SUBJECT", value: (token) => token.sub },
  { title: "CLIENT ID", value: (token) => token.client_id },
  { title: "SCOPE", value: (token) => token.scope },
  { title: "AUDIENCE", value: (token) => token.aud },
  { title: "EXPIRY", value: (token) => time(token.exp) },
  { title: "TOKEN USE", value: (token) => token.token_use },
];

export const introspectToken: Command = command({
  verb: "introspect",
  noun: "token",
  summary: "Ask whether a token is active, and what it grants",
  examples: [
    ["hydra-sdk introspect token - < token.txt", "a token that is not in the list of processes"],
    ['hydra-sdk introspect token "$TOKEN" --scope write --fail-if-inactive -q', "in a script"],
  ],
  arguments: [tokenArgument("an access or refresh token")],
  flags: {
    scope: list("scopes that the token must have to be active", { placeholder: "SCOPES" }),
    "fail-if-inactive": boolean("end with status 1 if the token is not active"),
  },
  async run(context) {
    const { flags, output, target } = context;
    const token = await readToken(context);
    const scope = flags.scope?.join(" ");
    const { data } = await (await adminApi({ target })).introspectOAuth2Token({ token, scope });
    await output.item(data, INTROSPECTION_COLUMNS);
    return flags["fail-if-inactive"] && !data.active ? STATUS.refused : STATUS.done;
  },
});

export const revokeToken: Command = command({
  verb: "revoke",
  noun: "token",
  summary: "End a token, as the client that it was issued to",
  details: "With a refresh token, the access tokens that were issued with it end, too.",
  examples: [["hydra-sdk revoke token --client-id web-shop --client-secret-file secret.txt - < token.txt", "a token"]],
  arguments: [tokenArgument("an access or refresh token")],
  flags: {
    ...AUTHENTICATION_FLAGS,
    "token-type-hint": text("what the token is: access_token or refresh_token", {
      placeholder: "TYPE",
      values: ["access_token", "refresh_token"],
      closed: true,
    }),
  },
  async run(context) {
    const { args, flags, target, terminal } = context;
    assertOneInput(flags, args[0]);
    const token = await readToken(context);
    const client = await authentication(context);
    const api = new OAuth2Api(await target.public());
    await api.revokeOAuth2Token({ token, tokenTypeHint: flags["token-type-hint"], ...client });
    // The server answers so for a token that it does not know, too (RFC 7009, section 2.2).
    await terminal.note(`revoked, if it was a token of ${client.clientId}`);
  },
});

export const deleteAccessTokens: Command = command({
  verb: "delete",
  noun: "access-tokens",
  summary: "End all access tokens of a client",
  examples: [["hydra-sdk delete access-tokens web-shop", "its refresh tokens stay valid"]],
  arguments: [{ name: "CLIENT_ID", description: "ID of the client" }],
  flags: removalFlags("client"),
  async run(context) {
    const api = await adminApi(context);
    return remove(context, {
      ids: context.args,
      items: "clients",
      part: "the access tokens of",
      async remove(clientId) {
        // The server answers 204 for any ID.
        const isKnown = await exists(api.getOAuth2Client({ id: clientId }));
        await api.deleteOAuth2Token({ clientId });
        return isKnown;
      },
    });
  },
});
