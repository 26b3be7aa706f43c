// The test of an application, which Jest runs after its imports are compiled to require().
import { expect, test } from "@jest/globals";
import {
  clientCredentials,
  generateKey,
  isResponseError,
  OAuth2Api,
  privateKeyJwt,
  publicJwks,
  updateOAuth2Client,
} from "hydra-sdk";
import { createMockHydra } from "hydra-sdk/mock";
import { listen } from "hydra-sdk/mock/node";

const hydra = createMockHydra();
const api = new OAuth2Api({ basePath: hydra.publicUrl, adminBasePath: hydra.adminUrl, fetch: hydra.fetch });

test("a client gets a token with an assertion that jose signs", async () => {
  const key = await generateKey("ES256");
  const { data: client } = await api.createOAuth2Client({
    oAuth2Client: {
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "ES256",
      jwks: await publicJwks(key),
    },
  });
  const { access_token } = await clientCredentials({
    basePath: hydra.publicUrl,
    clientId: client.client_id ?? "",
    auth: privateKeyJwt(key),
    fetch: hydra.fetch,
  });
  const { data: introspected } = await api.introspectOAuth2Token({ token: access_token });
  expect(introspected).toMatchObject({ active: true, client_id: client.client_id });
});

test("a client is updated with a patch that fast-json-patch computes", async () => {
  const { data: client } = await api.createOAuth2Client({ oAuth2Client: { client_name: "First" } });
  const { data: updated } = await updateOAuth2Client(api, { id: client.client_id ?? "" }, (copy) => {
    copy.client_name = "Second";
  });
  expect(updated.client_name).toBe("Second");
});

test("a missing client is an error that the guards recognize", async () => {
  const { publicUrl, adminUrl, close } = await listen(hydra);
  try {
    const overHttp = new OAuth2Api({ basePath: publicUrl, adminBasePath: adminUrl });
    const error = await overHttp.getOAuth2Client({ id: "missing" }).catch((error) => error);
    expect(isResponseError(error) && error.status).toBe(404);
  } finally {
    await close();
  }
});
