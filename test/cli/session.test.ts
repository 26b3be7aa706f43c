import { expect, test } from "vitest";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";
import { authorizationUrl, Browser, logInAndConsent, REDIRECT_URI } from "../mock/support/browser.ts";
import { cli } from "./support.ts";

const words = (line: string) => line.split(" ");

/** A mock where alice has consented to two clients in one login session. */
async function withConsents(): Promise<MockHydra> {
  const mock = createMockHydra();
  const browser = new Browser(mock);
  for (const client_id of ["shop", "blog"]) {
    mock.addClient({ client_id, redirect_uris: [REDIRECT_URI], scope: "openid offline_access" });
    const remember = { remember: true, remember_for: 3600 };
    await logInAndConsent(mock, browser, authorizationUrl(mock, client_id), { login: remember, consent: remember });
  }
  return mock;
}

const clientsOf = async (mock: MockHydra): Promise<string[]> => {
  const { stdout } = await cli(words("list consents alice --format jsonpath=#.consent_request.client.client_id"), {
    mock,
  });
  return JSON.parse(stdout).sort();
};

test("consents are listed, with paging and of a session", async () => {
  const mock = await withConsents();
  const { status, stdout } = await cli(words("list consents alice"), { mock });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^CONSENT REQUEST ID\tCLIENT ID\tSCOPE\t/);
  expect(stdout).toMatch(/^\S+\tshop\topenid, offline_access\t\ttrue\t/m);
  expect(await clientsOf(mock)).toEqual(["blog", "shop"]);
  const one = await cli(words("list consents alice --limit 1 --page-size 1 -q"), { mock });
  expect(one.stdout.trim().split("\n")).toHaveLength(1);
  expect(one.stderr).toContain("There are more than 1 consents");
  expect((await cli(words("list consents alice --all --page-size 1 -q"), { mock })).stdout.split("\n")).toHaveLength(3);
  const [sid] = mock.state.logins.keys();
  expect((await cli(words(`list consents alice --session ${sid} -q`), { mock })).stdout.split("\n")).toHaveLength(3);
  expect((await cli(words("list consents alice --session other -q"), { mock })).stdout).toBe("");
  await cli(words("list consents alice --page-token bogus"), { mock });
  expect(mock.requests.at(-1)?.url).toContain("page_token=");
});

test("consents are revoked for a client, for all, or one of them", async () => {
  const mock = await withConsents();
  const dry = await cli(words("delete consents alice --client shop --dry-run"), { mock });
  expect(dry.stdout).toContain("\tshop\t");
  expect(dry.stdout).not.toContain("\tblog\t");
  expect(await clientsOf(mock)).toEqual(["blog", "shop"]);
  const one = await cli(words("delete consents alice --client shop"), { mock });
  expect(one).toMatchObject({ status: 0, stdout: "ID\talice\n" });
  expect(await clientsOf(mock)).toEqual(["blog"]);

  const [id] = JSON.parse(
    (await cli(words("list consents alice --format jsonpath=#.consent_request_id"), { mock })).stdout,
  );
  expect((await cli(words(`delete consents --consent-request ${id} --dry-run -q`), { mock })).stdout).toBe(`${id}\n`);
  expect((await cli(words(`delete consent --consent-request ${id}`), { mock })).status).toBe(0);
  expect(await clientsOf(mock)).toEqual([]);
});

test("all consents of a user are revoked only when that is confirmed", async () => {
  const mock = await withConsents();
  expect(await cli(words("delete consents alice --all"), { mock, typed: ["n"] })).toMatchObject({ status: 1 });
  expect(await clientsOf(mock)).toEqual(["blog", "shop"]);
  expect((await cli(words("delete consents alice --all"), { mock })).status).toBe(2);
  expect((await cli(words("delete consents alice --all -y"), { mock })).status).toBe(0);
  expect(await clientsOf(mock)).toEqual([]);
});

test("sessions are ended, all of a user or one of them", async () => {
  for (const all of [true, false]) {
    const mock = await withConsents();
    const [sid] = mock.state.logins.keys();
    const line = all ? "delete sessions alice" : `delete session --sid ${sid}`;
    const dry = await cli([...words(line), "--dry-run", "-q"], { mock });
    expect(dry).toMatchObject({ status: 0, stdout: `${all ? "alice" : sid}\n` });
    expect(mock.state.logins.size).toBe(1);
    if (all) {
      expect((await cli(words(line), { mock, typed: [""] })).stderr).toContain("nothing was deleted");
      expect((await cli(words(line), { mock })).status).toBe(2);
    }
    expect((await cli([...words(line), "--yes"], { mock })).status).toBe(0);
    expect(mock.state.logins.size).toBe(0);
  }
});

test("what contradicts is refused before anything is sent", async () => {
  const mock = createMockHydra();
  for (const [line, field] of [
    ["delete consents", "SUBJECT"],
    ["delete consents alice", "--client"],
    ["delete consents alice --all --client shop", "--client"],
    ["delete consents alice --consent-request x", "--consent-request"],
    ["delete sessions", "--sid"],
    ["delete sessions alice --sid x", "--sid"],
    ["list consents", "SUBJECT"],
    ["list consents alice --all --limit 1", "--limit"],
  ] as const) {
    const { status, stderr } = await cli(words(line), { mock });
    expect([line, status]).toEqual([line, 2]);
    expect(stderr).toContain(field);
  }
  expect(mock.requests).toEqual([]);
});
