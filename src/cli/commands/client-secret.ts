import { HydraError, isResponseError, type OAuth2Api } from "../../index.ts";
import { CLIENT_ROWS } from "../client-flags.ts";
import { type Command, command } from "../command.ts";
import { lost, printNew } from "../new-secret.ts";
import { adminApi } from "../target.ts";

const CLIENT = [{ name: "ID", description: "ID of a client" }];

export const rotateClientSecret: Command = command({
  verb: "rotate",
  noun: "client-secret",
  summary: "Give a client a new secret, beside which the old one stays valid",
  details: "`hydra-sdk forget client-secret ID` ends the old secrets, when nothing uses them any more.",
  examples: [["hydra-sdk rotate client-secret web-shop", "the new secret is shown this once"]],
  arguments: CLIENT,
  async run(context) {
    const api = await adminApi(context);
    const id = context.args[0]!;
    await withRotation(api, id, async () => {
      const { data } = await api.rotateOAuth2ClientSecret({ id });
      const isLost = await printNew(context, data, data.client_secret);
      if (isLost) await context.terminal.warn(lost("the client secret was", "rotate it again"));
      await context.terminal.note(`When all have the new one: \`hydra-sdk forget client-secret ${id}\``);
    });
  },
});

export const forgetClientSecret: Command = command({
  verb: "forget",
  noun: "client-secret",
  summary: "End the secrets of a client that were rotated: the newest alone stays valid",
  examples: [["hydra-sdk forget client-secret web-shop", "when all have the new secret"]],
  arguments: CLIENT,
  async run(context) {
    const api = await adminApi(context);
    const id = context.args[0]!;
    await withRotation(api, id, async () => {
      await context.output.item((await api.deleteRotatedOAuth2ClientSecrets({ id })).data, CLIENT_ROWS);
    });
  },
});

/** A server without rotation answers 404, as for a client that does not exist: a second request tells which it is. */
async function withRotation(api: OAuth2Api, id: string, call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isResponseError(error) || error.status !== 404) throw error;
    await api.getOAuth2Client({ id });
    const instead = `\`hydra-sdk update oauth2-client ${id} --secret-file FILE\` replaces the secret at once`;
    throw new HydraError(`this server cannot rotate secrets, as Hydra after 26.2 can: ${instead}`, { cause: error });
  }
}
