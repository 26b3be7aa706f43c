import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clientSchema } from "../../src/client-schema.ts";
import type { OAuth2Client } from "../../src/index.ts";
import { listen } from "../../src/mock/node.ts";
import { type OpenConsole, type Options, startBrowser, visit } from "./page-support.ts";

let browser: Awaited<ReturnType<typeof startBrowser>>;
let opened: OpenConsole | undefined;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(options: Options = {}): Promise<OpenConsole> {
  opened = await browser.open(options);
  return opened;
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const rows = (page: Page) => page.locator("tbody tr").count();
const names = (page: Page) => page.locator("tbody td:nth-child(2)").allTextContents();
/** Opens all groups of the form. */
const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll(".client details")) (details as HTMLDetailsElement).open = true;
  });
/** What the admin API received, without reads. */
const writes = ({ hydra }: OpenConsole) =>
  hydra.mock.requests.filter(({ method, url }) => method !== "GET" && url.includes("/admin/clients"));

async function save(page: Page): Promise<void> {
  await button(page, "Save…").click();
  await page.locator("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
}

describe("the list", () => {
  test("shows an empty server what to do first", async () => {
    const { page } = await open();
    await page.getByRole("heading", { name: "There is no client yet" }).waitFor();
    await page.locator(".empty").getByRole("link", { name: "New client" }).click();
    await page.getByText("What do you want to build?").waitFor();
  });

  test("goes through 10,000 clients page by page, then loads, sorts and searches all without a pause", async () => {
    const { page, hydra } = await open({ view: "new" });
    for (let index = 0; index < 10_000; index++)
      hydra.mock.addClient({ client_id: `client-${index}`, client_name: `Name ${(index * 7919) % 10_000}` });
    const start = Date.now();
    await visit(page, "clients");
    await page.getByText("250 clients loaded, and there are more").waitFor();
    expect(Date.now() - start).toBeLessThan(1000);
    expect(await rows(page)).toBe(50);
    for (let screen = 2; screen <= 6; screen++) {
      await button(page, "Next").click();
      await page.getByText(new RegExp(`^Page ${screen} of`)).waitFor();
    }
    await page.getByText("500 clients loaded, and there are more").waitFor();
    await button(page, "Load all").click();
    await page.getByText(/10,000 clients$/).waitFor();
    /** The longest time that the page did not respond while `act` took place. */
    const pause = async (selector: string, act: "click" | "fill") => {
      const elapsed = await page.evaluate(
        ([selector, act]) => {
          const element = document.querySelector(selector!) as HTMLInputElement;
          const begin = performance.now();
          if (act === "click") element.click();
          else {
            element.value = "Name 99";
            element.dispatchEvent(new Event("input", { bubbles: true }));
          }
          return new Promise<number>((resolve) =>
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin))),
          );
        },
        [selector, act],
      );
      return elapsed;
    };
    expect(await pause("th.name button", "click")).toBeLessThan(400);
    await expect.poll(async () => (await names(page)).slice(0, 3)).toEqual(["Name 0", "Name 1", "Name 2"]);
    expect(await pause("input[type=search]", "fill")).toBeLessThan(400);
    await page.getByText("111 of 10,000 clients").waitFor();
  });

  test("goes on where it was after a page failed", async () => {
    const { page, hydra } = await open({ view: "new" });
    for (let index = 0; index < 300; index++) hydra.mock.addClient({ client_id: `client-${index}` });
    await visit(page, "clients");
    await page.getByText("250 clients loaded, and there are more").waitFor();
    hydra.mock.fail({ operation: "listOAuth2Clients", status: 500 });
    await button(page, "Load all").click();
    await page.getByRole("alert").waitFor();
    await button(page, "Try again").click();
    await page.getByText("300 clients", { exact: true }).waitFor();
  });

  test("filters by name and owner on the server, opens an ID, and sorts what is loaded", async () => {
    const { page, hydra } = await open({ view: "new" });
    for (const [client_id, client_name, owner] of [
      ["a", "Same", "x"],
      ["b", "Same", "y"],
      ["c", "Other", "y"],
    ])
      hydra.mock.addClient({ client_id: client_id!, client_name: client_name!, owner: owner! });
    await visit(page, "clients");
    await page.getByLabel("Name is").fill("Same");
    await page.getByLabel("Owner is").fill("y");
    await button(page, "Find").click();
    await expect.poll(() => names(page)).toEqual(["Same"]);
    await page.getByLabel("Owner is").fill("nobody");
    await button(page, "Find").click();
    await page.getByRole("heading", { name: "No client matches" }).waitFor();
    await page.getByLabel("Name is").fill("");
    await page.getByLabel("Owner is").fill("");
    await button(page, "Find").click();
    await button(page, "ID").click();
    await button(page, /^ID/).click();
    await expect.poll(() => names(page)).toEqual(["Other", "Same", "Same"]);
    expect(await page.locator("th[aria-sort=descending]").textContent()).toContain("ID");
    await page.getByLabel("ID is").fill("b");
    await button(page, "Find").click();
    await page.getByRole("heading", { name: "Same" }).waitFor();
  });

  test("deletes many, after showing them and asking for their number", async () => {
    const console = await open({ view: "new" });
    const { page, hydra } = console;
    for (const id of ["a", "b", "c"]) hydra.mock.addClient({ client_id: id, client_name: `Client ${id}` });
    await visit(page, "clients");
    await page.getByLabel("Choose Client a, a").check();
    await page.getByLabel("Choose Client c, c").check();
    await button(page, "Delete 2 chosen…").click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.locator("li").allTextContents()).toEqual(["Client a a", "Client c c"]);
    const remove = dialog.getByRole("button", { name: "Delete", exact: true });
    expect(await remove.isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("2");
    // Another administrator was faster with one of them.
    hydra.mock.fail({ operation: "deleteOAuth2Client", status: 404 });
    await remove.click();
    await expect.poll(() => names(page)).toEqual(["Client b"]);
    expect(writes(console).map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      "DELETE /admin/clients/a",
      "DELETE /admin/clients/c",
    ]);
  });
});

describe("a new client", () => {
  test.each([
    ["Web application", "authorization_code,refresh_token", "client_secret_basic"],
    ["Single-page application", "authorization_code,refresh_token", "none"],
    ["Native application", "authorization_code,refresh_token", "none"],
    ["Service", "client_credentials", "client_secret_basic"],
    ["Device", "urn:ietf:params:oauth:grant-type:device_code,refresh_token", "none"],
    ["MCP client", "authorization_code,refresh_token", "none"],
  ])("%s has the metadata that it needs", async (title, grants, method) => {
    const { page, api } = await open({ view: "new" });
    await page.getByRole("link", { name: new RegExp(`^${title}`) }).click();
    expect(await page.locator(".why").textContent()).toMatch(/\w+ .{40,}\./);
    await page.getByLabel("Client name").fill("Mine");
    await button(page, "Create client").click();
    await page.getByRole("heading", { name: "Client created" }).waitFor();
    const { data } = await api.listOAuth2Clients({ clientName: "Mine" });
    expect(data).toMatchObject([{ grant_types: grants.split(","), token_endpoint_auth_method: method }]);
    const hasSecret = method !== "none";
    expect(await page.getByLabel("Client secret", { exact: true }).count()).toBe(hasSecret ? 1 : 0);
  });

  test("shows its secret once, warns before it is lost, and keeps it nowhere", async () => {
    const { page } = await open({ view: "new/service" });
    await page.getByLabel("Client name").fill("Backup");
    await button(page, "Create client").click();
    await page.getByRole("heading", { name: "Client created" }).waitFor();
    const secret = await page.getByLabel("Client secret", { exact: true }).inputValue();
    expect(secret.length).toBeGreaterThan(20);
    const asked = page.waitForEvent("dialog");
    const clicked = page.getByRole("link", { name: "All clients" }).click();
    expect((await asked).message()).toBe("The client secret was not copied, and is never shown again. Leave anyway?");
    await (await asked).dismiss();
    await clicked;
    expect(await page.getByLabel("Client secret", { exact: true }).inputValue()).toBe(secret);
    await button(page, "Copy the secret").click();
    await page.getByText("Copied", { exact: true }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(secret);
    await page.getByRole("link", { name: "All clients" }).click();
    await page.getByRole("link", { name: "Backup" }).waitFor();
    const everything = `JSON.stringify([document.documentElement.outerHTML, {...localStorage}, {...sessionStorage}, location.href, history.state])`;
    expect(await page.evaluate(everything)).not.toContain(secret);
    await page.goBack();
    expect(await page.content()).not.toContain(secret);
  });

  test("is checked before it is sent", async () => {
    const console = await open({ view: "new/web" });
    const { page } = console;
    await unfold(page);
    const errorOf = async (label: string, text: string) => {
      const field = page.getByLabel(label, { exact: true });
      await field.fill(text);
      const id = (await field.getAttribute("aria-describedby"))!.split(" ")[0]!;
      const error = await page.locator(`[id="${id}"]`).textContent();
      await field.fill("");
      return error;
    };
    const key = { kty: "RSA", kid: "a", n: "x", e: "AQAB" };
    expect(await errorOf("Redirect URIs", "https://a.example/#top")).toContain("fragment");
    expect(await errorOf("Redirect URIs", "callback")).toContain("absolute URL");
    expect(await errorOf("Scope", 'openid "email"')).toContain("not a scope");
    expect(await errorOf("Refresh token grant access token lifespan", "1 hour")).toContain("1h30m");
    expect(await errorOf("JWKS", JSON.stringify({ keys: [{ ...key, d: "secret" }] }))).toContain("private member d");
    expect(await errorOf("JWKS", JSON.stringify({ keys: [{ n: "x" }] }))).toContain("kid is missing");
    expect(await errorOf("Metadata", "{team:")).toContain("not valid");
    expect(await errorOf("Client URI", "javascript:alert(1)")).toContain("http or https");
    expect(await errorOf("Allowed CORS origins", "https://a.example/path")).toContain("origin");
    expect(await errorOf("Post logout redirect URIs", "https://other.example/")).toContain("redirect URI");
    await page.getByLabel("Redirect URIs", { exact: true }).fill("nowhere");
    expect(await button(page, "Create client").isDisabled()).toBe(true);
    await page.getByLabel("Redirect URIs", { exact: true }).press("Enter");
    expect(writes(console)).toEqual([]);
  });

  test("that the server rejects stays in the form, with the server's reason", async () => {
    const { page, hydra } = await open({ view: "new/blank" });
    hydra.mock.addClient({ client_id: "taken" });
    await page.getByLabel("Client ID").fill("taken");
    await button(page, "Create client").click();
    expect(await page.getByRole("alert").textContent()).toContain("409");
    expect(await page.getByLabel("Client ID").inputValue()).toBe("taken");
  });
});

/** A public key: the example of RFC 7515, appendix A.3. */
const KEY = {
  kty: "EC",
  crv: "P-256",
  use: "sig",
  alg: "ES256",
  x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
  y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
};

/** A client that has a value in every field which can be edited together with `jwks`. */
const FULL: OAuth2Client = {
  client_id: "full",
  access_token_strategy: "jwt",
  allowed_cors_origins: ["https://app.example.com"],
  audience: ["https://api.example.com"],
  backchannel_logout_session_required: true,
  backchannel_logout_uri: "https://app.example.com/backchannel",
  client_name: "Full",
  client_uri: "https://app.example.com/",
  contacts: ["admin@example.com"],
  frontchannel_logout_session_required: true,
  frontchannel_logout_uri: "https://app.example.com/frontchannel",
  grant_types: ["authorization_code", "refresh_token"],
  jwks: { keys: [{ ...KEY, kid: "1" }] },
  logo_uri: "https://app.example.com/logo.png",
  metadata: { team: "a", nested: { deep: [1, null, "x"] }, "a/b": "" },
  owner: "team",
  policy_uri: "https://app.example.com/policy",
  post_logout_redirect_uris: ["https://app.example.com/bye"],
  redirect_uris: ["https://app.example.com/callback"],
  request_object_signing_alg: "ES256",
  request_uris: ["https://app.example.com/request"],
  response_types: ["code"],
  scope: "openid offline_access",
  sector_identifier_uri: "https://app.example.com/sector",
  skip_consent: true,
  skip_logout_consent: true,
  subject_type: "public",
  token_endpoint_auth_method: "private_key_jwt",
  token_endpoint_auth_signing_alg: "ES256",
  tos_uri: "https://app.example.com/tos",
  userinfo_signed_response_alg: "RS256",
  ...Object.fromEntries(
    Object.keys(clientSchema.properties)
      .filter((name) => name.endsWith("_lifespan"))
      .map((name, index) => [name, `${index + 1}h0m0s`]),
  ),
};

/** What a person makes of each field: the text, or the choice, and the value that the server then has. */
const EDITS: Record<string, [typed: string, value: unknown]> = {
  access_token_strategy: ["opaque", "opaque"],
  client_name: ["Fuller", "Fuller"],
  contacts: ["a@example.com\n b@example.com \n", ["a@example.com", "b@example.com"]],
  jwks: [JSON.stringify({ keys: [{ ...KEY, kid: "2" }] }), { keys: [{ ...KEY, kid: "2" }] }],
  metadata: ['{"team":"b"}', { team: "b" }],
  owner: ["", ""],
  redirect_uris: [
    "https://app.example.com/callback\nhttps://app.example.com/other",
    ["https://app.example.com/callback", "https://app.example.com/other"],
  ],
  request_object_signing_alg: ["RS256", "RS256"],
  scope: ["openid", "openid"],
  sector_identifier_uri: ["https://app.example.com/sector2", "https://app.example.com/sector2"],
  skip_logout_consent: ["false", false],
  subject_type: ["pairwise", "pairwise"],
  token_endpoint_auth_method: ["client_secret_post", "client_secret_post"],
  token_endpoint_auth_signing_alg: ["RS256", "RS256"],
  userinfo_signed_response_alg: ["none", "none"],
  allowed_cors_origins: ["https://b.example.com", ["https://b.example.com"]],
  audience: ["", []],
  post_logout_redirect_uris: ["https://app.example.com/later", ["https://app.example.com/later"]],
  request_uris: ["https://app.example.com/request2", ["https://app.example.com/request2"]],
};

function editOf(name: string): [string, unknown] {
  const edit = EDITS[name];
  if (edit) return edit;
  return name.endsWith("_lifespan")
    ? ["90m", "1h30m0s"]
    : ["https://app.example.com/new", "https://app.example.com/new"];
}

const REDIRECTS = ["https://app.example.com/callback", "https://app.example.com/other"];

describe("an edit", () => {
  test("of each single field leaves all other fields of a fully set client as they are", async () => {
    const hydra = await listen({ fetch: async () => Response.json(REDIRECTS) });
    try {
      const console = await open({ view: "new", hydra });
      const { page, api } = console;
      await api.createOAuth2Client({ oAuth2Client: FULL });
      await visit(page, "client/full");
      const fields = await page
        .locator(".field [name]")
        .evaluateAll((all) => [...new Set(all.map((each) => each.getAttribute("name")!))]);
      const editable = Object.keys(FULL).filter((name) => name !== "client_id");
      expect(fields.sort()).toEqual([...editable, "jwks_uri"].sort());
      for (const name of editable) {
        const { data: before } = await api.getOAuth2Client({ id: "full" });
        await unfold(page);
        const field = page.locator(`.field [name="${name}"]`);
        let wanted: unknown;
        if (name === "grant_types" || name === "response_types") {
          const option = name === "grant_types" ? "client_credentials" : "token";
          await page.locator(`.field [name="${name}"][value="${option}"]`).click();
          wanted = [...(before[name] ?? []), option];
        } else if (typeof FULL[name as keyof OAuth2Client] === "boolean" && name !== "skip_logout_consent") {
          await field.click();
          wanted = false;
        } else {
          const [typed, value] = editOf(name);
          await ((await field.evaluate((each) => each.tagName)) === "SELECT"
            ? field.selectOption(typed)
            : field.fill(typed));
          wanted = value;
        }
        await save(page);
        const { data: after } = await api.getOAuth2Client({ id: "full" });
        // Hydra leaves out what is false or empty.
        const value = after[name as keyof OAuth2Client] ?? (wanted === false ? false : wanted === "" ? "" : undefined);
        expect(value, name).toEqual(wanted);
        const rest = { [name]: undefined, updated_at: undefined };
        expect({ ...after, ...rest }, name).toEqual({ ...before, ...rest });
      }
      // Each was a patch of its own field alone.
      for (const { method } of writes(console).slice(1)) expect(method).toBe("PATCH");
    } finally {
      await opened?.close();
      opened = undefined;
      await hydra.close();
    }
  });

  describe("", () => {
    let page: Page;
    let console: OpenConsole;
    beforeEach(async () => {
      console = await open({ view: "new" });
      page = console.page;
      console.hydra.mock.addClient({ ...FULL, sector_identifier_uri: "", subject_type: "public" });
      await visit(page, "client/full");
    });

    test("shows the difference, and sends only that", async () => {
      await page.getByLabel("Owner", { exact: true }).fill("new owner");
      await button(page, "Save…").click();
      const dialog = page.getByRole("dialog");
      const texts = (selector: string) => dialog.locator(`.changes ${selector}`).allTextContents();
      await dialog.locator(".changes").waitFor();
      expect([await texts("dt"), await texts("del"), await texts("ins")]).toEqual([["owner"], ["team"], ["new owner"]]);
      await dialog.getByText("Command and code that do the same").click();
      expect(await dialog.locator("pre").first().textContent()).toBe(
        `hydra-sdk patch oauth2-client --file - full <<'JSON'\n[\n  {\n    "op": "replace",\n    "path": "/owner",\n    "value": "new owner"\n  }\n]\nJSON`,
      );
      await dialog.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Saved", { exact: true }).waitFor();
      expect(writes(console).map(({ body }) => body)).toEqual([
        [{ op: "replace", path: "/owner", value: "new owner" }],
      ]);
    });

    test("as JSON changes the same client, with the errors of the schema", async () => {
      await button(page, "JSON").click();
      const raw = page.getByLabel(/as JSON/);
      const client = JSON.parse(await raw.inputValue());
      expect(client).not.toHaveProperty("created_at");
      await raw.fill("{");
      await page.getByText("JSON is not valid").waitFor();
      expect(await button(page, "Save…").isDisabled()).toBe(true);
      await raw.fill(JSON.stringify({ ...client, redirect_uris: "x", naem: 1 }));
      await page.getByText("redirect_uris must be a list or null").waitFor();
      await page.getByText("naem is not a field of a client").waitFor();
      await raw.fill(JSON.stringify({ ...client, metadata: { team: "z" } }));
      await save(page);
      expect((await console.api.getOAuth2Client({ id: "full" })).data.metadata).toEqual({ team: "z" });
    });

    test("shows what another writer changed meanwhile, which is kept", async () => {
      await page.getByLabel("Owner", { exact: true }).fill("mine");
      const jsonPatch = [{ op: "replace", path: "/client_name", value: "Theirs" }] as never;
      await console.api.patchOAuth2Client({ id: "full", jsonPatch });
      await button(page, "Save…").click();
      const dialog = page.getByRole("dialog");
      expect(await dialog.locator(".warn").first().textContent()).toContain("Theirs");
      await dialog.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByRole("heading", { name: "Theirs" }).waitFor();
      expect((await console.api.getOAuth2Client({ id: "full" })).data).toMatchObject({
        owner: "mine",
        client_name: "Theirs",
      });
    });

    test.each(["Keep theirs", "Overwrite with mine"])("that conflicts is decided by the person: %s", async (choice) => {
      await page.getByLabel("Owner", { exact: true }).fill("mine");
      await page.getByLabel("Client name", { exact: true }).fill("My name");
      await button(page, "Save…").click();
      const dialog = page.getByRole("dialog");
      await dialog.locator(".changes").waitFor();
      // The change comes after the difference was shown.
      const jsonPatch = [{ op: "replace", path: "/owner", value: "theirs" }] as never;
      await console.api.patchOAuth2Client({ id: "full", jsonPatch });
      await dialog.getByRole("button", { name: "Save", exact: true }).click();
      await dialog.getByText("Someone else changed this client meanwhile").waitFor();
      expect(writes(console)).toHaveLength(1);
      await dialog.getByLabel(choice).check();
      await dialog.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Saved", { exact: true }).waitFor();
      const owner = choice === "Keep theirs" ? "theirs" : "mine";
      expect((await console.api.getOAuth2Client({ id: "full" })).data).toMatchObject({ owner, client_name: "My name" });
    });

    test("that is not saved is not lost without a question", async () => {
      await page.getByLabel("Owner", { exact: true }).fill("mine");
      const asked = page.waitForEvent("dialog");
      const clicked = page.getByRole("link", { name: "Server" }).click();
      await (await asked).dismiss();
      await clicked;
      expect(await page.getByLabel("Owner", { exact: true }).inputValue()).toBe("mine");
      await expect.poll(() => page.url()).toContain("#/client/full");
    });
  });

  test("warns that it ends the registration token of a client that may have registered itself", async () => {
    const { page, hydra } = await open({ view: "new" });
    hydra.mock.addClient({ client_id: "dynamic", client_name: "Dynamic" });
    await visit(page, "client/dynamic");
    await page.getByLabel("Owner", { exact: true }).fill("someone");
    await button(page, "Save…").click();
    await page.getByText(/ends its registration access token/).waitFor();
  });
});

describe("a client", () => {
  test("is deleted after its name or its ID was typed", async () => {
    const { page, hydra, api } = await open({ view: "new" });
    hydra.mock.addClient({ client_id: "shop", client_name: "Web shop" });
    await visit(page, "client/shop");
    await button(page, "Delete…").click();
    const remove = page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true });
    await page.getByRole("dialog").getByRole("textbox").fill("Web");
    expect(await remove.isDisabled()).toBe(true);
    await page.getByRole("dialog").getByRole("textbox").fill("Web shop");
    await remove.click();
    await page.getByRole("heading", { name: "There is no client yet" }).waitFor();
    expect((await api.listOAuth2Clients()).data).toEqual([]);
  });

  test("gets another secret, and the old one works until it is ended", async () => {
    const { page, hydra } = await open({ view: "new" });
    hydra.mock.addClient({ client_id: "s", client_secret: "old-secret", grant_types: ["client_credentials"] });
    const status = async (secret: string) =>
      (
        await fetch(`${hydra.publicUrl}/oauth2/token`, {
          method: "POST",
          headers: { authorization: `Basic ${btoa(`s:${secret}`)}` },
          body: new URLSearchParams({ grant_type: "client_credentials" }),
        })
      ).status;
    await visit(page, "client/s");
    await button(page, "Rotate the secret…").click();
    await button(page, "Rotate").click();
    const secret = await page.getByLabel("Client secret", { exact: true }).inputValue();
    expect([await status(secret), await status("old-secret")]).toEqual([200, 200]);
    await button(page, "End the old secrets").click();
    await page.getByText("Only the newest secret is valid now.").waitFor();
    expect([await status(secret), await status("old-secret")]).toEqual([200, 401]);
    await button(page, "Copy the secret").click();
    await page.getByText("Copied", { exact: true }).waitFor();
    await button(page, "Done").click();
    expect(await page.content()).not.toContain(secret);
  });

  test("gets another secret by replacement on a server without rotation, which is explained", async () => {
    const { page, hydra } = await open({ view: "new" });
    hydra.mock.addClient({ client_id: "s", client_secret: "old-secret" });
    hydra.mock.fail({ operation: "rotateOAuth2ClientSecret", status: 404 });
    await visit(page, "client/s");
    await button(page, "Rotate the secret…").click();
    await button(page, "Rotate").click();
    await page.getByText(/cannot rotate.*ends at once/).waitFor();
    await button(page, "Replace the secret").click();
    expect((await page.getByLabel("Client secret", { exact: true }).inputValue()).length).toBeGreaterThan(40);
  });
});
