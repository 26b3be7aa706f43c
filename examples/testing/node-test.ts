// Tests your own code against the mock, with Node's test runner, over real sockets.
//
//   node --import tsx --test examples/testing/node-test.ts
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clientCredentials, clientSecretBasic, isResponseError } from "hydra-sdk";
import { type ListeningMock, listen } from "hydra-sdk/mock/node";

let server: ListeningMock;
before(async () => {
  server = await listen();
});
after(() => server.close());

test("gets a token", async () => {
  const { client_id, client_secret } = server.mock.addClient({ grant_types: ["client_credentials"], scope: "read" });
  const auth = clientSecretBasic(client_secret!);
  const token = await clientCredentials({ basePath: server.publicUrl, clientId: client_id, auth, scope: "read" });
  assert.equal(token.scope, "read");
});

test("is rejected with a wrong secret", async () => {
  const { client_id } = server.mock.addClient({ grant_types: ["client_credentials"] });
  const auth = clientSecretBasic("wrong");
  await assert.rejects(
    clientCredentials({ basePath: server.publicUrl, clientId: client_id, auth }),
    (error) => isResponseError(error) && error.error === "invalid_client",
  );
});
