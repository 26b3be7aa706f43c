import type { FieldSchema } from "../src/client-schema.ts";

export declare function clientsSchema(clientSchema: FieldSchema): FieldSchema & {
  definitions: { client: FieldSchema };
};
