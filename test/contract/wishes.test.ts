import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HydraVersion, hasFeature } from "../../src/core/versions.ts";
import {
  diffOAuth2Client,
  OAuth2Api,
  type OAuth2Client,
  type OAuth2ClientTokenLifespans,
  updateOAuth2Client,
} from "../../src/index.ts";
import { targets } from "./targets.ts";

const LIFESPANS = [
  "authorization_code_grant_access_token_lifespan",
  "authorization_code_grant_id_token_lifespan",
  "authorization_code_grant_refresh_token_lifespan",
  "client_credentials_grant_access_token_lifespan",
  "device_authorization_grant_access_token_lifespan",
  "device_authorization_grant_id_token_lifespan",
  "device_authorization_grant_refresh_token_lifespan",
  "implicit_grant_access_token_lifespan",
  "implicit_grant_id_token_lifespan",
  "jwt_bearer_grant_access_token_lifespan",
  "refresh_token_grant_access_token_lifespan",
  "refresh_token_grant_id_token_lifespan",
  "refresh_token_grant_refresh_token_lifespan",
] as const satisfies (keyof OAuth2ClientTokenLifespans)[];

/** The fields that the server sets, and the secret, which it returns only once. */
const OTHER_FIELDS = [
  "client_id",
  "client_secret",
  "client_secret_expires_at",
  "created_at",
  "registration_access_token",
  "registration_client_uri",
  "updated_at",
] as const satisfies (keyof OAuth2Client)[];

/** Public keys, as WebCrypto exports them. */
const keys = [
  {
    kty: "EC",
    crv: "P-256",
    x: "eixLUTMYI-U7SYbAA_IzY4p0p9pBkI20guZp7lcS-Xo",
    y: "Z1k5fhg1aGEKq5FxKsAxD3AZtM2GFidByAM20ygD9J8",
    ext: true,
    key_ops: ["verify"],
  },
  { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", ext: true, key_ops: ["verify"] },
  {
    kty: "RSA",
    n: "ALJq7Wo-Nn4NWTdzXw0yqIcVbT-qJQXR3TCv8xuVK29J6AYIQV4PVa8DsHYhA5kNUHBTc8HbwgtQnLEzvGLKdu0vPp5kX1sFAK6yo0cYPwgpRA9aLdcWZ5iXOTPqbWcYs0fCJ1Xk8oFWCQKQh4nNJ4f3FzKXZsM2oBd0o3TZ4d0r",
    e: "AAEAAQ",
    ext: true,
    key_ops: ["verify"],
  },
];

/** Texts, some of which contain half of a surrogate pair, which Hydra replaces. */
const text = fc.oneof(fc.constantFrom("", "a b", "\\ud800", "\ud83d"), fc.string(), fc.string({ unit: "grapheme" }));
const texts = fc.oneof(fc.constant(null), fc.array(text, { maxLength: 3 }));
const url = fc.constantFrom("", "https://a.example", "https://A.example/%7e?b=%2f", "http://127.0.0.1:3000/");
const urls = fc.array(
  url.filter((value) => value !== ""),
  { maxLength: 3 },
);
const flag = fc.constantFrom(null, true, false);
const part = fc.tuple(
  fc.constantFrom("0", "1", "59.50", "007", "1.", "90"),
  fc.constantFrom("h", "m", "s", "ms", "us", "µs"),
);
const lifespan = fc.oneof(
  fc.constantFrom(null, "0", "-90m", "+1h", ".5h", "1.25s"),
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.flat().join("")),
);
const origin = fc.constantFrom(
  "https://app.example.com/",
  "HTTPS://App.example.com",
  "http://localhost:3000//",
  "https://b\u00fccher.example/",
  "https://[::1]:8080",
  "https://a.example?",
  "https://a.example/#",
);

/** Values of every field that a client can change, in the spellings that Hydra accepts. */
const fields = {
  access_token_strategy: fc.constantFrom("", "jwt", "JWT", "opaque", "Opaque"),
  allowed_cors_origins: fc.oneof(fc.constant(null), fc.array(origin, { maxLength: 3 })),
  audience: texts,
  backchannel_logout_session_required: flag,
  backchannel_logout_uri: url,
  client_name: text,
  client_uri: url,
  contacts: texts,
  frontchannel_logout_session_required: flag,
  frontchannel_logout_uri: url,
  grant_types: fc.subarray(["authorization_code", "refresh_token", "client_credentials"]),
  jwks: fc.oneof(
    fc.constantFrom(null, {}, { keys: [] }),
    fc.subarray(keys, { minLength: 1 }).map((some) => ({ keys: some.map((key, kid) => ({ ...key, kid: `${kid}` })) })),
  ),
  jwks_uri: url,
  logo_uri: url,
  metadata: fc.oneof(
    fc.constantFrom(null, {}),
    fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4, noNullPrototype: true }),
  ),
  owner: text,
  policy_uri: url,
  post_logout_redirect_uris: urls,
  redirect_uris: urls,
  request_object_signing_alg: fc.constantFrom("", "none", "RS256", "ES256"),
  request_uris: urls,
  response_types: fc.subarray(["code", "id_token", "code id_token"]),
  scope: fc.oneof(fc.constantFrom(null, "", "openid offline_access", "a  b"), text),
  // Hydra fetches it, and expects `redirect_uris` in the response.
  sector_identifier_uri: fc.constantFrom(null, ""),
  skip_consent: flag,
  skip_logout_consent: flag,
  subject_type: fc.constantFrom("", "public", "pairwise"),
  token_endpoint_auth_method: fc.constantFrom("", "none", "client_secret_basic", "client_secret_post"),
  token_endpoint_auth_signing_alg: fc.constantFrom("", "RS256"),
  tos_uri: url,
  userinfo_signed_response_alg: fc.constantFrom("", "none", "RS256"),
  ...(Object.fromEntries(LIFESPANS.map((name) => [name, lifespan])) as Record<
    (typeof LIFESPANS)[number],
    fc.Arbitrary<unknown>
  >),
} satisfies Record<Exclude<keyof OAuth2Client, (typeof OTHER_FIELDS)[number]>, fc.Arbitrary<unknown>>;

/** Any client that a version of Hydra accepts. */
const wishFor = (version: HydraVersion): fc.Arbitrary<OAuth2Client> =>
  fc.record({ ...fields, "x-unknown": fc.jsonValue() }, { requiredKeys: [] }).map((wish) => {
    const { post_logout_redirect_uris: afterLogout, jwks_uri, ...client } = wish;
    if (client.access_token_strategy?.toLowerCase() === "jwt") client.subject_type = "public";
    return {
      ...client,
      ...(afterLogout && {
        post_logout_redirect_uris: afterLogout,
        redirect_uris: [...(client.redirect_uris ?? []), ...afterLogout],
      }),
      ...(!client.jwks && hasFeature(version, "jwksUriUpdates") && { jwks_uri }),
    } as OAuth2Client;
  });

describe.each(await targets())("on $name", ({ publicUrl: basePath, adminUrl: adminBasePath, fetch, version }) => {
  const api = new OAuth2Api({ basePath, adminBasePath, fetch });

  test("a wish that was applied differs no more, whatever fields it has", async () => {
    const wish = wishFor(version);
    await fc.assert(
      fc.asyncProperty(wish, wish, async (first, second) => {
        const { data: created } = await api.createOAuth2Client({ oAuth2Client: first });
        const id = created.client_id!;
        expect(await diffOAuth2Client(created, first)).toEqual([]);
        expect(await diffOAuth2Client((await api.getOAuth2Client({ id })).data, first)).toEqual([]);
        // No PATCH of Hydra 2.3 can reset a lifespan.
        if (!hasFeature(version, "patchRemovesMembers")) await api.setOAuth2ClientLifespans({ id });
        const { data: updated } = await updateOAuth2Client(api, { id }, () => second);
        expect(await diffOAuth2Client(updated, second)).toEqual([]);
        expect(await diffOAuth2Client((await api.getOAuth2Client({ id })).data, second)).toEqual([]);
        await api.deleteOAuth2Client({ id });
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
