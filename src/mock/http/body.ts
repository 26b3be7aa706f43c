import type { Exchange } from "../context.ts";
import type { Decoder } from "./decode.ts";
import { parseFirstJsonValue } from "./json.ts";
import { badRequest } from "./reply.ts";

/** A request with a larger body is refused with a `413`. */
export const MAX_BODY_BYTES: number = 4 * 1024 * 1024;

/** Reads the body as text; `undefined` if it is larger than {@link MAX_BODY_BYTES}. */
export async function readBody(request: Request): Promise<string | undefined> {
  // Keep a byte order mark: the server rejects JSON that begins with one.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  let size = 0;
  // Firefox does not expose request bodies as streams: there the body arrives in one piece.
  const stream = request.body === undefined ? new Response(await request.arrayBuffer()).body : request.body;
  const reader = stream?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY_BYTES) {
      // Not awaited: Bun waits for the whole body, which the sender may never finish.
      reader?.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * Decodes the JSON body. An empty body, broken JSON, JSON nested too deep and members of the wrong type are refused;
 * anything after the first value is ignored.
 *
 * @param refuse Makes the error.
 */
export function decodeBody<T>(c: Exchange, decode: Decoder<T>, refuse: (description: string) => Error = badRequest): T {
  try {
    return decode(parseFirstJsonValue(c.env.body), "the body");
  } catch (error) {
    throw refuse(`Unable to decode the request body: ${(error as Error).message}.`);
  }
}

/** The fields of an `application/x-www-form-urlencoded` body; empty for any other content type. */
export function urlencodedBody(c: Exchange): URLSearchParams {
  return parseUrlencoded(c.req.header("content-type") ?? "", c.env.body);
}

/** The fields of a form, `multipart/form-data` included, which most endpoints accept. */
export function formBody(c: Exchange): Promise<URLSearchParams> {
  return parseForm(c.req.header("content-type") ?? "", c.env.body);
}

/** Parses a form of either content type; empty for any other type and for a broken multipart body. */
export async function parseForm(contentType: string, body: string): Promise<URLSearchParams> {
  if (!/^multipart\/form-data\b/i.test(contentType)) return parseUrlencoded(contentType, body);
  const response = new Response(body, { headers: { "content-type": contentType } });
  const fields = [...(await response.formData().catch(() => []))];
  return new URLSearchParams(fields.filter((field): field is [string, string] => typeof field[1] === "string"));
}

function parseUrlencoded(contentType: string, body: string): URLSearchParams {
  return new URLSearchParams(/^application\/x-www-form-urlencoded\b/i.test(contentType) ? body : "");
}
