// Plays a recorded story against a server, and masks what differs from run to run.
import { createHmac, createSign, generateKeyPairSync, randomUUID, sign } from "node:crypto";

// ---- browser cookies
class Jar {
  cookies = new Map();
  take(response) {
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(";");
      const at = pair.indexOf("=");
      if (gone(attributes) || pair.slice(at + 1) === "") this.cookies.delete(pair.slice(0, at).trim());
      else this.cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1));
    }
  }
  header() {
    return [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
  }
}
const gone = (attributes) => attributes.some((a) => /max-age=(0|-\d+)$|expires=thu, 01 jan 1970/i.test(a.trim()));

// ---- keys and JWTs
const b64 = (x) => Buffer.from(x).toString("base64url");
const POOL = new Map();
export function key(name) {
  // "RS256-a": alg, then which one
  if (POOL.has(name)) return POOL.get(name);
  const alg = name.split("-")[0];
  const pair =
    alg === "ES384"
      ? generateKeyPairSync("ec", { namedCurve: "P-384" })
      : alg.startsWith("ES")
        ? generateKeyPairSync("ec", { namedCurve: "P-256" })
        : alg === "EdDSA"
          ? generateKeyPairSync("ed25519")
          : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const one = {
    alg,
    private: pair.privateKey,
    jwk: { ...pair.publicKey.export({ format: "jwk" }), kid: `kid-${name}`, alg, use: "sig" },
    jwkPrivate: { ...pair.privateKey.export({ format: "jwk" }), kid: `kid-${name}`, alg, use: "sig" },
  };
  POOL.set(name, one);
  return one;
}
function jwt(header, claims, k) {
  const input = `${b64(JSON.stringify(header))}.${b64(JSON.stringify(claims))}`;
  const alg = String(header.alg);
  let s;
  if (alg === "none") s = Buffer.alloc(0);
  else if (alg.startsWith("HS"))
    s = createHmac(`sha${alg.slice(2)}`, String(k))
      .update(input)
      .digest();
  else if (alg === "EdDSA") s = sign(null, Buffer.from(input), k);
  else if (alg.startsWith("PS"))
    s = sign(`sha${alg.slice(2)}`, Buffer.from(input), { key: k, padding: 6, saltLength: 32 });
  else if (alg.startsWith("ES"))
    s = sign(`sha${alg.slice(2)}`, Buffer.from(input), { key: k, dsaEncoding: "ieee-p1363" });
  else s = createSign("sha256").update(input).sign(k);
  return `${input}.${b64(s)}`;
}

// ---- templates. {{name}} is an earlier answer; {{now+60}} seconds; {{iso+60}} a time; {{public}}, {{admin}}, {{run}}
class Missing extends Error {}
function fill(v, vars) {
  if (typeof v === "string")
    return v.replace(/\{\{([^}]+)\}\}/g, (_, n) => {
      const t = /^(now|iso)([+-]\d+)?$/.exec(n);
      if (t) {
        const at = Date.now() + Number(t[2] ?? 0) * 1000;
        return t[1] === "now" ? String(Math.floor(at / 1000)) : new Date(at).toISOString();
      }
      if (n === "uuid") return randomUUID();
      if (vars[n] === undefined || vars[n] === null) throw new Missing(n);
      return String(vars[n]);
    });
  if (Array.isArray(v)) return v.map((x) => fill(x, vars));
  if (v && typeof v === "object") {
    if ("$now" in v) return Math.floor(Date.now() / 1000) + v.$now;
    if ("$jwk" in v) return { ...key(v.$jwk).jwk, ...v.set };
    if ("$jwkPrivate" in v) return { ...key(v.$jwkPrivate).jwkPrivate, ...v.set };
    if ("$var" in v) {
      if (vars[v.$var] === undefined) throw new Missing(v.$var);
      return vars[v.$var];
    }
    if ("$echo" in v) {
      // an earlier answer sent back, changed
      if (typeof vars[v.$echo] !== "object") throw new Missing(v.$echo);
      const o = { ...vars[v.$echo], ...fill(v.set ?? {}, vars) };
      for (const k of v.drop ?? []) delete o[k];
      return o;
    }
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [fill(k, vars), fill(x, vars)]));
  }
  return v;
}
const dig = (o, path) => path.split(".").reduce((x, k) => (x === null || x === undefined ? undefined : x[k]), o);
const queryOf = (s) => {
  try {
    return new URLSearchParams(s);
  } catch {
    return new URLSearchParams();
  }
};

// ---- playing
export async function play(story, bases, run, send) {
  const vars = { run, public: bases.public, admin: bases.admin };
  const jars = {};
  const known = new Map(); // value -> {{name}}
  const out = [];
  for (const step of story.steps) {
    try {
      for (const [name, j] of Object.entries(step.jwts ?? {})) {
        const header = fill({ alg: j.alg, kid: `kid-${j.key}`, ...j.header }, vars),
          claims = fill(j.claims, vars);
        for (const o of [header, claims]) for (const k of Object.keys(o)) if (o[k] === "$absent") delete o[k];
        vars[name] =
          jwt(
            header,
            claims,
            j.alg.startsWith("HS") ? fill(j.key, vars) : j.alg === "none" ? undefined : key(j.key).private,
          ) + (j.suffix ?? "");
      }
      const path = fill(step.path, vars);
      const absolute = /^https?:/.test(path);
      if (absolute && !path.startsWith(`${bases.public}/`) && !path.startsWith(`${bases.admin}/`))
        throw new Missing("elsewhere");
      const url = new URL(absolute ? path : bases[step.base] + path);
      const pairs = [];
      for (const [k, v] of Object.entries(step.query ?? {}))
        for (const one of [v].flat())
          pairs.push([k, typeof one === "object" ? JSON.stringify(fill(one, vars)) : fill(String(one), vars)]);
      if (pairs.length) url.search = (url.search ? `${url.search}&` : "?") + new URLSearchParams(pairs).toString();
      const h = new Headers();
      for (const [k, v] of Object.entries(step.headers ?? {}))
        h.set(
          k,
          v && typeof v === "object"
            ? "Basic " +
                Buffer.from(
                  v.$basic
                    .map((x) =>
                      v.raw ? fill(x, vars) : new URLSearchParams([["", fill(x, vars)]]).toString().slice(1),
                    )
                    .join(":"),
                ).toString("base64")
            : fill(v, vars),
        );
      let body;
      if (step.json !== undefined) {
        body = JSON.stringify(fill(step.json, vars));
        if (!h.has("content-type")) h.set("content-type", "application/json");
      }
      if (step.form !== undefined) {
        const p = [];
        for (const [k, v] of Object.entries(step.form))
          for (const one of [v].flat()) p.push([k, fill(String(one), vars)]);
        body = new URLSearchParams(p).toString();
        if (!h.has("content-type")) h.set("content-type", "application/x-www-form-urlencoded");
      }
      if (step.body !== undefined) {
        body = Buffer.from(fill(step.body, vars));
        if (h.get("content-type") === "-") h.delete("content-type");
      }
      if (step.jar) jars[step.jar] ??= new Jar();
      const jar = step.jar && jars[step.jar];
      if (jar?.header()) h.set("cookie", jar.header());
      const response = await send(url, { method: step.method, headers: h, body });
      const text = await response.text();
      jar?.take(response);
      let parsed = text;
      try {
        parsed = text === "" ? null : JSON.parse(text);
      } catch {
        /* text */
      }
      const location = response.headers.get("location");
      for (const [name, from] of Object.entries(step.save ?? {})) {
        let v;
        if (from === "body") v = parsed && typeof parsed === "object" ? parsed : undefined;
        else if (from === "loc") v = location ?? undefined;
        else if (from.startsWith("body.")) v = dig(parsed, from.slice(5));
        else if (from.startsWith("loc?") && location)
          v = queryOf(new URL(location, bases.public).search).get(from.slice(4)) ?? undefined;
        else if (from.startsWith("loc#") && location)
          v = queryOf(new URL(location, bases.public).hash.slice(1)).get(from.slice(4)) ?? undefined;
        else if (from.startsWith("link?")) {
          const m = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get("link") ?? "");
          v = m ? (new URL(m[1], bases.admin).searchParams.get(from.slice(5)) ?? undefined) : undefined;
        }
        if (v === null || v === "") v = undefined;
        vars[name] = v;
        if (typeof v === "string" && v.length >= 12 && !/^https?:/.test(v) && !known.has(v)) known.set(v, name);
      }
      out.push(answer(response, parsed, { bases, run, known, origin: h.has("origin"), step }));
    } catch (e) {
      if (e instanceof Missing) out.push({ skip: e.message });
      else out.push({ failed: String(e.cause?.code ?? e.message).slice(0, 80) });
    }
  }
  return out;
}

// ---- what is kept of an answer
const RELS = (link, _ctx) =>
  [...link.matchAll(/<([^>]*)>;\s*rel="(\w+)"/g)].map(([, u, rel]) => {
    const q = new URL(u, "http://x").searchParams;
    return `${rel} page_size=${q.get("page_size")}${q.get("page_token") ? " token" : ""}${[...q.keys()]
      .filter((k) => !/^page_/.test(k))
      .sort()
      .map((k) => ` ${k}`)
      .join("")}`;
  });
function answer(response, body, ctx) {
  const r = { s: response.status };
  const type = (response.headers.get("content-type") ?? "").split(";")[0];
  if (type) r.t = type;
  const h = {};
  for (const name of ["location", "www-authenticate"])
    if (response.headers.has(name))
      h[name] =
        name === "location"
          ? url(response.headers.get(name), ctx)
          : text(response.headers.get(name), ctx).replace(/error_description="[^"]*"/, 'error_description="<text>"');
  if (response.headers.has("link")) h.link = RELS(response.headers.get("link"), ctx);
  const cookies = response.headers.getSetCookie().map((c) => {
    const [pair, ...rest] = c.split(";");
    const at = pair.indexOf("=");
    return pair.slice(0, at).replace(/_\d{3,}$/, "_N") + (gone(rest) || pair.length === at + 1 ? " (gone)" : "");
  });
  if (cookies.length) h.cookies = [...new Set(cookies)].sort();
  if (ctx.origin)
    for (const [k, v] of response.headers)
      if (k.startsWith("access-control-"))
        h[k] = v
          .split(",")
          .map((x) => x.trim())
          .sort()
          .join(", ");
  if (Object.keys(h).length) r.h = h;
  if (body !== null) r.b = ctx.step.shape ? shape(body) : value(body, "", ctx);
  return r;
}
const shape = (b) =>
  Array.isArray(b) ? "list" : b && typeof b === "object" ? Object.keys(b).sort().join(" ") : typeof b;
const OPAQUE = new Set([
  "client_secret",
  "registration_access_token",
  "challenge",
  "n",
  "d",
  "p",
  "q",
  "dp",
  "dq",
  "qi",
  "x",
  "y",
  "k",
  "access_token",
  "refresh_token",
  "id_token",
  "device_code",
  "user_code",
  "session_id",
  "login_session_id",
  "sid",
  "csrf",
  "jti",
  "at_hash",
  "c_hash",
  "s_hash",
  "consent_request_id",
  "login_challenge",
  "consent_challenge",
  "device_challenge",
  "logout_challenge",
  "login_verifier",
  "consent_verifier",
  "logout_verifier",
  "device_verifier",
  "c_nonce_draft_00",
  "c_nonce",
  "page_token",
  "code",
]);
const TEXT = new Set(["error_description", "error_hint", "error_debug", "message", "reason", "debug"]);
const EPOCH = new Set(["iat", "exp", "nbf", "auth_time", "rat", "expires_at", "requested_at"]);
const seconds = (n) => (Math.abs(n) >= 100 ? Math.round(n / 60) * 60 : Math.round(n / 10) * 10);
const since = (ms) => {
  const s = Math.round((ms - Date.now()) / 60e3) * 60;
  return `<now${s === 0 ? "" : (s > 0 ? "+" : "") + s}>`;
};
function value(v, k, ctx) {
  if (Array.isArray(v)) {
    const list = v.map((x) => value(x, k, ctx));
    // lists of a server are in the order of random ids: kept sorted
    if (k === "" || ctx.step.sort?.includes(k)) list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return list;
  }
  if (v && typeof v === "object") {
    return Object.fromEntries(
      Object.entries(v)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([n, x]) => [n, value(x, n, ctx)]),
    );
  }
  if (typeof v === "number") {
    if (EPOCH.has(k) && v > 1.5e9 && v < 4e9 && Math.abs(v * 1000 - Date.now()) < 400 * 86400e3) return since(v * 1000);
    if (k === "expires_in") return seconds(v);
    if (k === "kid") return v;
    return v;
  }
  if (typeof v === "string") {
    if (TEXT.has(k)) return v ? "<text>" : v;
    return text(v, ctx, k);
  }
  return v;
}
const decode = (s) => {
  try {
    const [h, c] = s.split(".");
    return { header: JSON.parse(Buffer.from(h, "base64url")), claims: JSON.parse(Buffer.from(c, "base64url")) };
  } catch {
    return;
  }
};
const KINDS = [
  [/\bory_(at|rt|ac|co|lo|dc)_[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g, "<ory_$1>"],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<uuid>"],
];
function text(s, ctx, k) {
  const name = ctx.known.get(s);
  if (/^ey[\w-]{10,}\.[\w-]+\.[\w-]*$/.test(s)) {
    const d = decode(s);
    if (d) return { "<jwt>": value(d, "<jwt>", ctx) };
  }
  if (name !== undefined && !OPAQUE.has(k)) return `{{${name}}}`;
  if (OPAQUE.has(k) && s !== "") {
    if (name !== undefined && !/^(access_token|refresh_token|id_token)$/.test(k)) return `{{${name}}}`;
    for (const [re, to] of KINDS) {
      const x = s.replace(re, to);
      if (x !== s && x.length < 12) return x;
    }
    return "<opaque>";
  }
  const when = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(s) ? Date.parse(s) : NaN;
  if (!Number.isNaN(when) && Math.abs(when - Date.now()) < 400 * 86400e3) return since(when);
  if (/^\s*(<!doctype html|<html|<a href)/i.test(s)) {
    const inputs = [...s.matchAll(/<input[^>]*name="([^"]*)"[^>]*>/gi)].map((m) => m[1]).sort();
    const action = /action="([^"]*)"/i.exec(s)?.[1];
    return action ? `<form ${mask(action, ctx)}: ${inputs.join(" ")}>` : "<html>";
  }
  if (/^[0-9a-f]{64}$/.test(s)) return "<sha256>"; // a pairwise subject
  if (/^(https?:|\/)/.test(s) && /[?#]/.test(s)) return url(s, ctx);
  return mask(s, ctx);
}
function mask(s, ctx) {
  for (const [v, n] of ctx.known) if (v.length >= 16 && s.includes(v)) s = s.replaceAll(v, `{{${n}}}`);
  for (const b of ["public", "admin"])
    s = s.replaceAll(ctx.bases[b], `<${b}>`).replaceAll(encodeURIComponent(ctx.bases[b]), `<${b}>`);
  s = s.replaceAll(ctx.run, "<run>");
  for (const [re, to] of KINDS) s = s.replace(re, to);
  return s;
}
function url(s, ctx) {
  let u;
  try {
    u = new URL(s, "http://relative.invalid");
  } catch {
    return mask(s, ctx);
  }
  const base = mask(s.replace(/[?#].*$/s, ""), ctx);
  const pairs = (x) => {
    const o = {};
    for (const [k, v] of [...queryOf(x)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
      const n = value(/^\d{1,9}$/.test(v) && k === "expires_in" ? Number(v) : v, k, ctx);
      o[k] = k in o ? [o[k], n].flat() : n;
    }
    return o;
  };
  if (!u.search && !u.hash) return base;
  const o = { "<url>": base };
  if (u.search) o["?"] = pairs(u.search);
  if (u.hash) o["#"] = pairs(u.hash.slice(1));
  return o;
}

// ---- a client of a server has 40 members, most of them the default: kept as what is not
const CLIENT = JSON.parse(
  '{"client_name":"","redirect_uris":null,"grant_types":null,"response_types":null,"scope":"openid offline_access","audience":[],"owner":"","policy_uri":"","allowed_cors_origins":[],"tos_uri":"","client_uri":"","logo_uri":"","contacts":null,"client_secret_expires_at":0,"subject_type":"public","jwks":{},"token_endpoint_auth_method":"client_secret_basic","userinfo_signed_response_alg":"none","created_at":"<now>","updated_at":"<now>","metadata":{},"registration_client_uri":"<public>/oauth2/register","skip_consent":false,"skip_logout_consent":null}',
);
for (const g of [
  "authorization_code",
  "client_credentials",
  "implicit",
  "jwt_bearer",
  "refresh_token",
  "device_authorization",
])
  for (const t of ["access", "id", "refresh"])
    if (
      !(g === "client_credentials" && t !== "access") &&
      !(g === "implicit" && t === "refresh") &&
      !(g === "jwt_bearer" && t !== "access")
    )
      CLIENT[`${g}_grant_${t}_token_lifespan`] = null;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
export function pack(v) {
  if (Array.isArray(v)) return v.map(pack);
  if (!v || typeof v !== "object") return v;
  if ("client_id" in v && "token_endpoint_auth_method" in v) {
    const has = {},
      not = [];
    for (const k of Object.keys(CLIENT)) if (!(k in v)) not.push(k);
    for (const [k, x] of Object.entries(v)) if (!(k in CLIENT) || !same(CLIENT[k], x)) has[k] = pack(x);
    return { "<client>": has, ...(not.length && { without: not }) };
  }
  return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, pack(x)]));
}
export function unpack(v) {
  if (Array.isArray(v)) return v.map(unpack);
  if (!v || typeof v !== "object") return v;
  if ("<client>" in v) {
    const o = { ...CLIENT, ...unpack(v["<client>"]) };
    for (const k of v.without ?? []) delete o[k];
    return o;
  }
  return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, unpack(x)]));
}

// A page of one: which one it is hangs on random ids
export const onePage = (q) => q.method === "GET" && q.query?.page_size === "1";
// A list that is not of the story alone (a filter that the server did not take): its items depend on what else was played
export function ofStory(r, seq, q) {
  if (onePage(q) && Array.isArray(r.b)) r.b = `list of ${r.b.length}`;
  if (Array.isArray(r.b) && [...JSON.stringify(r.b).matchAll(/<run>-(\d+)/g)].some((m) => m[1] !== String(seq))) {
    r.b = ["<items of other stories too>"];
    if (r.h) delete r.h.link;
  }
  return r;
}
