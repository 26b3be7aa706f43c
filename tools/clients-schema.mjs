// Makes the JSON Schema of clients.yaml from that of a client, for editors and for checks.

/** The fields of a client that only the server sets. */
const SERVER_OWNED = [
  "client_secret_expires_at",
  "created_at",
  "updated_at",
  "registration_access_token",
  "registration_client_uri",
];

/** Returns the schema of clients.yaml, as draft-07, which every editor knows. */
export function clientsSchema(clientSchema) {
  const fields = Object.entries(clientSchema.properties).filter(([name]) => !SERVER_OWNED.includes(name));
  const client = {
    ...clientSchema,
    properties: { ...eachForFile(fields), jwks: orFile(clientSchema.properties.jwks) },
    required: ["client_id"],
    additionalProperties: false,
  };
  const clients = { type: "array", items: { $ref: "#/definitions/client" } };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "OAuth 2.0 clients as code, for hydra-sdk plan and apply",
    description: "${NAME} is the value of a variable, ${file:PATH} the text of a file, and $${ a literal ${.",
    anyOf: [
      clients,
      {
        type: "object",
        properties: {
          set: {
            type: "string",
            minLength: 1,
            description: "The name of the set that the clients belong to. Default: default.",
          },
          clients: { ...clients, description: "The clients that are wanted. Each is found again by its client_id." },
        },
        required: ["clients"],
      },
    ],
    definitions: { client },
  };
}

/** A text may contain variables; the known values are proposed, and others are valid. */
function forFile({ pattern, "x-extensible-enum": known, ...schema }) {
  return {
    ...schema,
    ...(pattern && { pattern: `${pattern}|\\$\\{` }),
    ...(known && { anyOf: [{ enum: known }, {}] }),
    ...(schema.items && { items: forFile(schema.items) }),
    ...(schema.properties && { properties: eachForFile(Object.entries(schema.properties)) }),
  };
}

/** Keys may be in a file of their own. */
const orFile = ({ description, ...schema }) => ({
  description,
  anyOf: [forFile(schema), { type: "string", pattern: "^\\$\\{file:[^}]+\\}$" }],
});

const eachForFile = (fields) => Object.fromEntries(fields.map(([name, schema]) => [name, forFile(schema)]));
