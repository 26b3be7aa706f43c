import { afterAll, beforeAll, expect, test } from "vitest";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { type ListeningMock, listen } from "../../src/mock/node.ts";
import { linesOf, startAtTerminal } from "./process.ts";
import { variablesOf } from "./support.ts";

let hydra: MockHydra;
let server: ListeningMock;
let env: Record<string, string>;
beforeAll(async () => {
  hydra = createMockHydra();
  server = await listen(hydra);
  env = variablesOf(hydra);
});
afterAll(() => server.close());

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences are what is tested
const COLOUR = /\u001b\[\d+m/;

test("a table fits the width of the terminal, in columns", async () => {
  hydra.addClient({
    client_id: "wide",
    client_name: "株式会社".repeat(20),
    redirect_uris: [`https://a.example/${"x".repeat(99)}`],
  });
  for (const columns of [60, 100, 200]) {
    const { status, screen } = await startAtTerminal(["list", "clients", "--name", "株式会社".repeat(20)], env, columns)
      .ended;
    expect(status).toBe(0);
    const [head, row] = linesOf(screen);
    expect(head).toMatch(/^CLIENT ID {2}CLIENT NAME/);
    expect(row).toMatch(/^wide {7}株/);
    const width = (line: string) => [...line].reduce((sum, each) => sum + (/\p{Script=Han}/u.test(each) ? 2 : 1), 0);
    expect(width(row!)).toBeLessThanOrEqual(columns);
  }
});

test("a terminal has colours, and NO_COLOR ends them", async () => {
  hydra.addClient({ client_id: "colour" });
  expect((await startAtTerminal(["get", "client", "colour"], env).ended).screen).toMatch(COLOUR);
  for (const none of [{ NO_COLOR: "1" }, { TERM: "dumb" }] as Record<string, string>[]) {
    const { screen } = await startAtTerminal(["get", "client", "colour"], { ...env, ...none }).ended;
    expect(screen).toContain("colour");
    expect(screen).not.toMatch(COLOUR);
  }
});

test("what a client calls itself does not move the cursor, in any format", async () => {
  const client_name = "\u001b[2J\u009b2J\u202e\r\u0007name";
  hydra.addClient({ client_id: "evil", client_name });
  for (const format of ["table", "json", "json-pretty", "yaml", "jsonpath=client_name"]) {
    const { screen } = await startAtTerminal(["get", "client", "evil", "--format", format], { ...env, NO_COLOR: "1" })
      .ended;
    expect(screen).toContain("name");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
    expect(screen.replace(/\r\n/g, "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  }
});

test("deleting many asks, and only yes deletes", async () => {
  hydra.addClient({ client_id: "first", owner: "gone" });
  hydra.addClient({ client_id: "second", owner: "gone" });
  const args = ["delete", "clients", "first", "second"];
  const declined = startAtTerminal(args, env);
  await declined.shows("[y/N]");
  declined.type("\r");
  expect((await declined.ended).status).toBe(1);
  expect((await (await hydra.fetch(`${hydra.adminUrl}/admin/clients?owner=gone`)).json()).length).toBe(2);
  const accepted = startAtTerminal(args, env);
  await accepted.shows("[y/N]");
  accepted.type("y\r");
  expect((await accepted.ended).status).toBe(0);
  expect((await (await hydra.fetch(`${hydra.adminUrl}/admin/clients?owner=gone`)).json()).length).toBe(0);
});

test("Ctrl+C while standard input is read ends at once", async () => {
  const before = hydra.requests.length;
  const reading = startAtTerminal(["create", "client", "--file", "-"], env);
  reading.type("{");
  await reading.shows("{");
  await new Promise((resolve) => setTimeout(resolve, 3000));
  reading.type("\u0003");
  expect((await reading.ended).status).toBe(130);
  expect(hydra.requests.length).toBe(before);
});

test("Ctrl+C at a question ends at once, and nothing is sent", async () => {
  const before = hydra.requests.length;
  const asked = startAtTerminal(["delete", "clients", "a", "b"], env);
  await asked.shows("[y/N]");
  asked.type("\u0003");
  const { status, screen } = await asked.ended;
  expect(status).toBe(130);
  expect(screen).toContain("interrupted");
  expect(hydra.requests.length).toBe(before);
});

test("Ctrl+C in the middle ends at once, and says what was done", async () => {
  for (const client_id of ["c-1", "c-2", "c-3"]) hydra.addClient({ client_id });
  hydra.fail({ operation: "deleteOAuth2Client", delay: 1 });
  hydra.fail({ operation: "deleteOAuth2Client", delay: 600_000 });
  const deleting = startAtTerminal(["delete", "clients", "c-1", "c-2", "c-3", "--yes"], env);
  await deleting.shows("deleted 1 of 3");
  deleting.type("\u0003");
  const { status, screen } = await deleting.ended;
  expect(status).toBe(130);
  expect(screen).toContain("interrupted (deleted 1 of 3 before that)");
  expect(screen).toContain("c-1");
  expect((await hydra.fetch(`${hydra.adminUrl}/admin/clients/c-3`)).status).toBe(200);
});
