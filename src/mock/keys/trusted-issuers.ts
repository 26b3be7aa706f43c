import type { Context, Exchange, Routes } from "../context.ts";
import { decodeBody } from "../http/body.ts";
import { boolean, object, text, textList, time } from "../http/decode.ts";
import { pageOf } from "../http/paging.ts";
import { badRequest, conflict, json, noContent, notFound, refusal } from "../http/reply.ts";
import { rfc3339 } from "../http/time.ts";
import { deleteKeys, type StoredIssuer } from "../state/state.ts";
import { decodeKey } from "./jwk.ts";

const PATH = "/admin/trust/grants/jwt-bearer/issuers";

/** The issuers whose assertions the jwt-bearer grant accepts, RFC 7523. */
export function trustedIssuerRoutes({ admin }: Routes, context: Context): void {
  const issuerOfPath = (c: Exchange): StoredIssuer => {
    const id = c.req.param("id") ?? "";
    if (context.has("issuerIdCheck") && !/^[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}$/i.test(id))
      throw badRequest("Unable to parse parameter id: it is not a UUID.");
    const stored = context.state.trustedIssuers.get(id.toLowerCase());
    if (!stored) throw notFound();
    return stored;
  };

  admin.post(PATH, (c) => {
    const body = decodeBody(c, decodeTrust, (description) => refusal(400, "error", description));
    validateTrust(body);
    const { issuer, subject, allow_any_subject, scope } = body;
    const [key, expiresAt] = [body.jwk!, body.expires_at!];
    for (const other of context.state.trustedIssuers.values()) {
      const isSame = other.issuer === issuer && other.subject === subject && other.public_key.kid === key.kid;
      if (isSame) throw conflict();
    }
    const id = context.random.uuid();
    const stored = {
      id,
      issuer,
      subject,
      allow_any_subject,
      scope: scope?.filter((item) => item !== "") ?? [],
      public_key: { set: issuer, kid: key.kid },
      created_at: roundedTime(context.now()),
      expires_at: roundedTime(expiresAt),
    };
    // An issuer's keys are in the key set of its name. A `kid` that is there already keeps its key.
    const keys = context.state.keySets.get(issuer) ?? [];
    if (!keys.some((existing) => existing.kid === key.kid)) context.state.keySets.set(issuer, [key, ...keys]);
    context.state.trustedIssuers.set(id, stored);
    // Only this response shows the scope as it was sent.
    return json({ ...stored, scope }, 201, { location: `/trust/grants/jwt-bearer/issuers/${id}` });
  });

  admin.get(PATH, (c) => {
    const filter = c.req.query("issuer");
    const { items, link } = pageOf(
      context,
      c,
      context.state.trustedIssuers,
      ({ id }) => id,
      ({ issuer }) => !filter || issuer === filter,
    );
    return json(items, 200, { link });
  });

  admin.get(`${PATH}/:id`, (c) => json(issuerOfPath(c)));

  admin.delete(`${PATH}/:id`, (c) => {
    // Deleting the key ends the trust, and the trust that other subjects had through the same key.
    const { set, kid } = issuerOfPath(c).public_key;
    deleteKeys(context.state, set, kid);
    return noContent();
  });
}

const decodeTrust = object({
  issuer: text,
  subject: text,
  allow_any_subject: boolean,
  scope: textList,
  jwk: (value: unknown, name: string) => (value === undefined ? undefined : decodeKey(value, name)),
  expires_at: time,
});

/** @throws HTTPException 400 if a member is missing. */
function validateTrust({ issuer, subject, allow_any_subject, expires_at, jwk }: ReturnType<typeof decodeTrust>): void {
  const missing = (hint: string): Error => refusal(400, "missing_required_parameter", hint);
  if (issuer === "") throw missing("issuer is required.");
  if ((subject === "") !== allow_any_subject)
    throw missing("Either subject or allow_any_subject is required, but not both.");
  if (expires_at === undefined) throw missing("expires_at is required.");
  if (!jwk?.kid) throw missing("jwk is required, with a kid.");
}

/** The server rounds the times of a trust to the nearest second. */
function roundedTime(milliseconds: number): string {
  return rfc3339(Math.round(milliseconds / 1000) * 1000);
}
