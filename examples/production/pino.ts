// Logs every request and every failure with pino, without revealing secrets. Other loggers are used alike.
//
//   npx tsx examples/production/pino.ts
//
// Also needs: npm install pino
import { type Fetch, isResponseError, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { pino } from "pino";
import { cleanUp } from "../support/clean-up.ts";

/** What a log needs of an error: `name`, `status` and `error` for alerts, `requestId` for the operator of a gateway. */
function serializeError(error: Error): object {
  const { name, message, stack, cause } = error;
  const { status, error: code, requestId, retryAfter } = isResponseError(error) ? error : {};
  const fields = { name, message, status, error: code, requestId, retryAfter, stack };
  return cause instanceof Error ? { ...fields, cause: serializeError(cause) } : fields;
}

// Errors, configurations and APIs show no secret. The response to a creation contains one, and tokens are secret.
const secrets = ["client_secret", "registration_access_token", "access_token", "refresh_token", "id_token"];
const lines: string[] = [];
const log = pino(
  { serializers: { err: serializeError }, redact: secrets.map((name) => `*.${name}`) },
  { write: (line) => lines.push(line) }, // Without this argument, it writes to stdout.
);

/** Returns a fetch function that logs each request. It omits query, headers and body: they may contain secrets. */
function withLogging(fetch: Fetch = globalThis.fetch): Fetch {
  return async (url, init) => {
    const start = performance.now();
    const request = { method: init.method, path: new URL(url).pathname };
    const ms = () => Math.round(performance.now() - start);
    try {
      const response = await fetch(url, init);
      log.info({ ...request, status: response.status, ms: ms() }, "request");
      return response;
    } catch (error) {
      log.warn({ ...request, error: (error as Error).name, ms: ms() }, "request");
      throw error;
    }
  };
}

const server = { timeout: 10_000, ...configurationFromEnv() };
const hydra = (fetch?: Fetch) => new OAuth2Api({ ...server, fetch: withLogging(fetch) });
const overload = { status: 503, headers: { "retry-after": "30", "x-request-id": "b7ad6b71" } };
const overloaded = hydra(async () => new Response(null, overload));
const refused = new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
const unreachable = hydra(() => Promise.reject(refused));

const oauth2 = hydra(server.fetch);
const { data: client } = await oauth2.createOAuth2Client({ oAuth2Client: { grant_types: ["client_credentials"] } });
const id = client.client_id!;
log.info({ client }, "created");
const wrong = { grantType: "client_credentials", clientId: id, clientSecret: "not-the-real-secret" };
await oauth2.oauth2TokenExchange(wrong).catch((error) => log.error(error));
await overloaded.getOAuth2Client({ id }).catch((error) => log.error(error));
await unreachable.getOAuth2Client({ id }).catch((error) => log.error({ err: error, unreachable }, "no client"));
await cleanUp(oauth2.deleteOAuth2Client({ id }));

const text = lines.join("");
console.log(text);
console.log("reveals a secret:", text.includes(client.client_secret!) || text.includes(wrong.clientSecret));
