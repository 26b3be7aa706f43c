import { once } from "node:events";
import { type IncomingHttpHeaders, request as sendRequest } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, test } from "vitest";
import { type ConsoleOptions, serveConsole } from "../../src/console/server.ts";
import {
  Configuration,
  clientCredentials,
  clientSecretBasic,
  type Fetch,
  isResponseError,
  OAuth2Api,
  paginate,
} from "../../src/index.ts";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { CLOSED_PORT } from "../support/closed-port.ts";

const API_KEY = "ory_pat_key-of-the-command-line";

interface Sent {
  url: string;
  headers: Record<string, string>;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: any;
}

interface Started {
  mock: MockHydra;
  port: number;
  token: string;
  session: string;
  /** What was sent to Hydra. */
  sent: Sent[];
  /** Sends exactly this, also what a browser would not. A `null` removes a header. */
  send(path: string, request?: Sending): Promise<Answer>;
  close(): Promise<void>;
}

interface Sending {
  method?: string;
  headers?: Record<string, string | null>;
  body?: string;
}

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const FILES = {
  "index.html": "<!doctype html><title>page</title>",
  "page.js": "page();",
  "page.css": "page {}",
  "callback.html": "<!doctype html><title>callback</title>",
  "callback.js": "callback();",
};

/** Starts a console of a new mock, and opens its session. */
async function start({
  fetch,
  timeout,
  readOnly = false,
  ...options
}: Partial<ConsoleOptions> & { fetch?: Fetch; timeout?: number; readOnly?: boolean } = {}): Promise<Started> {
  const mock = createMockHydra();
  const sent: Sent[] = [];
  const configuration = new Configuration({
    basePath: mock.publicUrl,
    adminBasePath: mock.adminUrl,
    accessToken: API_KEY,
    baseOptions: { headers: { "X-Tenant": "blue" } },
    timeout,
    fetch: (url, init) => {
      sent.push({ url, headers: init.headers });
      return fetch ? fetch(url, init) : mock.fetch(url, init);
    },
  });
  const facts = { readOnly, mock: false, server: { from: "--admin" }, version: "1.2.3", cli: "--admin http://hydra" };
  const console = await serveConsole({ files: FILES, admin: configuration, public: configuration, facts, ...options });
  cleanups.push(console.close);
  const port = Number(new URL(console.url).port);
  let session: string | undefined;

  function send(path: string, { method = "GET", headers = {}, body }: Sending = {}): Promise<Answer> {
    const all: Record<string, string | null> = {
      host: `127.0.0.1:${port}`,
      ...(session !== undefined && { authorization: `Bearer ${session}` }),
      ...(body !== undefined && { "content-type": "application/json", "content-length": `${Buffer.byteLength(body)}` }),
      ...headers,
    };
    const given = Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    );
    return new Promise((resolve, reject) => {
      const outgoing = sendRequest({
        host: "127.0.0.1",
        port,
        path,
        method,
        headers: given,
        setHost: false,
        agent: false,
      });
      outgoing.once("error", reject);
      outgoing.once("response", async (incoming) => {
        let text = "";
        for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
        const json = /json/.test(incoming.headers["content-type"] ?? "") && text ? JSON.parse(text) : undefined;
        resolve({ status: incoming.statusCode!, headers: incoming.headers, text, json });
      });
      outgoing.end(body);
    });
  }

  const { json } = await send("/session", { method: "POST", body: JSON.stringify({ token: console.token }) });
  session = json.session as string;
  return { mock, port, token: console.token, session, sent, send, close: console.close };
}

/** The SDK as the page uses it: through the console's server. */
function page({ port, session }: Pick<Started, "port" | "session">): Configuration {
  const origin = `http://127.0.0.1:${port}`;
  return new Configuration({
    basePath: `${origin}/public`,
    adminBasePath: origin,
    fetch: (url, init) => {
      const { authorization, ...headers } = init.headers;
      const forHydra = authorization && { "x-hydra-authorization": authorization };
      return fetch(url, { ...init, headers: { ...headers, ...forHydra, authorization: `Bearer ${session}` } });
    },
  });
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const NAVIGATION = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

describe("the files", () => {
  test.each([
    ["/", "text/html; charset=utf-8", FILES["index.html"]],
    ["/page.js", "text/javascript; charset=utf-8", FILES["page.js"]],
    ["/page.css", "text/css; charset=utf-8", FILES["page.css"]],
    ["/callback?code=a&state=b", "text/html; charset=utf-8", FILES["callback.html"]],
    ["/callback.js", "text/javascript; charset=utf-8", FILES["callback.js"]],
  ])("%s is served without a session", async (path, type, content) => {
    const { send } = await start();
    const { status, headers, text } = await send(path, { headers: { authorization: null } });
    expect({ status, type: headers["content-type"], text }).toEqual({ status: 200, type, text: content });
  });

  test("every response forbids inline code, other origins, frames, sniffing and caches", async () => {
    const { send } = await start();
    for (const path of ["/", "/callback", "/page.js", "/console", "/admin/clients", "/nothing"]) {
      const { headers } = await send(path);
      const policy = Object.fromEntries(
        headers["content-security-policy"]!.toString()
          .split("; ")
          .map((directive) => directive.split(/ (.*)/)),
      );
      expect(policy).toEqual({
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
      });
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers).not.toHaveProperty("access-control-allow-origin");
      expect(headers).not.toHaveProperty("set-cookie");
    }
  });

  test("another site may lead a person to a document, but may neither frame it nor load a script", async () => {
    const { send } = await start();
    const foreign = { "sec-fetch-site": "cross-site" };
    const statusOf = async (path: string, headers: Record<string, string>) => (await send(path, { headers })).status;
    expect(await statusOf("/", { ...foreign, ...NAVIGATION })).toBe(200);
    expect(await statusOf("/callback?code=a", { ...foreign, ...NAVIGATION })).toBe(200);
    expect(await statusOf("/", { ...foreign, ...NAVIGATION, "sec-fetch-dest": "iframe" })).toBe(403);
    expect(await statusOf("/page.js", { ...foreign, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script" })).toBe(
      403,
    );
    expect(await statusOf("/page.js", { ...foreign, ...NAVIGATION })).toBe(403);
    expect(await statusOf("/admin/clients", { ...foreign, ...NAVIGATION })).toBe(403);
  });

  test("a POST to a file is refused", async () => {
    const { send } = await start();
    const { status, headers } = await send("/", { method: "POST", headers: FORM, body: "a=b" });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: "GET" });
  });
});

describe("the session", () => {
  test("a used token is refused, and the session stays", async () => {
    const { send, token } = await start();
    const { status, json } = await send("/session", { method: "POST", body: JSON.stringify({ token }) });
    expect({ status, error: json.error }).toEqual({ status: 401, error: "invalid_token" });
    expect((await send("/console")).status).toBe(200);
  });

  test.each([['{"token":"wrong"}'], ['{"token":null}'], ["{}"], ["[]"], ["null"]])(
    "the token %s is refused and does not use up the right one",
    async (body) => {
      const mock = new Configuration({ basePath: "http://127.0.0.1:4444" });
      const facts = { readOnly: false, mock: false, server: { from: "" }, version: "", cli: "" };
      const opened: string[] = [];
      const console = await serveConsole({ files: FILES, admin: mock, facts, onSession: () => opened.push("once") });
      cleanups.push(console.close);
      const exchange = (body: string) =>
        fetch(`${console.url}session`, { method: "POST", headers: { "content-type": "application/json" }, body });
      expect((await exchange(body)).status).toBe(401);
      expect(opened).toEqual([]);
      expect((await exchange(JSON.stringify({ token: console.token }))).status).toBe(200);
      expect(opened).toEqual(["once"]);
    },
  );

  test.each([
    ["no", null],
    ["a wrong", "Bearer wrong"],
    ["an empty", "Bearer "],
    ["another kind of", "Basic dXNlcjpwYXNz"],
  ])("with %s Authorization nothing is sent on", async (_, authorization) => {
    const { send, sent } = await start();
    for (const path of ["/console", "/admin/clients", "/public/userinfo", "/version", "/anything"]) {
      const { status, json } = await send(path, { headers: { authorization } });
      expect({ path, status, error: json.error }).toEqual({ path, status: 401, error: "invalid_session" });
    }
    expect(sent).toEqual([]);
  });

  test("the one-time token is no session, and each console has its own", async () => {
    const one = await start();
    const other = await start();
    for (const authorization of [`Bearer ${one.token}`, `Bearer ${other.session}`])
      expect((await one.send("/console", { headers: { authorization } })).status).toBe(401);
  });

  test("a long body in place of a token is refused before it is read", async () => {
    const { send } = await start();
    const body = JSON.stringify({ token: "x".repeat(2000) });
    expect(await send("/session", { method: "POST", body })).toMatchObject({ status: 413 });
  });
});

describe("requests of others are refused before anything is sent on", () => {
  test.each([
    ["evil.example", (port: number) => `evil.example:${port}`],
    ["0.0.0.0", (port: number) => `0.0.0.0:${port}`],
    ["an address of the network", (port: number) => `192.168.1.10:${port}`],
    ["[::1]", (port: number) => `[::1]:${port}`],
    ["a name that begins with localhost", (port: number) => `localhost.evil.example:${port}`],
    ["a name that ends with localhost", (port: number) => `evil.localhost:${port}`],
    ["another port", (port: number) => `127.0.0.1:${port + 1}`],
    ["no port", () => "127.0.0.1"],
    ["credentials", (port: number) => `127.0.0.1:${port}@evil.example`],
    ["nothing", () => ""],
  ])("Host: %s", async (_, hostAt) => {
    const { send, sent, port } = await start();
    for (const path of ["/", "/admin/clients"])
      expect(await send(path, { headers: { host: hostAt(port) } })).toMatchObject({ status: 403 });
    expect(sent).toEqual([]);
  });

  test("localhost is a name of the console", async () => {
    const { send, port } = await start();
    const headers = { host: `localhost:${port}`, origin: `http://localhost:${port}` };
    const { json } = await send("/console", { headers });
    expect(json.callbackUrl).toBe(`http://localhost:${port}/callback`);
  });

  test.each([
    ["another site", () => "https://evil.example"],
    ["null, as of a sandboxed frame", () => "null"],
    ["another loopback port", (port: number) => `http://127.0.0.1:${port + 1}`],
    ["another name of the console", (port: number) => `http://localhost:${port}`],
    ["another scheme", (port: number) => `https://127.0.0.1:${port}`],
  ])("Origin: %s", async (_, originAt) => {
    const { send, sent, port } = await start();
    const origin = originAt(port);
    const body = "{}";
    for (const [path, method] of [
      ["/session", "POST"],
      ["/admin/clients/a%09..%2f..%0ab"],
      ["/admin/clients/a%00"],
      ["/admin/clients", "GET"],
    ] as const)
      expect(await send(path, { method, headers: { origin }, ...(method === "POST" && { body }) })).toMatchObject({
        status: 403,
        json: { error: "forbidden" },
      });
    expect(sent).toEqual([]);
  });

  test.each(["cross-site", "same-site", "none"])("Sec-Fetch-Site: %s", async (site) => {
    const { send, sent } = await start();
    const headers = { "sec-fetch-site": site };
    expect(await send("/admin/clients", { headers })).toMatchObject({ status: 403 });
    expect(await send("/session", { method: "POST", headers, body: "{}" })).toMatchObject({ status: 403 });
    expect(sent).toEqual([]);
  });

  test("a preflight gets no permission", async () => {
    const { send, sent } = await start();
    const headers = { origin: "https://evil.example", "access-control-request-method": "DELETE", authorization: null };
    const { status, headers: answered } = await send("/admin/clients/web", { method: "OPTIONS", headers });
    expect(status).toBe(403);
    expect(Object.keys(answered).filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(sent).toEqual([]);
  });

  test("it listens on 127.0.0.1 alone", async () => {
    const { port } = await start();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address, scopeid }) => ({ address, scopeid }))
      .filter(({ address, scopeid }) => address !== "127.0.0.1" && !scopeid);
    for (const host of ["127.0.0.2", "::1", ...others.map(({ address }) => address)]) {
      const socket = connect({ host, port });
      const outcome = await Promise.race([
        once(socket, "connect").then(() => "connected"),
        once(socket, "error").then(
          () => "refused",
          () => "refused",
        ),
      ]).catch(() => "refused");
      socket.destroy();
      expect({ host, outcome }).toEqual({ host, outcome: "refused" });
    }
  });
});

describe("a body", () => {
  test.each([
    ["text/plain", "text/plain"],
    ["a form", "application/x-www-form-urlencoded"],
    ["multipart", "multipart/form-data; boundary=x"],
    ["no type", null],
    ["a type that contains application/json", "text/plain; application/json"],
  ])("of %s is refused where JSON belongs", async (_, type) => {
    const { send, sent } = await start();
    for (const path of ["/session", "/admin/clients"]) {
      const body = '{"client_name":"a"}';
      const { status, json } = await send(path, { method: "POST", headers: { "content-type": type }, body });
      expect({ path, status, error: json.error }).toEqual({ path, status: 415, error: "unsupported_media_type" });
    }
    expect(sent).toEqual([]);
  });

  test("that says JSON and is not is refused", async () => {
    const { send, sent } = await start();
    for (const [method, path] of [
      ["POST", "/session"],
      ["POST", "/admin/clients"],
      ["PATCH", "/admin/clients/a"],
    ] as const)
      expect(await send(path, { method, body: "client_name=a" })).toMatchObject({ status: 400 });
    expect(sent).toEqual([]);
  });

  test("in JSON is refused where a form belongs", async () => {
    const { send, sent } = await start();
    for (const path of [
      "/public/oauth2/token",
      "/public/oauth2/revoke",
      "/public/oauth2/device/auth",
      "/admin/oauth2/introspect",
    ])
      expect(await send(path, { method: "POST", body: "{}" })).toMatchObject({ status: 415 });
    expect(sent).toEqual([]);
  });

  test.each(["GET", "DELETE"])("of a %s is refused", async (method) => {
    const { send, sent } = await start();
    expect(await send("/admin/clients/a", { method, body: "{}" })).toMatchObject({ status: 400 });
    expect(sent).toEqual([]);
  });

  test("of more than 10 MB is refused", async () => {
    const { send, sent } = await start();
    const body = JSON.stringify({ client_name: "x".repeat(10_000_000) });
    expect(await send("/admin/clients", { method: "POST", body })).toMatchObject({
      status: 413,
      json: { error: "content_too_large" },
    });
    expect(sent).toEqual([]);
  });
});

describe("paths", () => {
  test.each([
    ["/x/../admin/clients"],
    ["/admin/../admin/clients"],
    ["/admin/clients/.."],
    ["/admin/clients/."],
    ["/admin/clients/%2e%2e"],
    ["/admin/clients/%2E%2E/keys"],
    ["/admin/clients/.%2e/keys/hydra"],
    ["/admin/clients/a%2f..%2f..%2fkeys%2fx"],
    ["/admin/clients/..%2fkeys"],
    ["/admin/clients/%252e%252e%252fkeys"],
    ["/admin/clients/%25252e%25252e"],
    ["/admin/clients/a%5c..%5ckeys"],
    ["/admin/clients/a%2f%2fb"],
    ["/admin/clients/%2fa"],
    ["/admin/clients/%ff"],
    ["/admin/clients/%"],
    ["/admin\\clients"],
    ["/admin/clients#fragment"],
    ["/admin/cli\u0065nts/a b".replace(" ", "%09%00%0a").replace("%00", "%2e%2e%2f%2e%2e")],
    ["//admin/clients"],
    ["//evil.example/admin/clients"],
    ["http://evil.example/admin/clients"],
    ["http://127.0.0.1:4445/admin/clients"],
    ["admin/clients"],
    ["*"],
  ])("%s is refused", async (path) => {
    const { send, sent } = await start();
    const { status } = await send(path);
    expect([400, 404]).toContain(status);
    expect(sent).toEqual([]);
  });

  test.each([
    ["GET", "/admin/clients/"],
    ["GET", "/admin//clients"],
    ["GET", "/ADMIN/clients"],
    ["GET", "/api"],
    ["GET", "/admin/oauth2/auth/requests/login?login_challenge=a"],
    ["PUT", "/admin/oauth2/auth/requests/login/accept?login_challenge=a"],
    ["PUT", "/admin/oauth2/auth/requests/consent/accept?consent_challenge=a"],
    ["GET", "/oauth2/token"],
    ["GET", "/public/admin/clients"],
    ["GET", "/public/oauth2/auth"],
    ["POST", "/public/oauth2/register"],
    ["GET", "/public/version"],
    ["GET", "/public"],
    ["GET", "/userinfo"],
    ["GET", "/.well-known/jwks.json"],
  ])("%s %s is no operation of the page", async (method, path) => {
    const { send, sent } = await start();
    expect(await send(path, { method })).toMatchObject({ status: 404, json: { error: "not_found" } });
    expect(sent).toEqual([]);
  });

  test.each([
    ["DELETE", "/admin/clients", "GET, POST"],
    ["POST", "/admin/keys/a", "GET"],
    ["PUT", "/admin/keys/a", "GET"],
    ["DELETE", "/admin/keys/a/b", "GET"],
    ["POST", "/admin/trust/grants/jwt-bearer/issuers", "GET"],
    ["GET", "/admin/oauth2/tokens", "DELETE"],
    ["GET", "/public/oauth2/token", "POST"],
    ["HEAD", "/admin/clients", "GET, POST"],
    ["TRACE", "/admin/clients", "GET, POST"],
    ["POST", "/console", "GET"],
    ["GET", "/session", "POST"],
  ])("%s %s is refused", async (method, path, allow) => {
    const { send, sent } = await start();
    const { status, headers } = await send(path, { method });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow });
    expect(sent).toEqual([]);
  });

  test.each(["a/b", "100%", "50%25", "ü ñ", "a?b#c", "a..b", "...", "urn:x:y"])(
    "a client with the ID %s is found",
    async (id) => {
      const console = await start();
      console.mock.addClient({ client_id: id });
      const { data } = await new OAuth2Api(page(console)).getOAuth2Client({ id });
      expect(data.client_id).toBe(id);
      expect(console.sent.map(({ url }) => url)).toEqual([
        `${console.mock.adminUrl}/admin/clients/${encodeURIComponent(id)}`,
      ]);
    },
  );
});

describe("what is passed on", () => {
  test("the SDK manages clients and lists them page by page", async () => {
    const console = await start();
    const api = new OAuth2Api(page(console));
    for (const client_id of ["a", "b", "c"]) await api.createOAuth2Client({ oAuth2Client: { client_id } });
    await api.patchOAuth2Client({ id: "b", jsonPatch: [{ op: "replace", path: "/client_name", value: "B" }] });
    await api.deleteOAuth2Client({ id: "c" });
    const clients = await paginate(api.listOAuth2Clients, { pageSize: 1 }).toArray();
    expect(clients.map(({ client_id, client_name }) => [client_id, client_name])).toEqual([
      ["a", ""],
      ["b", "B"],
    ]);
    expect(console.mock.state.clients.size).toBe(2);
  });

  test("the admin API gets the key and the headers of the command line, whatever the page sends", async () => {
    const { send, sent } = await start();
    const headers = { "x-hydra-authorization": "Bearer of-the-page", cookie: "a=b", "x-forwarded-for": "1.2.3.4" };
    for (const path of ["/admin/clients", "/version", "/health/ready"]) await send(path, { headers });
    const expected = { accept: "application/json", "x-tenant": "blue", authorization: `Bearer ${API_KEY}` };
    expect(sent.map(({ headers }) => headers)).toEqual([expected, expected, expected]);
  });

  test("an Authorization of the command line takes the place of the key", async () => {
    const sent: Sent[] = [];
    const admin = new Configuration({
      adminBasePath: "http://127.0.0.1:4445/prefix/",
      accessToken: API_KEY,
      baseOptions: { headers: { Authorization: "Basic b3BzOnBhc3M=" } },
      fetch: async (url, { headers }) => {
        sent.push({ url, headers });
        return Response.json({});
      },
    });
    const { send } = await start({ admin });
    await send("/admin/clients/a?x=y%20z");
    expect(sent).toEqual([
      {
        url: "http://127.0.0.1:4445/prefix/admin/clients/a?x=y%20z",
        headers: { accept: "application/json", authorization: "Basic b3BzOnBhc3M=" },
      },
    ]);
  });

  test("the public API gets the credential of the page, and never the key", async () => {
    const console = await start();
    const { client_id: clientId, client_secret } = console.mock.addClient({
      client_id: "service",
      client_secret: "a-secret-without-special-characters",
      grant_types: ["client_credentials"],
    });
    const { basePath, fetch } = page(console);
    const auth = clientSecretBasic(client_secret!);
    const { access_token } = await clientCredentials({ basePath: basePath!, clientId, auth, fetch });
    const { data } = await new OAuth2Api(page(console)).introspectOAuth2Token({ token: access_token });
    expect(data).toMatchObject({ active: true, client_id: clientId });
    await console.send("/public/.well-known/openid-configuration");
    const [token, introspection, discovery] = console.sent;
    expect(token).toEqual({
      url: `${console.mock.publicUrl}/oauth2/token`,
      headers: {
        accept: "application/json",
        "content-type": "application/x-www-form-urlencoded",
        "x-tenant": "blue",
        authorization: `Basic ${btoa(`${clientId}:${client_secret}`)}`,
      },
    });
    expect(introspection?.headers).toMatchObject({ authorization: `Bearer ${API_KEY}` });
    expect(discovery?.headers).not.toHaveProperty("authorization");
  });

  test("an error of Hydra arrives as it is", async () => {
    const console = await start();
    const error = await new OAuth2Api(page(console)).getOAuth2Client({ id: "missing" }).catch((thrown) => thrown);
    expect(isResponseError(error)).toBe(true);
    expect(error.response.data).toEqual((await (await fetchOf(console, "/admin/clients/missing")).json()) as object);
    expect(error.status).toBe(404);
  });

  test("the private halves of keys stay out of the page", async () => {
    const console = await start();
    const { send, mock } = console;
    const set = "hydra.openid.id-token";
    const there: any = await (await mock.fetch(`${mock.adminUrl}/admin/keys/${set}`)).json();
    expect(there.keys[0]).toHaveProperty("d");
    for (const path of [`/admin/keys/${set}`, `/admin/keys/${set}/${there.keys[0].kid}`]) {
      const { json, text } = await send(path);
      const { kty, use, alg, kid, n, e } = there.keys[0];
      expect(json.keys[0]).toEqual({ kty, use, alg, kid, n, e });
      expect(text).not.toContain(there.keys[0].d);
    }
  });

  test.each([
    ["a symmetric key", { keys: [{ kty: "oct", k: "c2VjcmV0", kid: "1" }] }, { keys: [{ kty: "oct", kid: "1" }] }],
    ["a member that is not known yet", { keys: [{ kty: "AKP", priv: "c2VjcmV0" }] }, { keys: [{ kty: "AKP" }] }],
    ["keys that are none", { keys: [null, "secret"] }, { keys: [{}, {}] }],
  ])("%s loses what is private", async (_, body, expected) => {
    const { send } = await start({ fetch: async () => Response.json(body) });
    expect((await send("/admin/keys/a")).json).toEqual(expected);
  });

  test.each(["<html>secret</html>", '"secret"', "{}", '{"keys":"secret"}'])(
    "a response to a request for keys that is no key set is withheld: %s",
    async (body) => {
      const { send } = await start({ fetch: async () => new Response(body) });
      const { status, text } = await send("/admin/keys/a");
      expect(status).toBe(502);
      expect(text).not.toContain("secret");
    },
  );

  test("cookies, and challenges for which a browser asks for a password, are dropped", async () => {
    const fetch: Fetch = async () =>
      Response.json([], {
        status: 401,
        headers: [
          ["set-cookie", "a=b"],
          ["www-authenticate", "Basic"],
          ["access-control-allow-origin", "*"],
          ["content-security-policy", "default-src *"],
          ["link", '</admin/clients?page_token=x>; rel="next"'],
          ["x-total-count", "7"],
          ["retry-after", "3"],
        ],
      });
    const { send } = await start({ fetch });
    const { status, headers, json } = await send("/admin/clients");
    expect({ status, json }).toEqual({ status: 401, json: [] });
    expect(headers).toMatchObject({ "x-total-count": "7", "retry-after": "3" });
    expect(headers.link).toBe('</admin/clients?page_token=x>; rel="next"');
    expect(headers["content-security-policy"]).not.toContain("*");
    for (const name of ["set-cookie", "www-authenticate", "access-control-allow-origin"])
      expect(headers).not.toHaveProperty(name);
  });

  test("a client with 5 MB of metadata passes in both directions", async () => {
    const metadata = { large: "x".repeat(5_000_000) };
    const answer = { client_id: "large", metadata };
    const received: string[] = [];
    const fetch: Fetch = async (_, { body }) => {
      received.push(body ?? "");
      return Response.json(answer);
    };
    const api = new OAuth2Api(page(await start({ fetch })));
    expect((await api.createOAuth2Client({ oAuth2Client: answer })).data).toEqual(answer);
    expect(received).toEqual([JSON.stringify(answer)]);
  });
});

describe("a server that is not as it should be", () => {
  test.each([
    ["text/html", "<script>alert(1)</script>"],
    ["image/svg+xml", "<svg onload=alert(1)>"],
    ["text/javascript", "alert(1)"],
    ["text/html; application/json", "<script>"],
  ])("that answers %s is shown as plain text", async (type, content) => {
    const { send } = await start({
      fetch: async () => new Response(content, { status: 200, headers: { "content-type": type } }),
    });
    const { status, headers, text } = await send("/admin/clients");
    expect({ status, type: headers["content-type"], text }).toEqual({
      status: 200,
      type: "text/plain; charset=utf-8",
      text: content,
    });
  });

  test.each([301, 302, 303, 307, 308])("that redirects (%i) is not followed", async (status) => {
    const location = "https://evil.example/";
    const { send, sent } = await start({ fetch: async () => new Response(null, { status, headers: { location } }) });
    const answer = await send("/admin/clients");
    expect(answer).toMatchObject({ status: 502, json: { error: "server_redirects" } });
    expect(answer.headers).not.toHaveProperty("location");
    expect(sent).toHaveLength(1);
  });

  test("that hangs is given up after the timeout", async () => {
    const fetch: Fetch = (_, { signal }) =>
      new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason)));
    const { send } = await start({ fetch, timeout: 50 });
    expect(await send("/admin/clients")).toMatchObject({ status: 504, json: { error: "server_timeout" } });
  });

  test("that hangs in the middle of a body is given up after the timeout", async () => {
    const fetch: Fetch = async (_, { signal }) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode("["));
            signal!.addEventListener("abort", () => controller.error(signal!.reason));
          },
        }),
      );
    const { send } = await start({ fetch, timeout: 50 });
    expect(await send("/admin/clients")).toMatchObject({ status: 504 });
  });

  test("that has vanished is named, with the reason", async () => {
    const admin = new Configuration({ adminBasePath: `http://127.0.0.1:${CLOSED_PORT}`, accessToken: API_KEY });
    const { send } = await start({ admin });
    const { status, json, text } = await send("/admin/clients");
    expect({ status, error: json.error }).toEqual({ status: 502, error: "server_unreachable" });
    expect(json.error_description).toBe(`No complete response from http://127.0.0.1:${CLOSED_PORT} (ECONNREFUSED)`);
    expect(text).not.toContain(API_KEY);
  });

  test("that vanishes in the middle of a body is no success", async () => {
    const fetch: Fetch = async () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode("["));
          },
          pull(controller) {
            controller.error(new TypeError("terminated"));
          },
        }),
      );
    const { send } = await start({ fetch });
    expect(await send("/admin/clients")).toMatchObject({ status: 502, json: { error: "server_unreachable" } });
  });

  test("that answers without an end is cut off at 16 MB", async () => {
    const chunk = new Uint8Array(1_000_000);
    let chunks = 0;
    const fetch: Fetch = async () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            chunks++;
            controller.enqueue(chunk);
          },
        }),
      );
    const { send } = await start({ fetch });
    expect(await send("/admin/clients")).toMatchObject({ status: 502, json: { error: "invalid_response" } });
    expect(chunks).toBeLessThan(20);
  });

  test("that no public URL is set for is explained", async () => {
    const { send } = await start({ public: undefined });
    const { status, json } = await send("/public/userinfo");
    expect(status).toBe(404);
    expect(json.error_description).toContain("--public");
  });
});

describe("--read-only", () => {
  test.each([
    ["POST", "/admin/clients", "{}"],
    ["PUT", "/admin/clients/a", "{}"],
    ["PATCH", "/admin/clients/a", "[]"],
    ["DELETE", "/admin/clients/a"],
    ["PUT", "/admin/clients/a/lifespans", "{}"],
    ["POST", "/admin/clients/a/secrets/rotate"],
    ["DELETE", "/admin/clients/a/secrets/rotate"],
    ["DELETE", "/admin/oauth2/tokens?client_id=a"],
    ["DELETE", "/admin/oauth2/auth/sessions/consent?subject=a"],
    ["DELETE", "/admin/oauth2/auth/sessions/login?subject=a"],
    ["DELETE", "/admin/trust/grants/jwt-bearer/issuers/a"],
    ["POST", "/public/oauth2/token", "grant_type=client_credentials"],
    ["POST", "/public/oauth2/revoke", "token=a"],
    ["POST", "/public/oauth2/device/auth", "client_id=a"],
  ])("refuses %s %s", async (method, path, body?: string) => {
    const { send, sent } = await start({ readOnly: true });
    const headers = path.startsWith("/public/") ? FORM : {};
    const answer = await send(path, { method, headers, ...(body !== undefined && { body }) });
    expect(answer).toMatchObject({ status: 403, json: { error: "read_only" } });
    expect(sent).toEqual([]);
  });

  test("lets every read pass, introspection among them", async () => {
    const { send } = await start({ readOnly: true });
    for (const path of [
      "/admin/clients",
      "/version",
      "/public/.well-known/jwks.json",
      "/admin/keys/hydra.openid.id-token",
    ])
      expect(await send(path)).toMatchObject({ status: 200 });
    const { json } = await send("/admin/oauth2/introspect", { method: "POST", headers: FORM, body: "token=a" });
    expect(json).toEqual({ active: false });
    expect((await send("/console")).json).toMatchObject({ readOnly: true });
  });
});

test("the page is told nothing secret", async () => {
  const { send, port } = await start();
  const { json, text } = await send("/console");
  expect(json).toEqual({
    readOnly: false,
    mock: false,
    server: { from: "--admin" },
    version: "1.2.3",
    cli: "--admin http://hydra",
    callbackUrl: `http://127.0.0.1:${port}/callback`,
  });
  expect(text).not.toContain(API_KEY);
});

test("a request that the page gives up is given up at Hydra, too", async () => {
  let aborted!: () => void;
  const isAborted = new Promise<void>((resolve) => {
    aborted = resolve;
  });
  let arrived!: () => void;
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const fetch: Fetch = (_, { signal }) =>
    new Promise((_, reject) => {
      signal!.addEventListener("abort", () => {
        aborted();
        reject(signal!.reason);
      });
      arrived();
    });
  const console = await start({ fetch });
  const controller = new AbortController();
  const request = fetchOf(console, "/admin/clients", { signal: controller.signal });
  await hasArrived;
  controller.abort();
  await expect(request).rejects.toThrow();
  await isAborted;
});

test("close() ends idle connections and those in use, and frees the port", async () => {
  let arrived!: () => void;
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const fetch: Fetch = () => {
    arrived();
    return new Promise(() => {});
  };
  const console = await start({ fetch });
  const idle = connect(console.port, "127.0.0.1");
  await once(idle, "connect");
  const idleEnded = once(idle.resume(), "close");
  const request = fetchOf(console, "/admin/clients").catch(() => "ended");
  await hasArrived;
  await console.close();
  await idleEnded;
  expect(await request).toBe("ended");
  const [error] = await once(connect(console.port, "127.0.0.1"), "error");
  expect(error.code).toBe("ECONNREFUSED");
});

/** Sends a request of the page. */
function fetchOf({ port, session }: Started, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers: { authorization: `Bearer ${session}` } });
}
