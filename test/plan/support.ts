import fc from "fast-check";
import { type ClientSecret, OAuth2Api, type OAuth2Client } from "../../src/index.ts";
import { createMockHydra, type MockHydra } from "../../src/mock/index.ts";

/** A mock and an API for it. */
export function server(): { mock: MockHydra; api: OAuth2Api } {
  const mock = createMockHydra();
  return { mock, api: new OAuth2Api(configurationOf(mock)) };
}

export const configurationOf = (mock: MockHydra) => ({
  basePath: mock.publicUrl,
  adminBasePath: mock.adminUrl,
  fetch: mock.fetch,
});

/** Keeps secrets as an application would. */
export function secretStore() {
  const secrets = new Map<string, string>();
  const onSecret = ({ client_id, client_secret }: ClientSecret) => void secrets.set(client_id, client_secret);
  return { secrets, onSecret };
}

const url = fc.constantFrom("https://a.example/cb", "https://b.example/cb?x=1,2", "http://127.0.0.1:8080/cb");
const lifespan = fc.constantFrom("90m", "1h", "1h30m", "36h", "0s", "45s", "1h0m0s");
const someOf = (...values: string[]) => fc.subarray(values, { minLength: 0 });

/** Clients that Hydra accepts, in the forms in which people write them. */
export const wantedClient: fc.Arbitrary<OAuth2Client> = fc.record(
  {
    access_token_strategy: fc.constantFrom("jwt", "opaque", "JWT", ""),
    allowed_cors_origins: someOf("https://app.example.com/", "https://other.example.com"),
    audience: someOf("https://api.example.com", "https://other.example.com/"),
    authorization_code_grant_access_token_lifespan: lifespan,
    backchannel_logout_session_required: fc.boolean(),
    backchannel_logout_uri: fc.constantFrom("", "https://a.example/logout"),
    client_credentials_grant_access_token_lifespan: fc.option(lifespan),
    client_name: fc.constantFrom("", "Web shop", "ünï ${x} $${y}"),
    client_uri: fc.constantFrom("", "https://a.example"),
    contacts: someOf("a@example.com", "b@example.com"),
    grant_types: someOf("authorization_code", "refresh_token", "client_credentials"),
    logo_uri: fc.constantFrom("", "https://a.example/logo.png"),
    metadata: fc.dictionary(fc.constantFrom("team", "a/b", "deep"), fc.jsonValue({ maxDepth: 2 })),
    owner: fc.constantFrom("", "shop"),
    redirect_uris: fc.uniqueArray(url, { minLength: 1, maxLength: 3 }),
    response_types: someOf("code", "id_token", "code id_token"),
    scope: fc.constantFrom("", "openid", "offline openid email", "read write"),
    skip_consent: fc.boolean(),
    skip_logout_consent: fc.option(fc.boolean()),
    // Not pairwise: the server refuses it together with jwt.
    subject_type: fc.constantFrom("public", ""),
    token_endpoint_auth_method: fc.constantFrom("client_secret_basic", "client_secret_post", "none"),
    userinfo_signed_response_alg: fc.constantFrom("none", "RS256"),
  },
  { requiredKeys: ["redirect_uris"] },
) as fc.Arbitrary<OAuth2Client>;

/** Sets of clients with different IDs. */
export const wantedClients: fc.Arbitrary<OAuth2Client[]> = fc
  .array(wantedClient, { minLength: 1, maxLength: 4 })
  .map((clients) => clients.map((client, index) => ({ client_id: `client-${index}`, ...client })));
