import type { Context, Exchange, Routes } from "../context.ts";
import { objectBody } from "../http/body.ts";
import { isObject } from "../http/json.ts";
import { pageOf } from "../http/paging.ts";
import { isStringList } from "../http/parameters.ts";
import { badRequest, conflict, json, noContent, notFound, refusal } from "../http/reply.ts";
import { rfc3339 } from "../http/time.ts";
import { deleteKeys, type StoredIssuer } from "../state/state.ts";
import { validateKey } from "./jwk.ts";

const PATH = "/admin/trust/grants/jwt-bearer/issuers";

/** The issuers whose assertions the jwt-bearer grant accepts, RFC 7523. */
export function trustedIssuerRoutes({ admin }: Routes, context: Context): void {
  const issuerOfPath = (c: Exchange): StoredIssuer => {
    const id = c.req.param("id") ?? "";
    if (!/^[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}$/i.test(id))
      throw badRequest("Unable to parse parameter id: it is not a UUID.");
    const stored = context.state.trustedIssuers.get(id.toLowerCase());
    if (!stored) throw notFound();
    return stored;
  };

  admin.post(PATH, async (c) => {
    const { expires_at, jwk, ...trust } = decodeTrust(objectBody(c));
    const key = await validateKey(jwk);
    const { issuer, subject } = trust;
    for (const other of context.state.trustedIssuers.values()) {
      const isSame = other.issuer === issuer && other.subject === subject && other.public_key.kid === key.kid;
      if (isSame) throw conflict();
    }
    const id = context.random.uuid();
    const stored = {
      id,
      ...trust,
      public_key: { set: issuer, kid: key.kid },
      created_at: roundedTime(context.now()),
      expires_at: roundedTime(expires_at),
    };
    // An issuer's keys are in the key set of its name. A `kid` that is there already keeps its key.
    const keys = context.state.keySets.get(issuer) ?? [];
    if (!keys.some((existing) => existing.kid === key.kid)) context.state.keySets.set(issuer, [key, ...keys]);
    context.state.trustedIssuers.set(id, stored);
    return json(stored, 201, { location: `/trust/grants/jwt-bearer/issuers/${id}` });
  });

  admin.get(PATH, (c) => {
    const filter = c.req.query("issuer");
    const { items, link } = pageOf(
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

/** The body of a request to trust an issuer. */
interface Trust {
  issuer: string;
  subject: string;
  allow_any_subject: boolean;
  scope: string[];
  jwk: unknown;
  /** Milliseconds since the epoch. */
  expires_at: number;
}

function decodeTrust(body: Record<string, unknown>): Trust {
  const { issuer = "", subject = "", allow_any_subject = false, scope = [], jwk, expires_at = "" } = body;
  const missing = (hint: string): Error => refusal(400, "missing_required_parameter", hint);
  if (typeof issuer !== "string" || typeof subject !== "string" || typeof expires_at !== "string") {
    throw refusal(400, "error", "issuer, subject and expires_at must be strings.");
  }
  if (typeof allow_any_subject !== "boolean" || !isStringList(scope)) {
    throw refusal(400, "error", "allow_any_subject must be a boolean and scope a list of strings.");
  }
  const expiresAt = Date.parse(expires_at);
  if (expires_at && Number.isNaN(expiresAt)) throw refusal(400, "error", "expires_at must be an RFC 3339 time.");
  if (!issuer) throw missing("issuer is required.");
  if (!subject === !allow_any_subject) throw missing("Either subject or allow_any_subject is required, but not both.");
  if (!expires_at) throw missing("expires_at is required.");
  if (!isObject(jwk) || !jwk["kid"]) throw missing("jwk is required, with a kid.");
  return { issuer, subject, allow_any_subject, scope, jwk, expires_at: expiresAt };
}

/** The server rounds the times of a trust to the nearest second. */
function roundedTime(milliseconds: number): string {
  return rfc3339(Math.round(milliseconds / 1000) * 1000);
}
