import type { Context, Exchange, Routes } from "../context.ts";
import { isObject, objectBody } from "../http/body.ts";
import { isTexts } from "../http/fields.ts";
import { pageOf } from "../http/paging.ts";
import { badRequest, conflict, json, noContent, notFound, refusal } from "../http/reply.ts";
import { deleteKeys, type StoredIssuer } from "../state/state.ts";
import { checkKey } from "./key-sets.ts";

const PATH = "/admin/trust/grants/jwt-bearer/issuers";

export function trustedIssuerRoutes({ admin }: Routes, context: Context): void {
  const stored = (c: Exchange): StoredIssuer => {
    const id = c.req.param("id") ?? "";
    if (!/^[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}$/i.test(id))
      throw badRequest("Unable to parse parameter id: it is no UUID.");
    const found = context.state.trustedIssuers.get(id.toLowerCase());
    if (!found) throw notFound();
    return found;
  };

  admin.post(PATH, async (c) => {
    const { expires_at, jwk, ...grant } = decodeGrant(objectBody(c));
    const key = await checkKey(jwk);
    const { issuer, subject } = grant;
    for (const known of context.state.trustedIssuers.values()) {
      const same = known.issuer === issuer && known.subject === subject;
      if (same && known.public_key.kid === key.kid) throw conflict();
    }
    const id = context.random.uuid();
    const trusted = {
      id,
      ...grant,
      public_key: { set: issuer, kid: key.kid },
      created_at: seconds(context.now()),
      expires_at: seconds(expires_at),
    };
    // All keys of an issuer are the key set of its name. A kid that is there already keeps its key.
    const keys = context.state.keySets.get(issuer) ?? [];
    if (!keys.some((one) => one.kid === key.kid)) context.state.keySets.set(issuer, [key, ...keys]);
    context.state.trustedIssuers.set(id, trusted);
    return json(trusted, 201, { location: `/trust/grants/jwt-bearer/issuers/${id}` });
  });

  admin.get(PATH, (c) => {
    const wanted = c.req.query("issuer");
    const { shown, link } = pageOf(
      c,
      context.state.trustedIssuers,
      ({ id }) => id,
      ({ issuer }) => !wanted || issuer === wanted,
    );
    return json(shown, 200, { link });
  });

  admin.get(`${PATH}/:id`, (c) => json(stored(c)));

  admin.delete(`${PATH}/:id`, (c) => {
    // With its key goes the trust: this one, and that in the same key for other subjects.
    const { set, kid } = stored(c).public_key;
    deleteKeys(context.state, set, kid);
    return noContent();
  });
}

interface Grant {
  issuer: string;
  subject: string;
  allow_any_subject: boolean;
  scope: string[];
  jwk: unknown;
  /** Milliseconds since the epoch. */
  expires_at: number;
}

function decodeGrant(body: Record<string, unknown>): Grant {
  const { issuer = "", subject = "", allow_any_subject = false, scope = [], jwk, expires_at = "" } = body;
  const missing = (hint: string): Error => refusal(400, "missing_required_parameter", hint);
  if (typeof issuer !== "string" || typeof subject !== "string" || typeof expires_at !== "string") {
    throw refusal(400, "error", "issuer, subject and expires_at have to be strings.");
  }
  if (typeof allow_any_subject !== "boolean" || !isTexts(scope)) {
    throw refusal(400, "error", "allow_any_subject has to be a boolean and scope a list of strings.");
  }
  const expiresAt = Date.parse(expires_at);
  if (expires_at && Number.isNaN(expiresAt)) throw refusal(400, "error", "expires_at has to be an RFC 3339 time.");
  if (!issuer) throw missing("issuer is required.");
  if (!subject === !allow_any_subject) throw missing("Either subject or allow_any_subject is required, not both.");
  if (!expires_at) throw missing("expires_at is required.");
  if (!isObject(jwk) || !jwk["kid"]) throw missing("jwk is required, with a kid.");
  return { issuer, subject, allow_any_subject, scope, jwk, expires_at: expiresAt };
}

function seconds(milliseconds: number): string {
  return new Date(Math.round(milliseconds / 1000) * 1000).toISOString().replace(".000Z", "Z");
}
