import { expect, test } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { cli } from "./support.ts";

test("a secret is rotated with an overlap, and the old ones are forgotten", async () => {
  const mock = createMockHydra();
  const { client_secret: first } = mock.addClient({ client_id: "shop", grant_types: ["client_credentials"] });
  const rotated = await cli(["rotate", "client-secret", "shop", "--format", "json"], { mock });
  expect(rotated.stderr).toBe(
    "The client secret is shown this once: keep it now.\nWhen all have the new one: `hydra-sdk forget client-secret shop`\n",
  );
  const { client_secret: second } = JSON.parse(rotated.stdout);
  const statusWith = async (stdin: string) =>
    (await cli("perform client-credentials --client-id shop --client-secret-file -".split(" "), { mock, stdin }))
      .status;
  expect([await statusWith(first!), await statusWith(second)]).toEqual([0, 0]);
  const forgotten = await cli(["forget", "client-secret", "shop", "-q"], { mock });
  expect(forgotten).toMatchObject({ status: 0, stdout: "shop\n", stderr: "" });
  expect([await statusWith(first!), await statusWith(second)]).toEqual([4, 0]);
});

test("a server without rotation is told apart from a client that does not exist", async () => {
  const mock = createMockHydra();
  mock.addClient({ client_id: "shop" });
  for (const verb of ["rotate", "forget"]) {
    mock.fail({ status: 404, body: { error: "Not Found" } });
    const old = await cli([verb, "client-secret", "shop"], { mock });
    expect(old).toMatchObject({ status: 1, stdout: "" });
    expect(old.stderr).toContain("hydra-sdk update oauth2-client shop --secret-file FILE");
    expect((await cli([verb, "client-secret", "nobody"], { mock })).status).toBe(3);
  }
});
