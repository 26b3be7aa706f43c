import { readFileSync } from "node:fs";
import Ajv from "ajv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { clientSchema } from "../../src/client-schema.ts";
import { exportClients } from "../../src/index.ts";
import { clientsSchema } from "../../tools/clients-schema.mjs";
import { server, wantedClients } from "./support.ts";

const schema = clientsSchema(clientSchema);
const ajv = new Ajv.default({ allErrors: true, allowUnionTypes: true, allowMatchingProperties: true, strict: true });
const validate = ajv.compile(schema);
const isValid = (document: unknown) => validate(document) || validate.errors?.map(({ message }) => message).join();

test("the schema of clients.yaml accepts what people write, and the example", () => {
  const texts = [
    "clients: []",
    "[{ client_id: a }]",
    "set: ${SET}\nclients: [{ client_id: a, client_secret: '${file:a}', metadata: { any: [1] } }]",
    "clients: [{ client_id: a, implicit_grant_id_token_lifespan: '${LIFESPAN}', subject_type: '${TYPE}' }]",
    "clients: [{ client_id: a, implicit_grant_id_token_lifespan: 1h30m, token_endpoint_auth_method: new_method }]",
    "clients: [{ client_id: a, jwks: '${file:keys.pem}' }, { client_id: b, jwks: { keys: [] } }]",
    "defaults: &d { contacts: [a@b.c] }\nclients: [{ client_id: a, <<: *d }]",
    readFileSync("examples/clients-as-code/clients.yaml", "utf8"),
  ];
  for (const text of texts) expect(isValid(parse(text, { merge: true })), text).toBe(true);
});

test("the schema of clients.yaml rejects what is misspelled or has another type", () => {
  const texts = [
    "clients: 1",
    "set: a",
    "set: ''\nclients: []",
    "clients: [{ client_name: a }]",
    "clients: [{ client_id: a, redirect_uri: x }]",
    "clients: [{ client_id: a, redirect_uris: x }]",
    "clients: [{ client_id: a, implicit_grant_id_token_lifespan: 1 day }]",
    "clients: [{ client_id: a, jwks: keys.pem }]",
    "clients: [{ client_id: a, created_at: '2026-01-01T00:00:00Z' }]",
  ];
  for (const text of texts) expect(isValid(parse(text)), text).not.toBe(true);
});

test("the schema proposes the values that Hydra knows, and describes every field", () => {
  const { properties } = schema.definitions.client as { properties: Record<string, any> };
  expect(properties["token_endpoint_auth_method"].anyOf[0].enum).toContain("private_key_jwt");
  for (const [name, { description }] of Object.entries(properties)) expect(description, name).toMatch(/\.$/);
});

test("what is exported is valid", async () => {
  await fc.assert(
    fc.asyncProperty(wantedClients, async (clients) => {
      const { api } = server();
      for (const oAuth2Client of clients) await api.createOAuth2Client({ oAuth2Client });
      const exported = [];
      for await (const client of exportClients(api)) exported.push(client);
      expect(isValid({ clients: exported })).toBe(true);
    }),
    { numRuns: 30 },
  );
});
