import { randomUUID } from "node:crypto";
import {
  createLocalJWKSet,
  decodeJwt,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { paginate } from "../../src/clients/paginate.ts";
import { FEATURES, type Feature, hasFeature } from "../../src/core/versions.ts";
import {
  authorizationUrl,
  Configuration,
  type ConfigurationParameters,
  clientCredentials,
  clientSecretBasic,
  clientSecretPost,
  deviceAuthorization,
  exchangeCode,
  generateKey,
  JwkApi,
  jwtBearer,
  MetadataApi,
  OAuth2Api,
  type OAuth2Client,
  OidcApi,
  pollDeviceToken,
  privateKeyJwt,
  publicJwks,
  refreshToken,
  type SigningAlgorithm,
  type SigningKey,
  tokenSource,
  WellknownApi,
} from "../../src/index.ts";
import { Browser, pkce, REDIRECT_URI } from "../mock/person.ts";
import { operations } from "../support/openapi.ts";
import { targets } from "./targets.ts";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

describe.each((await targets()).map((target) => [target.name, target] as const))("on %s", (_, target) => {
  const configure = (more: ConfigurationParameters = {}) =>
    new Configuration({ basePath: target.publicUrl, adminBasePath: target.adminUrl, fetch: target.fetch, ...more });
  const api = new OAuth2Api(configure());
  const oidc = new OidcApi(configure());
  const jwk = new JwkApi(configure());
  const metadata = new MetadataApi(configure());
  const wellKnown = new WellknownApi(configure());
  const owner = `contract-${randomUUID()}`;

  const tested = new Set<Feature>();
  /** Whether the server has a feature. Both cases are tested: `FEATURES` describes what a version without it does. */
  const has = (feature: Feature) => {
    tested.add(feature);
    return hasFeature(target.version, feature);
  };

  const errorResponse = (status: number, error?: string) => ({
    name: "ResponseError",
    status,
    ...(error !== undefined && { error }),
  });
  const create = async (client: OAuth2Client = {}) =>
    (await api.createOAuth2Client({ oAuth2Client: { owner, ...client } })).data as OAuth2Client & {
      client_id: string;
      client_secret: string;
    };
  /** Returns the API for a client that authenticates with HTTP Basic. */
  const as = ({ client_id, client_secret }: OAuth2Client) =>
    new OAuth2Api(configure({ username: client_id!, password: client_secret! }));

  afterAll(async () => {
    for await (const { client_id } of paginate(api.listOAuth2Clients.bind(api), { owner })) {
      await api.deleteOAuth2Client({ id: client_id! });
    }
  });

  describe("clients", () => {
    it("createOAuth2Client returns the secret and the registration access token, getOAuth2Client does not", async () => {
      const { status, data, headers } = await api.createOAuth2Client({ oAuth2Client: { owner, client_name: "One" } });
      expect(status).toBe(201);
      expect(data).toMatchObject({ client_name: "One", token_endpoint_auth_method: "client_secret_basic" });
      expect(data.client_secret).toBeTruthy();
      expect(data.registration_access_token).toBeTruthy();
      expect(headers.location).toContain(data.client_id);
      const { data: read } = await api.getOAuth2Client({ id: data.client_id! });
      expect(read).toMatchObject({ client_name: "One", redirect_uris: [], grant_types: [] });
      expect(read).not.toHaveProperty("client_secret");
      expect(read).not.toHaveProperty("registration_access_token");
    });

    it("createOAuth2Client accepts an ID and a secret, but rejects an existing ID", async () => {
      const client_id = `chosen ? ${randomUUID()}`;
      expect(await create({ client_id, client_secret: "a-secret-of-mine" })).toMatchObject({
        client_id,
        client_secret: "a-secret-of-mine",
      });
      await expect(create({ client_id })).rejects.toMatchObject(errorResponse(409));
      expect((await api.getOAuth2Client({ id: client_id })).data.client_id).toBe(client_id);
    });

    if (has("slashesInIds")) {
      it("a client ID may contain a slash", async () => {
        const client_id = `chosen / ${randomUUID()}`;
        await create({ client_id });
        await expect(create({ client_id })).rejects.toMatchObject(errorResponse(409));
        expect((await api.getOAuth2Client({ id: client_id })).data.client_id).toBe(client_id);
        const jsonPatch = [{ op: "replace" as const, path: "/client_name", value: "Patched" }];
        expect((await api.patchOAuth2Client({ id: client_id, jsonPatch })).data.client_name).toBe("Patched");
        expect((await api.deleteOAuth2Client({ id: client_id })).status).toBe(204);
      });
    } else {
      it("a client whose ID contains a slash is created, but not found afterwards", async () => {
        const id = `chosen / ${randomUUID()}`;
        // Leave out the owner, by which the tests clean up, because the client cannot be deleted.
        expect((await create({ client_id: id, owner: "" })).client_id).toBe(id);
        await expect(create({ client_id: id, owner: "" })).rejects.toMatchObject(errorResponse(409));
        await expect(api.getOAuth2Client({ id })).rejects.toMatchObject(errorResponse(404));
        const jsonPatch = [{ op: "replace" as const, path: "/client_name", value: "Patched" }];
        await expect(api.patchOAuth2Client({ id, jsonPatch })).rejects.toMatchObject(errorResponse(404));
        await expect(api.deleteOAuth2Client({ id })).rejects.toMatchObject(errorResponse(404));
      });
    }

    it("createOAuth2Client rejects invalid metadata", async () => {
      await expect(create({ redirect_uris: ["https://a.example/#fragment"] })).rejects.toMatchObject(
        errorResponse(400, "invalid_redirect_uri"),
      );
      await expect(create({ subject_type: "nonsense" })).rejects.toMatchObject(
        errorResponse(400, "invalid_client_metadata"),
      );
    });

    for (const [member, feature] of [
      ["tos_uri", "tosUriCheck"],
      ["client_uri", "clientUriChecks"],
      ["logo_uri", "clientUriChecks"],
      ["policy_uri", "clientUriChecks"],
    ] as const) {
      if (has(feature)) {
        it(`createOAuth2Client rejects a ${member} that is not a URL`, async () => {
          await expect(create({ [member]: "/relative" })).rejects.toMatchObject(
            errorResponse(400, "invalid_client_metadata"),
          );
        });
      } else {
        it(`createOAuth2Client stores a ${member} that is not a URL`, async () => {
          expect(await create({ [member]: "/relative" })).toMatchObject({ [member]: "/relative" });
        });
      }
    }

    it("listOAuth2Clients lists every matching client once, page by page", async () => {
      const client_name = randomUUID();
      const created = await Promise.all([1, 2, 3, 4, 5].map(() => create({ client_name })));
      const listed: string[] = [];
      const pages = paginate(api.listOAuth2Clients.bind(api), { clientName: client_name, owner, pageSize: 2 });
      for await (const client of pages) listed.push(client.client_id!);
      expect(listed.sort()).toEqual(created.map((client) => client.client_id).sort());
      expect((await api.listOAuth2Clients({ owner: randomUUID() })).data).toEqual([]);
    });

    if (has("keysetPages")) {
      it("listOAuth2Clients returns no link to a next page after the last one", async () => {
        await create();
        const { headers } = await api.listOAuth2Clients({ owner: randomUUID() });
        expect(headers.link).not.toContain('rel="next"');
      });
    } else {
      it("listOAuth2Clients links to a next page if other clients exist, even if none of them matches", async () => {
        await Promise.all([create(), create()]);
        const { data, headers } = await api.listOAuth2Clients({ owner: randomUUID(), pageSize: 1 });
        expect(data).toEqual([]);
        expect(headers.link).toContain('rel="next"');
      });
    }

    const lists = {
      listOAuth2Clients: (pageToken: string) => api.listOAuth2Clients({ owner, pageToken }),
      listTrustedOAuth2JwtGrantIssuers: (pageToken: string) => api.listTrustedOAuth2JwtGrantIssuers({ pageToken }),
      listOAuth2ConsentSessions: (pageToken: string) =>
        api.listOAuth2ConsentSessions({ subject: randomUUID(), pageToken }),
    };
    for (const [name, list] of Object.entries(lists)) {
      if (has("refusesPageTokens")) {
        it(`${name} rejects an invalid page token`, async () => {
          await expect(list("nonsense")).rejects.toMatchObject(errorResponse(400));
        });
      } else if (has("keysetPages")) {
        it(`${name} drops the connection if a page token is invalid`, async () => {
          await expect(list("nonsense")).rejects.toMatchObject({ name: "NetworkError" });
        });
      } else {
        it(`${name} returns the first page for an invalid page token`, async () => {
          expect((await list("nonsense")).data).toEqual((await list("")).data);
        });
      }
    }

    it("setOAuth2Client replaces everything except the secret", async () => {
      const client = await create({ client_name: "One", metadata: { a: 1 }, grant_types: ["client_credentials"] });
      const oAuth2Client = { owner, client_name: "Two", grant_types: ["client_credentials"] };
      const { data } = await api.setOAuth2Client({ id: client.client_id, oAuth2Client });
      expect(data).toMatchObject({ client_name: "Two", metadata: {} });
      expect(data).not.toHaveProperty("client_secret");
      expect((await as(client).oauth2TokenExchange({ grantType: "client_credentials" })).status).toBe(200);
      await expect(api.setOAuth2Client({ id: randomUUID(), oAuth2Client })).rejects.toMatchObject(errorResponse(404));
    });

    it("patchOAuth2Client adds, removes and replaces, with or without a leading slash", async () => {
      const { client_id: id } = await create({ redirect_uris: ["https://a.example/cb"] });
      const { data } = await api.patchOAuth2Client({
        id,
        jsonPatch: [
          { op: "replace", path: "client_name", value: "Patched" },
          { op: "add", path: "/redirect_uris/-", value: "https://b.example/cb" },
          { op: "remove", path: "/redirect_uris/0" },
          { op: "add", path: "/metadata", value: { team: "a" } },
        ],
      });
      expect(data).toMatchObject({
        client_name: "Patched",
        redirect_uris: ["https://b.example/cb"],
        metadata: { team: "a" },
      });
      const missing = [{ op: "remove" as const, path: "/metadata/nothing" }];
      await expect(api.patchOAuth2Client({ id, jsonPatch: missing })).rejects.toMatchObject(errorResponse(500));
    });

    const members = { client_name: "One", policy_uri: "https://a.example/policy", metadata: { a: 1 }, audience: ["b"] };
    const removal = Object.keys(members).map((name) => ({ op: "remove" as const, path: `/${name}` }));
    if (has("patchRemovesMembers")) {
      it("patchOAuth2Client resets a removed member", async () => {
        const { client_id: id } = await create(members);
        const { data } = await api.patchOAuth2Client({ id, jsonPatch: removal });
        expect(data).toMatchObject({ client_name: "", policy_uri: "", metadata: {}, audience: [] });
      });
    } else {
      it("patchOAuth2Client keeps a removed member, but resets one that is replaced by an empty value", async () => {
        const { client_id: id } = await create(members);
        expect((await api.patchOAuth2Client({ id, jsonPatch: removal })).data).toMatchObject(members);
        const empty = { client_name: "", policy_uri: "", metadata: {}, audience: [] };
        const jsonPatch = Object.entries(empty).map(([name, value]) => ({
          op: "replace" as const,
          path: `/${name}`,
          value,
        }));
        expect((await api.patchOAuth2Client({ id, jsonPatch })).data).toMatchObject(empty);
      });
    }

    const withJwksUri = { jwks_uri: "https://a.example/jwks.json", token_endpoint_auth_method: "private_key_jwt" };
    const rename = [{ op: "replace" as const, path: "/client_name", value: "Two" }];
    if (has("jwksUriUpdates")) {
      it("a client with a jwks_uri is updated like any other", async () => {
        const { client_id: id } = await create(withJwksUri);
        expect((await api.patchOAuth2Client({ id, jsonPatch: rename })).data.client_name).toBe("Two");
        const oAuth2ClientTokenLifespans = { client_credentials_grant_access_token_lifespan: "1h" };
        await api.setOAuth2ClientLifespans({ id, oAuth2ClientTokenLifespans });
        const { data } = await api.getOAuth2Client({ id });
        expect(data).toMatchObject({ ...withJwksUri, client_credentials_grant_access_token_lifespan: "1h0m0s" });
        const { data: set } = await api.setOAuth2Client({ id, oAuth2Client: { ...data, client_name: "Three" } });
        expect(set).toMatchObject({ ...withJwksUri, client_name: "Three" });
      });
    } else {
      it("a client with a jwks_uri can be updated only by a PUT without jwks", async () => {
        const { client_id: id } = await create(withJwksUri);
        const invalid = errorResponse(400, "invalid_client_metadata");
        await expect(api.patchOAuth2Client({ id, jsonPatch: rename })).rejects.toMatchObject(invalid);
        await expect(api.setOAuth2ClientLifespans({ id })).rejects.toMatchObject(invalid);
        const { data } = await api.getOAuth2Client({ id });
        await expect(api.setOAuth2Client({ id, oAuth2Client: data })).rejects.toMatchObject(invalid);
        const { jwks, ...withoutJwks } = data;
        expect(jwks).toEqual({});
        const { data: set } = await api.setOAuth2Client({ id, oAuth2Client: { ...withoutJwks, client_name: "Three" } });
        expect(set).toMatchObject({ ...withJwksUri, client_name: "Three" });
      });
    }

    it("setOAuth2ClientLifespans sets lifespans, and resets omitted ones", async () => {
      const { client_id: id } = await create();
      const oAuth2ClientTokenLifespans = { client_credentials_grant_access_token_lifespan: "1h30m" };
      const set = await api.setOAuth2ClientLifespans({ id, oAuth2ClientTokenLifespans });
      expect(set.data.client_credentials_grant_access_token_lifespan).toBe("1h30m0s");
      const reset = await api.setOAuth2ClientLifespans({ id });
      expect(reset.data.client_credentials_grant_access_token_lifespan).toBeNull();
    });

    if (has("secretRotation")) {
      it("rotateOAuth2ClientSecret keeps the old secret valid, deleteRotatedOAuth2ClientSecrets invalidates it", async () => {
        const client = await create({ grant_types: ["client_credentials"] });
        const { data: rotated } = await api.rotateOAuth2ClientSecret({ id: client.client_id });
        expect(rotated.client_secret).not.toBe(client.client_secret);
        const grant = { grantType: "client_credentials" };
        expect((await as(client).oauth2TokenExchange(grant)).status).toBe(200);
        expect((await as(rotated).oauth2TokenExchange(grant)).status).toBe(200);
        await api.deleteRotatedOAuth2ClientSecrets({ id: client.client_id });
        await expect(as(client).oauth2TokenExchange(grant)).rejects.toMatchObject(errorResponse(401, "invalid_client"));
        expect((await as(rotated).oauth2TokenExchange(grant)).status).toBe(200);
      });
    } else {
      it("rotateOAuth2ClientSecret and deleteRotatedOAuth2ClientSecrets return 404, and the secret remains valid", async () => {
        const client = await create({ grant_types: ["client_credentials"] });
        const { client_id: id } = client;
        await expect(api.rotateOAuth2ClientSecret({ id })).rejects.toMatchObject(errorResponse(404));
        await expect(api.deleteRotatedOAuth2ClientSecrets({ id })).rejects.toMatchObject(errorResponse(404));
        expect((await as(client).oauth2TokenExchange({ grantType: "client_credentials" })).status).toBe(200);
      });
    }

    it("deleteOAuth2Client deletes a client, and returns 404 for an unknown one", async () => {
      const { client_id: id } = await create();
      expect((await api.deleteOAuth2Client({ id })).status).toBe(204);
      await expect(api.deleteOAuth2Client({ id })).rejects.toMatchObject(errorResponse(404));
      await expect(api.getOAuth2Client({ id })).rejects.toMatchObject(errorResponse(404));
    });
  });

  describe("dynamic registration", () => {
    const register = async (client: OAuth2Client = {}) =>
      (await oidc.createOidcDynamicClient({ oAuth2Client: client })).data as OAuth2Client & {
        client_id: string;
        registration_access_token: string;
      };

    it("createOidcDynamicClient generates ID and secret, and rejects fields that only an administrator can set", async () => {
      const created = await register({ client_id: "mine", client_name: "Self" });
      expect(created.client_id).not.toBe("mine");
      expect(created.client_secret).toBeTruthy();
      await expect(register({ client_secret: "a-secret-of-mine" })).rejects.toMatchObject(errorResponse(400));
      await expect(register({ metadata: { a: 1 } })).rejects.toMatchObject(
        errorResponse(400, "invalid_client_metadata"),
      );
      await api.deleteOAuth2Client({ id: created.client_id });
    });

    it("getOidcDynamicClient returns only the client's own registration", async () => {
      const [one, other] = [await register({ client_name: "One" }), await register()];
      const { registration_access_token: registrationAccessToken } = one;
      const { data } = await oidc.getOidcDynamicClient({ id: one.client_id, registrationAccessToken });
      expect(data.client_name).toBe("One");
      await expect(oidc.getOidcDynamicClient({ id: other.client_id, registrationAccessToken })).rejects.toMatchObject(
        errorResponse(401),
      );
      await Promise.all([one, other].map(({ client_id: id }) => api.deleteOAuth2Client({ id })));
    });

    it("setOidcDynamicClient accepts a response of the server, and replaces the registration and its token", async () => {
      const created = await register({ client_name: "One" });
      const { client_id: id, registration_access_token: registrationAccessToken } = created;
      const { data } = await oidc.setOidcDynamicClient({ id, oAuth2Client: { ...created, client_name: "Two" } });
      expect(data.client_name).toBe("Two");
      expect(data.registration_access_token).not.toBe(registrationAccessToken);
      await expect(oidc.getOidcDynamicClient({ id, registrationAccessToken })).rejects.toMatchObject(
        errorResponse(401),
      );
      await oidc.deleteOidcDynamicClient({ id, registrationAccessToken: data.registration_access_token! });
    });

    it("deleteOidcDynamicClient deletes the registration and invalidates its token", async () => {
      const { client_id: id, registration_access_token: registrationAccessToken } = await register();
      expect((await oidc.deleteOidcDynamicClient({ id, registrationAccessToken })).status).toBe(204);
      await expect(oidc.deleteOidcDynamicClient({ id, registrationAccessToken })).rejects.toMatchObject(
        errorResponse(401),
      );
    });

    it("an administrator's PUT invalidates the registration access token", async () => {
      const { client_id: id, registration_access_token: registrationAccessToken } = await register();
      await api.setOAuth2Client({ id, oAuth2Client: { owner } });
      await expect(oidc.getOidcDynamicClient({ id, registrationAccessToken })).rejects.toMatchObject(
        errorResponse(401),
      );
    });

    const rename = [{ op: "replace" as const, path: "/client_name", value: "x" }];
    if (has("patchEndsRegistrationToken")) {
      it("an administrator's PATCH invalidates the registration access token", async () => {
        const { client_id: id, registration_access_token: registrationAccessToken } = await register();
        await api.patchOAuth2Client({ id, jsonPatch: rename });
        await expect(oidc.getOidcDynamicClient({ id, registrationAccessToken })).rejects.toMatchObject(
          errorResponse(401),
        );
        await api.deleteOAuth2Client({ id });
      });
    } else {
      it("an administrator's PATCH leaves the registration access token valid", async () => {
        const { client_id: id, registration_access_token: registrationAccessToken } = await register();
        await api.patchOAuth2Client({ id, jsonPatch: rename });
        const { data } = await oidc.getOidcDynamicClient({ id, registrationAccessToken });
        expect(data.client_name).toBe("x");
        await oidc.deleteOidcDynamicClient({ id, registrationAccessToken });
      });
    }
  });

  describe("key sets", () => {
    it("are created, read, replaced and deleted, entirely or key by key", async () => {
      const set = `contract-${randomUUID()}`;
      const createKey = (kid: string, alg: string) =>
        jwk.createJsonWebKeySet({ set, createJsonWebKeySet: { kid, alg, use: "sig" } });
      const { status, data } = await createKey("first", "ES256");
      expect([status, data.keys!.length]).toEqual([201, 1]);
      await importJWK(data.keys![0] as JWK, "ES256");
      await createKey("second", "EdDSA");
      const { data: both } = await jwk.getJsonWebKeySet({ set });
      expect(both.keys!.map(({ kid }) => kid).sort()).toEqual(["first", "second"]);
      expect((await jwk.getJsonWebKey({ set, kid: "first" })).data).toEqual(data);
      expect((await jwk.setJsonWebKey({ set, kid: "first", jsonWebKey: data.keys![0]! })).data).toEqual(data.keys![0]);
      expect((await jwk.setJsonWebKeySet({ set, jsonWebKeySet: data })).data).toEqual(data);
      await expect(jwk.getJsonWebKey({ set, kid: "second" })).rejects.toMatchObject(errorResponse(404));
      expect((await jwk.deleteJsonWebKey({ set, kid: "first" })).status).toBe(204);
      expect((await jwk.deleteJsonWebKeySet({ set })).status).toBe(204);
      await expect(jwk.getJsonWebKeySet({ set })).rejects.toMatchObject(errorResponse(404));
    });

    const createJsonWebKeySet = { kid: "first / second", alg: "ES256", use: "sig" };
    if (has("slashesInIds")) {
      it("may have slashes in their names and key IDs", async () => {
        const set = `contract / ${randomUUID()}`;
        const { data } = await jwk.createJsonWebKeySet({ set, createJsonWebKeySet });
        expect((await jwk.getJsonWebKeySet({ set })).data).toEqual(data);
        expect((await jwk.getJsonWebKey({ set, kid: "first / second" })).data).toEqual(data);
        expect((await jwk.deleteJsonWebKeySet({ set })).status).toBe(204);
      });
    } else {
      it("are not created if the name contains a slash, and a key whose ID contains one is not found", async () => {
        const create = (set: string) => jwk.createJsonWebKeySet({ set, createJsonWebKeySet });
        await expect(create(`contract / ${randomUUID()}`)).rejects.toMatchObject(errorResponse(405));
        const set = `contract-${randomUUID()}`;
        await create(set);
        await expect(jwk.getJsonWebKey({ set, kid: "first / second" })).rejects.toMatchObject(errorResponse(404));
        expect((await jwk.deleteJsonWebKeySet({ set })).status).toBe(204);
      });
    }

    it("createJsonWebKeySet rejects an unknown algorithm", async () => {
      const createJsonWebKeySet = { kid: "x", alg: "HS256", use: "sig" };
      await expect(
        jwk.createJsonWebKeySet({ set: `contract-${randomUUID()}`, createJsonWebKeySet }),
      ).rejects.toMatchObject(errorResponse(400));
    });
  });

  describe("trusted issuers", () => {
    it("have their assertions exchanged until they are deleted", async () => {
      const { publicKey, privateKey } = await generateKeyPair("RS256");
      const issuer = `https://${randomUUID()}.example`;
      const { data: trusted } = await api.trustOAuth2JwtGrantIssuer({
        trustOAuth2JwtGrantIssuer: {
          issuer,
          subject: "dave",
          scope: ["read"],
          jwk: { ...((await exportJWK(publicKey)) as { kty: string }), kid: "first", alg: "RS256", use: "sig" },
          expires_at: new Date(Date.now() + 86_400_000).toISOString(),
        },
      });
      const id = trusted.id!;
      expect((await api.getTrustedOAuth2JwtGrantIssuer({ id })).data).toEqual(trusted);
      expect((await api.listTrustedOAuth2JwtGrantIssuers({ issuer })).data).toEqual([trusted]);

      const client = await create({ grant_types: [JWT_BEARER], scope: "read" });
      const assertion = () =>
        new SignJWT({ jti: randomUUID() })
          .setProtectedHeader({ alg: "RS256", kid: "first" })
          .setIssuer(issuer)
          .setSubject("dave")
          .setAudience(`${target.publicUrl}/oauth2/token`)
          .setIssuedAt()
          .setExpirationTime("5m")
          .sign(privateKey);
      const exchange = async () =>
        as(client).oauth2TokenExchange({ grantType: JWT_BEARER, assertion: await assertion(), scope: "read" });
      const { data: granted } = await exchange();
      expect(granted.scope).toBe("read");
      const { aud } = (await api.introspectOAuth2Token({ token: granted.access_token! })).data;
      expect(aud).toEqual(has("assertionAudienceOmitted") ? [] : [`${target.publicUrl}/oauth2/token`]);
      expect((await api.deleteTrustedOAuth2JwtGrantIssuer({ id })).status).toBe(204);
      await expect(exchange()).rejects.toMatchObject(errorResponse(400, "invalid_grant"));
      await expect(api.getTrustedOAuth2JwtGrantIssuer({ id })).rejects.toMatchObject(errorResponse(404));
    });

    it("are rejected if fields are missing", async () => {
      await expect(api.trustOAuth2JwtGrantIssuer({ trustOAuth2JwtGrantIssuer: {} as never })).rejects.toMatchObject(
        errorResponse(400, "missing_required_parameter"),
      );
    });

    it("are not found by an ID that is not a UUID", async () => {
      await expect(api.getTrustedOAuth2JwtGrantIssuer({ id: "nonsense" })).rejects.toMatchObject(
        errorResponse(has("issuerIdCheck") ? 400 : 404),
      );
    });
  });

  describe("tokens of a client", () => {
    const grant = { grantType: "client_credentials", scope: "read" };
    const client = () => create({ grant_types: ["client_credentials"], scope: "read write" });

    it("oauth2TokenExchange requires the registered authentication method, and rejects scopes that were not registered", async () => {
      const registered = await create({
        grant_types: ["client_credentials"],
        scope: "read",
        client_secret: "s3cr:et/ä+ &=%",
      });
      const { data } = await as(registered).oauth2TokenExchange(grant);
      expect(data).toMatchObject({ scope: "read", token_type: "bearer" });
      expect(data.expires_in).toBeGreaterThan(0);
      const wrong = { client_id: registered.client_id, client_secret: "wrong" };
      await expect(as(wrong).oauth2TokenExchange(grant)).rejects.toMatchObject(errorResponse(401, "invalid_client"));
      const inForm = { ...grant, clientId: registered.client_id, clientSecret: registered.client_secret };
      await expect(api.oauth2TokenExchange(inForm)).rejects.toMatchObject(errorResponse(401, "invalid_client"));
      await expect(as(registered).oauth2TokenExchange({ ...grant, scope: "write" })).rejects.toMatchObject(
        errorResponse(400, "invalid_scope"),
      );
    });

    it("introspectOAuth2Token distinguishes an active token from any other", async () => {
      const created = await client();
      const { access_token } = (await as(created).oauth2TokenExchange(grant)).data;
      const { data } = await api.introspectOAuth2Token({ token: access_token! });
      expect(data).toMatchObject({ active: true, client_id: created.client_id, scope: "read", token_type: "Bearer" });
      expect((await api.introspectOAuth2Token({ token: access_token!, scope: "write" })).data).toEqual({
        active: false,
      });
      expect((await api.introspectOAuth2Token({ token: "nonsense" })).data).toEqual({ active: false });
    });

    it("revokeOAuth2Token revokes a token only for its own client", async () => {
      const [created, other] = [await client(), await client()];
      const token = (await as(created).oauth2TokenExchange(grant)).data.access_token!;
      expect((await as(other).revokeOAuth2Token({ token })).status).toBe(200);
      expect((await api.introspectOAuth2Token({ token })).data.active).toBe(true);
      expect((await as(created).revokeOAuth2Token({ token })).status).toBe(200);
      expect((await api.introspectOAuth2Token({ token })).data.active).toBe(false);
      expect((await as(created).revokeOAuth2Token({ token })).status).toBe(200);
    });

    it("deleteOAuth2Token revokes all access tokens of a client", async () => {
      const created = await client();
      const token = (await as(created).oauth2TokenExchange(grant)).data.access_token!;
      expect((await api.deleteOAuth2Token({ clientId: created.client_id })).status).toBe(204);
      expect((await api.introspectOAuth2Token({ token })).data.active).toBe(false);
    });
  });

  describe("the token functions", () => {
    const server = { basePath: target.publicUrl, fetch: target.fetch };
    const serviceClient = { grant_types: ["client_credentials"], scope: "read write" };
    const withKey = async (alg: SigningAlgorithm, key: SigningKey) =>
      create({
        ...serviceClient,
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: alg,
        jwks: await publicJwks({ key, alg }),
      });

    it("clientCredentials authenticates with a secret, in the header and in the form", async () => {
      const client_secret = "s3cr:et/ä+ &=%€";
      for (const [token_endpoint_auth_method, authenticate] of [
        ["client_secret_basic", clientSecretBasic],
        ["client_secret_post", clientSecretPost],
      ] as const) {
        const { client_id: clientId } = await create({ ...serviceClient, client_secret, token_endpoint_auth_method });
        const requestToken = (secret: string, more: object = {}) =>
          clientCredentials({ ...server, clientId, auth: authenticate(secret), scope: ["read"], ...more });
        expect(await requestToken(client_secret)).toMatchObject({ scope: "read", token_type: "bearer" });
        await expect(requestToken("wrong")).rejects.toMatchObject(errorResponse(401, "invalid_client"));
        await expect(requestToken(client_secret, { scope: "admin" })).rejects.toMatchObject(
          errorResponse(400, "invalid_scope"),
        );
      }
    });

    it.each(["RS256", "PS256", "ES256"] as const)(
      "privateKeyJwt signs with %s, from a key and from PEM",
      async (alg) => {
        const { privateKey } = await generateKeyPair(alg, { extractable: true });
        for (const key of [await generateKey(alg), await exportPKCS8(privateKey)]) {
          const { client_id: clientId } = await withKey(alg, key);
          const auth = privateKeyJwt(key, { alg });
          const { access_token: token } = await clientCredentials({ ...server, clientId, auth });
          expect((await api.introspectOAuth2Token({ token })).data.active).toBe(true);
          await api.revokeOAuth2Token({ token, clientId, auth });
          expect((await api.introspectOAuth2Token({ token })).data.active).toBe(false);
        }
      },
    );

    it("privateKeyJwt identifies a key by its kid if the client has several", async () => {
      const keys = await Promise.all(
        [1, 2].map(async () => exportPKCS8((await generateKeyPair("RS256", { extractable: true })).privateKey)),
      );
      const { client_id: clientId } = await create({
        ...serviceClient,
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: "RS256",
        jwks: await publicJwks(...keys),
      });
      for (const key of keys) {
        expect(await clientCredentials({ ...server, clientId, auth: privateKeyJwt(key) })).toHaveProperty(
          "access_token",
        );
      }
    });

    it("tokenSource caches a token until it is invalidated", async () => {
      const { client_id: clientId, client_secret } = await create(serviceClient);
      const auth = clientSecretBasic(client_secret);
      const source = tokenSource(() => clientCredentials({ ...server, clientId, auth }));
      const [first, second] = await Promise.all([source(), source()]);
      expect(second).toBe(first);
      await source.invalidate(first);
      expect(await source()).not.toBe(first);
    });

    it("authorizationUrl starts a login from an issuer, and invalid codes, refresh tokens and assertions are rejected", async () => {
      const { issuer } = (await oidc.discoverOidcConfiguration()).data;
      const client = await create({
        grant_types: ["authorization_code", "refresh_token", JWT_BEARER],
        response_types: ["code"],
        redirect_uris: [REDIRECT_URI],
        scope: "openid",
      });
      const options = {
        clientId: client.client_id,
        fetch: target.fetch,
        auth: clientSecretBasic(client.client_secret),
        allowInsecureRequests: true,
      };
      const redirectUri = REDIRECT_URI;
      const { url } = await authorizationUrl({ ...options, issuer, redirectUri, scope: "openid" });
      const at = await new Browser(target).redirect(url);
      expect(at.searchParams.get("login_challenge")).toBeTruthy();
      const code = {
        ...options,
        basePath: target.publicUrl,
        redirectUri,
        code: "nonsense",
        codeVerifier: "v".repeat(43),
      };
      await expect(exchangeCode(code)).rejects.toMatchObject(errorResponse(400, "invalid_grant"));
      const grant = { ...options, basePath: target.publicUrl };
      await expect(refreshToken({ ...grant, refreshToken: "nonsense" })).rejects.toMatchObject(
        errorResponse(400, "invalid_grant"),
      );
      await expect(jwtBearer({ ...grant, assertion: "nonsense" })).rejects.toMatchObject({ name: "ResponseError" });
    });

    if (has("deviceFlow")) {
      it("deviceAuthorization starts a flow that pollDeviceToken waits for", async () => {
        const { client_id: clientId } = await create({
          grant_types: [DEVICE_CODE],
          response_types: ["code"],
          scope: "openid",
          token_endpoint_auth_method: "none",
        });
        const device = await deviceAuthorization({ ...server, clientId, scope: "openid" });
        expect(device).toMatchObject({ user_code: expect.any(String), expires_in: expect.any(Number) });
        const poll = pollDeviceToken({
          ...server,
          clientId,
          deviceCode: device.device_code,
          interval: 0.1,
          expiresIn: 0.5,
        });
        await expect(poll).rejects.toMatchObject({ name: "TimeoutError" });
      });
    } else {
      it("deviceAuthorization fails with 404 and pollDeviceToken with 400", async () => {
        const { client_id: clientId } = await create({
          grant_types: [DEVICE_CODE],
          token_endpoint_auth_method: "none",
        });
        await expect(deviceAuthorization({ ...server, clientId, scope: "openid" })).rejects.toMatchObject(
          errorResponse(404),
        );
        const poll = pollDeviceToken({ ...server, clientId, deviceCode: "nonsense", interval: 0.1, expiresIn: 0.5 });
        await expect(poll).rejects.toMatchObject(errorResponse(400, "invalid_request"));
      });
    }
  });

  describe("login and consent", () => {
    const app: OAuth2Client = {
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      redirect_uris: [REDIRECT_URI],
      post_logout_redirect_uris: ["http://127.0.0.1:3000/bye"],
      scope: "openid offline_access userinfo_credential_draft_00",
    };
    const { verifier, parameters: challenge } = pkce();
    const request = (client: OAuth2Client) => ({
      client_id: client.client_id!,
      response_type: "code",
      redirect_uri: REDIRECT_URI,
      scope: app.scope!,
      state: randomUUID(),
      ...challenge,
    });
    const parameter = (url: string | URL, name: string) => new URL(url).searchParams.get(name) ?? "";

    const begin = async (browser: Browser, client: OAuth2Client) => {
      const at = await browser.redirect(`${target.publicUrl}/oauth2/auth?${new URLSearchParams(request(client))}`);
      return parameter(at, "login_challenge");
    };
    const logIn = async (browser: Browser, loginChallenge: string, subject: string) => {
      const acceptOAuth2LoginRequest = { subject, remember: true, remember_for: 3600 };
      const { data } = await api.acceptOAuth2LoginRequest({ loginChallenge, acceptOAuth2LoginRequest });
      return parameter(await browser.redirect(data.redirect_to), "consent_challenge");
    };
    const consent = async (browser: Browser, consentChallenge: string) => {
      const { data: consentRequest } = await api.getOAuth2ConsentRequest({ consentChallenge });
      const { data } = await api.acceptOAuth2ConsentRequest({
        consentChallenge,
        acceptOAuth2ConsentRequest: {
          grant_scope: consentRequest.requested_scope!,
          remember: true,
          remember_for: 3600,
          session: { id_token: { email: "person@example.com" }, access_token: { role: "admin" } },
        },
      });
      return browser.redirect(data.redirect_to);
    };
    /** Completes login and consent, and returns a function that exchanges the code. */
    const authorize = async (subject: string = randomUUID()) => {
      const client = await create(app);
      const browser = new Browser(target);
      const at = await consent(browser, await logIn(browser, await begin(browser, client), subject));
      const exchange = (codeVerifier: string) =>
        as(client).oauth2TokenExchange({
          grantType: "authorization_code",
          code: parameter(at, "code"),
          redirectUri: REDIRECT_URI,
          codeVerifier,
        });
      return { client, browser, subject, exchange };
    };
    const isActive = async (token: string) => (await api.introspectOAuth2Token({ token })).data.active;

    it("oAuth2Authorize redirects to the login page, or back to the client with an error", async () => {
      const client = await create(app);
      const begun = await api.oAuth2Authorize({ params: request(client) });
      expect(parameter(begun.data.redirect_to, "login_challenge")).toBeTruthy();
      const { data } = await api.oAuth2Authorize({ params: { ...request(client), prompt: "none" } });
      expect(data.redirect_to).toContain(REDIRECT_URI);
      expect(parameter(data.redirect_to, "error")).toBe("login_required");
    });

    it("getOAuth2LoginRequest returns the request, and acceptOAuth2LoginRequest continues with the consent", async () => {
      const client = await create(app);
      const browser = new Browser(target);
      const loginChallenge = await begin(browser, client);
      const { data } = await api.getOAuth2LoginRequest({ loginChallenge });
      expect(data).toMatchObject({ skip: false, subject: "", client: { client_id: client.client_id } });
      expect(data.requested_scope).toEqual(app.scope!.split(" "));
      const consentChallenge = await logIn(browser, loginChallenge, "alice");
      const consentRequest = await api.getOAuth2ConsentRequest({ consentChallenge });
      expect(consentRequest.data).toMatchObject({
        skip: false,
        subject: "alice",
        client: { client_id: client.client_id },
      });
      await expect(api.getOAuth2LoginRequest({ loginChallenge: "nonsense" })).rejects.toMatchObject(errorResponse(404));
      await expect(api.getOAuth2ConsentRequest({ consentChallenge: "nonsense" })).rejects.toMatchObject(
        errorResponse(404),
      );
    });

    it("rejectOAuth2LoginRequest and rejectOAuth2ConsentRequest redirect to the client with the error", async () => {
      const client = await create(app);
      const rejectOAuth2Request = { error: "access_denied", error_description: "No." };
      const browser = new Browser(target);
      const login = await api.rejectOAuth2LoginRequest({
        loginChallenge: await begin(browser, client),
        rejectOAuth2Request,
      });
      expect(parameter(await browser.redirect(login.data.redirect_to), "error")).toBe("access_denied");
      const consentChallenge = await logIn(browser, await begin(browser, client), "alice");
      const { data } = await api.rejectOAuth2ConsentRequest({ consentChallenge, rejectOAuth2Request });
      expect(parameter(await browser.redirect(data.redirect_to), "error")).toBe("access_denied");
    });

    it("a code is exchanged once, and its reuse revokes the tokens", async () => {
      const { client, subject, exchange } = await authorize();
      const { data: tokens } = await exchange(verifier);
      const keys = createLocalJWKSet((await wellKnown.discoverJsonWebKeys()).data as { keys: JWK[] });
      const { issuer } = (await oidc.discoverOidcConfiguration()).data;
      const { payload } = await jwtVerify(tokens.id_token!, keys, { issuer, audience: client.client_id });
      expect(payload).toMatchObject({ sub: subject, email: "person@example.com" });
      expect(await isActive(tokens.access_token!)).toBe(true);
      await expect(exchange(verifier)).rejects.toMatchObject(errorResponse(400, "invalid_grant"));
      expect(await isActive(tokens.access_token!)).toBe(false);
    });

    it("a wrong code verifier invalidates the code", async () => {
      const { exchange } = await authorize();
      await expect(exchange(pkce().verifier)).rejects.toMatchObject(errorResponse(400, "invalid_grant"));
      await expect(exchange(verifier)).rejects.toMatchObject(errorResponse(400, "invalid_grant"));
    });

    it("a refresh token is rotated, and its reuse revokes the grant", async () => {
      const { client, exchange } = await authorize();
      const { data: first } = await exchange(verifier);
      const refresh = (refreshToken: string) =>
        as(client).oauth2TokenExchange({ grantType: "refresh_token", refreshToken });
      const { data: second } = await refresh(first.refresh_token!);
      expect(second.refresh_token).not.toBe(first.refresh_token);
      await expect(refresh(first.refresh_token!)).rejects.toMatchObject(errorResponse(400, "invalid_grant"));
      await expect(refresh(second.refresh_token!)).rejects.toMatchObject(errorResponse(400, "invalid_grant"));
    });

    it("getOidcUserInfo returns the claims of the user, as JSON or as a signed JWT", async () => {
      const { client, subject, exchange } = await authorize();
      const accessToken = (await exchange(verifier)).data.access_token!;
      const userApi = new OidcApi(configure({ accessToken }));
      expect((await userApi.getOidcUserInfo()).data).toMatchObject({ sub: subject, email: "person@example.com" });
      await api.patchOAuth2Client({
        id: client.client_id,
        jsonPatch: [{ op: "replace", path: "/userinfo_signed_response_alg", value: "RS256" }],
      });
      expect(decodeJwt((await userApi.getOidcUserInfo<string>()).data)).toMatchObject({ sub: subject });
      await expect(oidc.getOidcUserInfo()).rejects.toMatchObject(errorResponse(401));
    });

    it("createVerifiableCredential accepts a proof with the nonce of the token response", async () => {
      const { data: tokens } = await (await authorize()).exchange(verifier);
      const userApi = new OidcApi(configure({ accessToken: tokens.access_token! }));
      const { publicKey, privateKey } = await generateKeyPair("ES256");
      const jwt = await new SignJWT({ nonce: (tokens as Record<string, unknown>)["c_nonce_draft_00"] })
        .setProtectedHeader({ alg: "ES256", jwk: await exportJWK(publicKey) })
        .sign(privateKey);
      const credential = { format: "jwt_vc_json", types: ["VerifiableCredential", "UserInfoCredential"] };
      const { data } = await userApi.createVerifiableCredential({
        createVerifiableCredentialRequestBody: { ...credential, proof: { proof_type: "jwt", jwt } },
      });
      expect(data.format).toBe("jwt_vc_json");
      await expect(
        userApi.createVerifiableCredential({ createVerifiableCredentialRequestBody: credential }),
      ).rejects.toMatchObject(errorResponse(400, "missing_proof"));
      await expect(
        oidc.createVerifiableCredential({ createVerifiableCredentialRequestBody: credential }),
      ).rejects.toMatchObject(errorResponse(401));
    });

    it("a user is remembered until revokeOAuth2LoginSessions", async () => {
      const { client, browser, subject } = await authorize();
      const remembered = await begin(browser, client);
      expect((await api.getOAuth2LoginRequest({ loginChallenge: remembered })).data).toMatchObject({
        skip: true,
        subject,
      });
      const consentChallenge = await logIn(browser, remembered, subject);
      expect((await api.getOAuth2ConsentRequest({ consentChallenge })).data.skip).toBe(true);
      expect((await api.revokeOAuth2LoginSessions({ subject })).status).toBe(204);
      const loginChallenge = await begin(browser, client);
      expect((await api.getOAuth2LoginRequest({ loginChallenge })).data.skip).toBe(false);
    });

    it("listOAuth2ConsentSessions lists the grants until revokeOAuth2ConsentSessions revokes them and their tokens", async () => {
      const { client, subject, exchange } = await authorize();
      const { data: tokens } = await exchange(verifier);
      const { data } = await api.listOAuth2ConsentSessions({ subject });
      expect(data).toHaveLength(1);
      expect(data[0]).toMatchObject({
        grant_scope: app.scope!.split(" "),
        consent_request: { subject, client: { client_id: client.client_id } },
      });
      await expect(api.revokeOAuth2ConsentSessions({ subject })).rejects.toMatchObject(errorResponse(400));
      expect((await api.revokeOAuth2ConsentSessions({ subject, all: true })).status).toBe(204);
      expect((await api.listOAuth2ConsentSessions({ subject })).data).toEqual([]);
      expect(await isActive(tokens.access_token!)).toBe(false);
    });

    if (has("consentRequestId")) {
      it("revokeOAuth2ConsentSessions revokes a single consent by its ID", async () => {
        const { subject, exchange } = await authorize();
        const { data: tokens } = await exchange(verifier);
        const { consent_request } = (await api.listOAuth2ConsentSessions({ subject })).data[0]!;
        const { consent_request_id: consentRequestId } = consent_request as { consent_request_id: string };
        expect((await api.revokeOAuth2ConsentSessions({ consentRequestId })).status).toBe(204);
        expect((await api.listOAuth2ConsentSessions({ subject })).data).toEqual([]);
        expect(await isActive(tokens.access_token!)).toBe(false);
      });
    } else {
      it("revokeOAuth2ConsentSessions does not support the ID of a consent", async () => {
        const { subject } = await authorize();
        const { consent_request } = (await api.listOAuth2ConsentSessions({ subject })).data[0]!;
        expect(consent_request).not.toHaveProperty("consent_request_id");
        const consentRequestId = consent_request!.challenge;
        await expect(api.revokeOAuth2ConsentSessions({ consentRequestId })).rejects.toMatchObject(errorResponse(400));
      });
    }

    it(`revokeOAuth2ConsentSessions ${has("exclusiveRevocation") ? "rejects" : "ignores"} all together with a client`, async () => {
      const { client, subject } = await authorize();
      const { client: other } = await authorize(subject);
      const revocation = api.revokeOAuth2ConsentSessions({ subject, client: client.client_id, all: true });
      if (has("exclusiveRevocation")) await expect(revocation).rejects.toMatchObject(errorResponse(400));
      else expect((await revocation).status).toBe(204);
      const { data } = await api.listOAuth2ConsentSessions({ subject });
      const remaining = data.map(({ consent_request }) => consent_request!.client!.client_id);
      const expected = has("exclusiveRevocation") ? [client, other] : [other];
      expect(remaining.sort()).toEqual(expected.map(({ client_id }) => client_id).sort());
    });

    it(`acceptOAuth2ConsentRequest ${has("ignoresUnknownConsent") ? "ignores" : "rejects"} unknown fields`, async () => {
      const client = await create(app);
      const browser = new Browser(target);
      const consentChallenge = await logIn(browser, await begin(browser, client), "alice");
      const acceptOAuth2ConsentRequest = { grant_scope: ["openid"], grantScope: ["offline_access"] };
      const acceptance = api.acceptOAuth2ConsentRequest({ consentChallenge, acceptOAuth2ConsentRequest });
      if (has("ignoresUnknownConsent")) expect((await acceptance).data.redirect_to).toContain("consent_verifier");
      else await expect(acceptance).rejects.toMatchObject(errorResponse(400));
    });

    it(`prompt=select_account ${has("selectAccountPrompt") ? "requires a remembered user to log in again" : "skips the login of a remembered user"}`, async () => {
      const { client, browser } = await authorize();
      const query = new URLSearchParams({ ...request(client), prompt: "select_account" });
      const at = await browser.redirect(`${target.publicUrl}/oauth2/auth?${query}`);
      const { data } = await api.getOAuth2LoginRequest({ loginChallenge: parameter(at, "login_challenge") });
      expect(data.skip).toBe(!has("selectAccountPrompt"));
    });

    it("revokeOidcSession redirects to the logout page, acceptOAuth2LogoutRequest ends the session", async () => {
      const { client, browser, subject, exchange } = await authorize();
      const params = {
        id_token_hint: (await exchange(verifier)).data.id_token!,
        post_logout_redirect_uri: "http://127.0.0.1:3000/bye",
        state: "bye",
      };
      const started = await oidc.revokeOidcSession({ params });
      expect(parameter(started.data.redirect_to, "logout_challenge")).toBeTruthy();
      const at = await browser.redirect(`${target.publicUrl}/oauth2/sessions/logout?${new URLSearchParams(params)}`);
      const logoutChallenge = parameter(at, "logout_challenge");
      const { data } = await api.getOAuth2LogoutRequest({ logoutChallenge });
      expect(data).toMatchObject({ subject, rp_initiated: true, client: { client_id: client.client_id } });
      const { requested_at, expires_at } = data;
      expect([requested_at, expires_at]).toEqual(
        has("logoutTimes") ? [expect.any(String), expect.any(String)] : [null, null],
      );
      const accepted = await api.acceptOAuth2LogoutRequest({ logoutChallenge });
      expect((await browser.redirect(accepted.data.redirect_to)).href).toBe("http://127.0.0.1:3000/bye?state=bye");
      const loginChallenge = await begin(browser, client);
      expect((await api.getOAuth2LoginRequest({ loginChallenge })).data.skip).toBe(false);
    });

    it("rejectOAuth2LogoutRequest keeps the session", async () => {
      const { client, browser, exchange } = await authorize();
      const id_token_hint = (await exchange(verifier)).data.id_token!;
      const at = await browser.redirect(
        `${target.publicUrl}/oauth2/sessions/logout?${new URLSearchParams({ id_token_hint })}`,
      );
      const logoutChallenge = parameter(at, "logout_challenge");
      expect((await api.rejectOAuth2LogoutRequest({ logoutChallenge })).status).toBe(204);
      const loginChallenge = await begin(browser, client);
      expect((await api.getOAuth2LoginRequest({ loginChallenge })).data.skip).toBe(true);
    });

    if (has("deviceFlow")) {
      it("a device receives its tokens after the user has entered its code", async () => {
        const device = await create({
          grant_types: [DEVICE_CODE, "refresh_token"],
          response_types: ["code"],
          scope: "openid offline_access",
          token_endpoint_auth_method: "none",
        });
        const data = { client_id: device.client_id, scope: "openid offline_access" };
        const { data: started } = await api.oAuth2DeviceFlow({ data });
        const poll = () =>
          api.oauth2TokenExchange({
            grantType: DEVICE_CODE,
            deviceCode: started.device_code!,
            clientId: device.client_id,
          });
        await expect(poll()).rejects.toMatchObject(errorResponse(400, "authorization_pending"));

        const opened = await api.performOAuth2DeviceVerificationFlow({ params: { user_code: started.user_code! } });
        expect(parameter(opened.data.redirect_to, "device_challenge")).toBeTruthy();
        const browser = new Browser(target);
        const at = await browser.redirect(started.verification_uri_complete!);
        const deviceChallenge = parameter(at, "device_challenge");
        const enter = (user_code: string) =>
          api.acceptUserCodeRequest({ deviceChallenge, acceptDeviceUserCodeRequest: { user_code } });
        await expect(enter("WRONGCOD")).rejects.toMatchObject(errorResponse(400, "invalid_request"));
        const login = await browser.redirect((await enter(started.user_code!)).data.redirect_to);
        const loginChallenge = parameter(login, "login_challenge");
        expect((await api.getOAuth2LoginRequest({ loginChallenge })).data.client.client_id).toBe(device.client_id);
        await consent(browser, await logIn(browser, loginChallenge, "carol"));
        await target.wait(5500);
        expect((await poll()).data).toMatchObject({
          access_token: expect.any(String),
          refresh_token: expect.any(String),
          id_token: expect.any(String),
        });
        await expect(poll()).rejects.toMatchObject(errorResponse(400, "invalid_grant"));
      }, 20_000);
    } else {
      it("the device endpoints return 404, and a client has no lifespans for the device flow", async () => {
        const client = await create({ grant_types: [DEVICE_CODE], device_authorization_grant_id_token_lifespan: "1h" });
        expect(client).not.toHaveProperty("device_authorization_grant_id_token_lifespan");
        const data = { client_id: client.client_id, scope: "openid" };
        await expect(api.oAuth2DeviceFlow({ data })).rejects.toMatchObject(errorResponse(404));
        const params = { user_code: "ABCDEFGH" };
        await expect(api.performOAuth2DeviceVerificationFlow({ params })).rejects.toMatchObject(errorResponse(404));
        const code = { deviceChallenge: "nonsense", acceptDeviceUserCodeRequest: { user_code: "ABCDEFGH" } };
        await expect(api.acceptUserCodeRequest(code)).rejects.toMatchObject(errorResponse(404));
        expect((await oidc.discoverOidcConfiguration()).data).not.toHaveProperty("device_authorization_endpoint");
      });
    }
  });

  describe("the server", () => {
    it("publishes its metadata and its public keys", async () => {
      const { data } = await oidc.discoverOidcConfiguration();
      expect(data).toMatchObject({
        token_endpoint: expect.stringMatching(/\/oauth2\/token$/),
        subject_types_supported: expect.arrayContaining(["public"]),
      });
      const { keys } = (await wellKnown.discoverJsonWebKeys()).data;
      expect(keys!.length).toBeGreaterThan(0);
      expect(keys!.some((key) => "d" in key)).toBe(false);
    });

    it(`${has("authorizationServerMetadata") ? "serves" : "does not serve"} its metadata at the path of RFC 8414`, async () => {
      const response = await target.fetch(`${target.publicUrl}/.well-known/oauth-authorization-server`);
      if (has("authorizationServerMetadata")) {
        expect(await response.json()).toEqual((await oidc.discoverOidcConfiguration()).data);
      } else {
        expect(response.status).toBe(404);
      }
    });

    it("is alive and ready, and reports its version", async () => {
      expect((await metadata.isAlive()).data).toEqual({ status: "ok" });
      expect((await metadata.isReady()).data).toEqual({ status: "ok" });
      expect((await metadata.getVersion()).data.version).toEqual(expect.any(String));
    });
  });

  it("every operation that the server supports has succeeded", () => {
    const names = Object.keys(FEATURES) as Feature[];
    const missing = names.filter((name) => !has(name)).flatMap((name) => FEATURES[name].operations ?? []);
    const supported = operations.map(({ id }) => id).filter((id) => !missing.includes(id));
    expect([...target.succeeded].sort()).toEqual(supported.sort());
  });

  it("every response matched openapi.yaml, except for the known differences of older versions", () => {
    const differences: [Feature, RegExp][] = [
      ["deviceFlow", /^discoverOidcConfiguration 200: .*'device_authorization_endpoint'/],
      ["deviceFlow", /^(oAuth2DeviceFlow|performOAuth2DeviceVerificationFlow|acceptUserCodeRequest) 404: /],
      ["secretRotation", /^(rotateOAuth2ClientSecret|deleteRotatedOAuth2ClientSecrets) 404: /],
      ["slashesInIds", /^((get|patch|delete)OAuth2Client|getJsonWebKey) 404: |^createJsonWebKeySet 405: /],
      ["logoutTimes", /^getOAuth2LogoutRequest 200: \/(expires_at|requested_at) /],
    ];
    const applicable = differences.filter(([feature]) => !has(feature));
    const unexpected = target.problems.filter((problem) => !applicable.some(([, pattern]) => pattern.test(problem)));
    expect(unexpected).toEqual([]);
  });

  it("every difference between the versions has been tested", () => {
    expect([...tested].sort()).toEqual(Object.keys(FEATURES).sort());
  });
});
