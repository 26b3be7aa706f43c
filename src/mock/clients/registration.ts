import type { Context, Exchange, Routes } from "../context.ts";
import { bearerToken } from "../http/authorization-header.ts";
import { decodeBody } from "../http/body.ts";
import { anything, object } from "../http/decode.ts";
import { badRequest, json, noContent, refusal, unauthorized } from "../http/reply.ts";
import type { StoredClient } from "../state/state.ts";
import { decodeClient } from "./decode-metadata.ts";
import { createClient, deleteClient, escapedTwice, replaceClient } from "./store.ts";
import { validateClient, validateSelfRegistration } from "./validation.ts";

/** Tells an empty `metadata` from one that is missing. */
const decodeOwnMetadata = object({ metadata: anything });

/** Dynamic client registration, RFC 7591, and its management by the client itself, RFC 7592. */
export function registrationRoutes({ public: router }: Routes, context: Context): void {
  router.use("/oauth2/register/*", async (_, next) => {
    if (context.dynamicRegistration) return next();
    throw refusal(404, "The requested resource could not be found", "Dynamic registration is not enabled.");
  });

  router.post("/oauth2/register", async (c) => {
    const metadata = { ...decodeBody(c, decodeClient(context)), client_id: context.random.uuid() };
    if (metadata.client_secret) throw badRequest("The client secret cannot be chosen.");
    validateSelfRegistration(decodeBody(c, decodeOwnMetadata).metadata, metadata);
    const client = createClient(context, await validateClient(context, metadata));
    return json(client, 201, { location: `admin/clients/${escapedTwice(client.client_id)}` });
  });

  router.get("/oauth2/register/:id", (c) => {
    const { metadata: _, ...client } = authenticateSelf(context, c).client;
    return json(client);
  });

  router.put("/oauth2/register/:id", async (c) => {
    const { client_id } = authenticateSelf(context, c).client;
    const metadata = {
      ...decodeBody(c, decodeClient(context)),
      client_id,
      registration_access_token: context.random.opaque("at"),
    };
    if (metadata.client_secret) {
      throw refusal(403, "The requested action was forbidden", "The client secret cannot be chosen.");
    }
    validateSelfRegistration(decodeBody(c, decodeOwnMetadata).metadata, metadata);
    // Authenticated again: of two requests with the same token, only the first may rotate it.
    const rotated = (): StoredClient => ({
      ...authenticateSelf(context, c),
      registrationAccessToken: metadata.registration_access_token,
    });
    return json(await replaceClient(context, metadata, rotated));
  });

  router.delete("/oauth2/register/:id", (c) => {
    deleteClient(context, authenticateSelf(context, c).client.client_id);
    return noContent();
  });
}

/** The client of the path. @throws HTTPException 401 unless the request has its registration access token. */
function authenticateSelf(context: Context, c: Exchange): StoredClient {
  const stored = context.state.clients.get(c.req.param("id") ?? "");
  const token = bearerToken(c.req.header("authorization"), new URL(c.req.url).searchParams);
  if (stored?.registrationAccessToken && stored.registrationAccessToken === token) return stored;
  throw unauthorized("The client does not exist, or the registration access token belongs to another client.");
}
