// Tests your own code against the mock, with vitest: no port, no globals, a new server for each test.
//
//   npx vitest run examples/testing
//
// Also needs: npm install vitest
import { isResponseError, OAuth2Api } from "hydra-sdk";
import { createMockHydra, type MockHydra } from "hydra-sdk/mock";
import { beforeEach, expect, test } from "vitest";

/** The code under test. It receives its API as a parameter, so that a test can pass another one. */
async function renameClient(api: OAuth2Api, id: string, client_name: string): Promise<boolean> {
  try {
    await api.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "/client_name", value: client_name }] });
    return true;
  } catch (error) {
    if (isResponseError(error) && error.status === 404) return false;
    throw error;
  }
}

let hydra: MockHydra;
let api: OAuth2Api;

beforeEach(() => {
  // The same seed generates the same IDs and secrets, for snapshots.
  hydra = createMockHydra({ seed: "renameClient", clock: () => Date.UTC(2026, 0, 1) });
  api = new OAuth2Api({ basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch: hydra.fetch });
});

test("renames a client", async () => {
  const { client_id } = hydra.addClient({ client_name: "Before" });
  expect(await renameClient(api, client_id, "After")).toBe(true);
  expect(hydra.state.clients.get(client_id)?.client.client_name).toBe("After");
});

test("returns false if the client does not exist", async () => {
  expect(await renameClient(api, "nobody", "After")).toBe(false);
});

test("sends exactly one request", async () => {
  const { client_id } = hydra.addClient();
  await renameClient(api, client_id, "After");
  expect(hydra.requests).toMatchObject([
    { operation: "patchOAuth2Client", body: [{ op: "replace", path: "/client_name", value: "After" }] },
  ]);
});
