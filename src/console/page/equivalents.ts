import type { JsonPatch, OAuth2Client } from "../../index.ts";

/** The same as a form does, for a shell and for a program. */
export interface Equivalent {
  command: string;
  code: string;
}

/** A word of a POSIX shell that means exactly `text`. */
export const shellWord = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** What a command names. After `--` a name that begins with a dash is not a flag. */
const operands = (...names: string[]): string =>
  `${names.some((name) => name.startsWith("-")) ? " --" : ""} ${names.map(shellWord).join(" ")}`;

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const fromInput = (command: string, value: unknown): string => `${command} <<'JSON'\n${json(value)}\nJSON`;
const text = (value: string): string => JSON.stringify(value);

/** The secret is a file or a variable: it must not get into the history of a shell. */
const withoutSecret = ({ client_secret: _, ...client }: OAuth2Client): OAuth2Client => client;

export const creation = (client: OAuth2Client): Equivalent => ({
  command: fromInput(
    `hydra-sdk create oauth2-client --file -${client.client_secret ? " --secret-file secret.txt" : ""}`,
    withoutSecret(client),
  ),
  code: `const { data } = await api.createOAuth2Client({\n  oAuth2Client: ${json(withoutSecret(client)).replaceAll("\n", "\n  ")},\n});`,
});

export const update = (id: string, jsonPatch: JsonPatch[]): Equivalent => ({
  command: fromInput(`hydra-sdk patch oauth2-client --file -${operands(id)}`, jsonPatch),
  code: `await api.patchOAuth2Client({\n  id: ${text(id)},\n  jsonPatch: ${json(jsonPatch).replaceAll("\n", "\n  ")},\n});`,
});

export const deletion = (ids: string[]): Equivalent => ({
  command: `hydra-sdk delete oauth2-client${ids.length > 1 ? " --yes" : ""}${operands(...ids)}`,
  code: ids.map((id) => `await api.deleteOAuth2Client({ id: ${text(id)} });`).join("\n"),
});

export const rotation = (id: string): Equivalent => ({
  command: `hydra-sdk rotate client-secret${operands(id)}\nhydra-sdk forget client-secret${operands(id)}`,
  code: `const { data } = await api.rotateOAuth2ClientSecret({ id: ${text(id)} });\nawait api.deleteRotatedOAuth2ClientSecrets({ id: ${text(id)} });`,
});

export const list = (owner: string, name: string): Equivalent => ({
  command: `hydra-sdk list oauth2-clients${words("--owner", owner)}${words("--name", name)}`,
  code: `for await (const client of paginate(api.listOAuth2Clients.bind(api), ${JSON.stringify({
    ...(owner && { owner }),
    ...(name && { clientName: name }),
  })})) {\n  console.log(client.client_id);\n}`,
});

export const introspection = (): Equivalent => ({
  command: "hydra-sdk introspect token - < token.txt",
  code: "const { data } = await api.introspectOAuth2Token({ token });",
});

/** A flag with its value, if there is one. */
const words = (flag: string, value: string): string => (value ? ` ${flag} ${shellWord(value)}` : "");

const AUTHENTICATION: Record<string, string> = {
  client_secret_basic: "clientSecretBasic(secret)",
  client_secret_post: "clientSecretPost(secret)",
  private_key_jwt: "privateKeyJwt(key)",
};
const AUTHENTICATION_FLAGS: Record<string, string> = {
  client_secret_basic: " --client-secret-file secret.txt",
  client_secret_post: " --client-secret-file secret.txt --auth-method client_secret_post",
  private_key_jwt: " --key key.pem",
};

interface Trial {
  basePath: string;
  clientId: string;
  method: string;
  scope: string;
  audience: string;
}

export function tokenRequest(grant: "client-credentials" | "authorization-code", trial: Trial): Equivalent {
  const { basePath, clientId, method, scope, audience } = trial;
  const secret = AUTHENTICATION[method];
  const shared = `  basePath: ${text(basePath)},\n  clientId: ${text(clientId)},\n`;
  const asked = `${scope && `  scope: ${text(scope)},\n`}${audience && `  audience: ${text(audience)},\n`}`;
  const auth = secret ? `  auth: ${secret},\n` : "";
  const flags = `${words("--client-id", clientId)}${AUTHENTICATION_FLAGS[method] ?? ""}${words("--scope", scope.replaceAll(" ", ","))}`;
  const exchange = `const tokens = await exchangeCode({\n${shared}${auth}  redirectUri,\n  code,\n  codeVerifier: login.codeVerifier,\n});`;
  return {
    command: `hydra-sdk perform ${grant}${flags}${words("--audience", audience)}`,
    code:
      grant === "client-credentials"
        ? `const { access_token } = await clientCredentials({\n${shared}${auth}${asked}});`
        : `const login = await authorizationUrl({\n${shared}  redirectUri,\n${asked}});\n// Send the browser to login.url; the redirect brings the code.\n${exchange}`,
  };
}

export const revocation = (subject: string, client?: string): Equivalent => ({
  command: `hydra-sdk delete consents${client ? words("--client", client) : " --all"}${operands(subject)}`,
  code: `await api.revokeOAuth2ConsentSessions({ subject: ${text(subject)}, ${client ? `client: ${text(client)}` : "all: true"} });`,
});

export const loginRevocation = (subject: string): Equivalent => ({
  command: `hydra-sdk delete sessions --yes${operands(subject)}`,
  code: `await api.revokeOAuth2LoginSessions({ subject: ${text(subject)} });`,
});

export const trustRevocation = (id: string): Equivalent => ({
  command: `hydra-sdk delete trusted-issuer${operands(id)}`,
  code: `await api.deleteTrustedOAuth2JwtGrantIssuer({ id: ${text(id)} });`,
});
