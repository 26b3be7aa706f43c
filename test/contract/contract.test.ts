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
  /** Whether the server has a feature. Both cases are tested: a version without it does what `FEATURES` says instead. */
  const has = (feature: Feature) => {
    tested.add(feature);
    return hasFeature(target.version, feature);
  };

  const refused = (status: number, error?: string) => ({
    name: "ResponseError",
    status,
    ...(error !== undefined && { error }),
  });
  const create = async (client: OAuth2Client = {}) =>
    (await api.createOAuth2Client({ oAuth2Client: { owner, ...client } })).data as OAuth2Client & {
      client_id: string;
      client_secret: string;
    };
  /** The API as a client that authenticates by HTTP Basic. */
  const as = ({ client_id, client_secret }: OAuth2Client) =>
    new OAuth2Api(configure({ username: client_id!, password: client_secret! }));

  afterAll(async () => {
    for await (const { client_id } of paginate(api.listOAuth2Clients.bind(api), { owner })) {
      await api.deleteOAuth2Client({ id: client_id! });
    }
  });

  describe("clients", () => {
    it("createOAuth2Client shows the secret and the registration token, getOAuth2Client never again", async () => {
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

    it("createOAuth2Client takes an id and a secret, once", async () => {
      const client_id = `chosen ? ${randomUUID()}`;
      expect(await create({ client_id, client_secret: "a-secret-of-mine" })).toMatchObject({
        client_id,
        client_secret: "a-secret-of-mine",
      });
      await expect(create({ client_id })).rejects.toMatchObject(refused(409));
      expect((await api.getOAuth2Client({ id: client_id })).data.client_id).toBe(client_id);
    });

    if (has("slashesInIds")) {
      it("a slash in an id is part of it", async () => {
        const client_id = `chosen / ${randomUUID()}`;
        await create({ client_id });
        await expect(create({ client_id })).rejects.toMatchObject(refused(409));
        expect((await api.getOAuth2Client({ id: client_id })).data.client_id).toBe(client_id);
        const jsonPatch = [{ op: "replace" as const, path: "/client_name", value: "Patched" }];
        expect((await api.patchOAuth2Client({ id: client_id, jsonPatch })).data.client_name).toBe("Patched");
        expect((await api.deleteOAuth2Client({ id: client_id })).status).toBe(204);
      });
    } else {
      it("a client whose id has a slash is created, and not found afterwards", async () => {
        const id = `chosen / ${randomUUID()}`;
        // Without the owner by which the tests clean up, since nothing can delete it.
        expect((await create({ client_id: id, owner: "" })).client_id).toBe(id);
        await expect(create({ client_id: id, owner: "" })).rejects.toMatchObject(refused(409));
        await expect(api.getOAuth2Client({ id })).rejects.toMatchObject(refused(404));
        const jsonPatch = [{ op: "replace" as const, path: "/client_name", value: "Patched" }];
        await expect(api.patchOAuth2Client({ id, jsonPatch })).rejects.toMatchObject(refused(404));
        await expect(api.deleteOAuth2Client({ id })).rejects.toMatchObject(refused(404));
      });
    }

    it("createOAuth2Client refuses metadata that cannot be", async () => {
      await expect(create({ redirect_uris: ["https://a.example/#fragment"] })).rejects.toMatchObject(
        refused(400, "invalid_redirect_uri"),
      );
      await expect(create({ subject_type: "nonsense" })).rejects.toMatchObject(refused(400, "invalid_client_metadata"));
    });

    for (const [member, feature] of [
      ["tos_uri", "tosUriCheck"],
      ["client_uri", "clientUriChecks"],
      ["logo_uri", "clientUriChecks"],
      ["policy_uri", "clientUriChecks"],
    ] as const) {
      if (has(feature)) {
        it(`createOAuth2Client refuses a ${member} that is not a URL`, async () => {
          await expect(create({ [member]: "/relative" })).rejects.toMatchObject(
            refused(400, "invalid_client_metadata"),
          );
        });
      } else {
        it(`createOAuth2Client stores a ${member} that is not a URL`, async () => {
          expect(await create({ [member]: "/relative" })).toMatchObject({ [member]: "/relative" });
        });
      }
    }

    it("listOAuth2Clients lists every client once, page by page, filtered", async () => {
      const client_name = randomUUID();
      const made = await Promise.all([1, 2, 3, 4, 5].map(() => create({ client_name })));
      const listed: string[] = [];
      const pages = paginate(api.listOAuth2Clients.bind(api), { clientName: client_name, owner, pageSize: 2 });
      for await (const client of pages) listed.push(client.client_id!);
      expect(listed.sort()).toEqual(made.map((client) => client.client_id).sort());
      expect((await api.listOAuth2Clients({ owner: randomUUID() })).data).toEqual([]);
    });

    if (has("keysetPages")) {
      it("listOAuth2Clients links to no page after the last one", async () => {
        await create();
        const { headers } = await api.listOAuth2Clients({ owner: randomUUID() });
        expect(headers.link).not.toContain('rel="next"');
      });
    } else {
      it("listOAuth2Clients links to a next page where other clients would be", async () => {
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
        it(`${name} refuses a page token that it cannot read`, async () => {
          await expect(list("nonsense")).rejects.toMatchObject(refused(400));
        });
      } else if (has("keysetPages")) {
        it(`${name} drops the connection when it cannot read a page token`, async () => {
          await expect(list("nonsense")).rejects.toMatchObject({ name: "NetworkError" });
        });
      } else {
        it(`${name} takes a page token that it cannot read for the first page`, async () => {
          expect((await list("nonsense")).data).toEqual((await list("")).data);
        });
      }
    }

    it("setOAuth2Client replaces everything but the secret", async () => {
      const client = await create({ client_name: "One", metadata: { a: 1 }, grant_types: ["client_credentials"] });
      const oAuth2Client = { owner, client_name: "Two", grant_types: ["client_credentials"] };
      const { data } = await api.setOAuth2Client({ id: client.client_id, oAuth2Client });
      expect(data).toMatchObject({ client_name: "Two", metadata: {} });
      expect(data).not.toHaveProperty("client_secret");
      expect((await as(client).oauth2TokenExchange({ grantType: "client_credentials" })).status).toBe(200);
      await expect(api.setOAuth2Client({ id: randomUUID(), oAuth2Client })).rejects.toMatchObject(refused(404));
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
      await expect(api.patchOAuth2Client({ id, jsonPatch: missing })).rejects.toMatchObject(refused(500));
    });

    const members = { client_name: "One", policy_uri: "https://a.example/policy", metadata: { a: 1 }, audience: ["b"] };
    const removal = Object.keys(members).map((name) => ({ op: "remove" as const, path: `/${name}` }));
    if (has("patchRemovesMembers")) {
      it("patchOAuth2Client resets a member that is removed", async () => {
        const { client_id: id } = await create(members);
        const { data } = await api.patchOAuth2Client({ id, jsonPatch: removal });
        expect(data).toMatchObject({ client_name: "", policy_uri: "", metadata: {}, audience: [] });
      });
    } else {
      it("patchOAuth2Client keeps a member that is removed, and empties one that is replaced", async () => {
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
      it("a client with a jwks_uri is updated as any other", async () => {
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
      it("a client with a jwks_uri is updated by a PUT without jwks alone", async () => {
        const { client_id: id } = await create(withJwksUri);
        const invalid = refused(400, "invalid_client_metadata");
        await expect(api.patchOAuth2Client({ id, jsonPatch: rename })).rejects.toMatchObject(invalid);
        await expect(api.setOAuth2ClientLifespans({ id })).rejects.toMatchObject(invalid);
        const { data } = await api.getOAuth2Client({ id });
        await expect(api.setOAuth2Client({ id, oAuth2Client: data })).rejects.toMatchObject(invalid);
        const { jwks, ...rest } = data;
        expect(jwks).toEqual({});
        const { data: set } = await api.setOAuth2Client({ id, oAuth2Client: { ...rest, client_name: "Three" } });
        expect(set).toMatchObject({ ...withJwksUri, client_name: "Three" });
      });
    }

    it("setOAuth2ClientLifespans sets all lifespans, or resets them", async () => {
      const { client_id: id } = await create();
      const oAuth2ClientTokenLifespans = { client_credentials_grant_access_token_lifespan: "1h30m" };
      const set = await api.setOAuth2ClientLifespans({ id, oAuth2ClientTokenLifespans });
      expect(set.data.client_credentials_grant_access_token_lifespan).toBe("1h30m0s");
      const reset = await api.setOAuth2ClientLifespans({ id });
      expect(reset.data.client_credentials_grant_access_token_lifespan).toBeNull();
    });

    if (has("secretRotation")) {
      it("rotateOAuth2ClientSecret leaves the old secret alive, deleteRotatedOAuth2ClientSecrets ends it", async () => {
        const client = await create({ grant_types: ["client_credentials"] });
        const { data: rotated } = await api.rotateOAuth2ClientSecret({ id: client.client_id });
        expect(rotated.client_secret).not.toBe(client.client_secret);
        const grant = { grantType: "client_credentials" };
        expect((await as(client).oauth2TokenExchange(grant)).status).toBe(200);
        expect((await as(rotated).oauth2TokenExchange(grant)).status).toBe(200);
        await api.deleteRotatedOAuth2ClientSecrets({ id: client.client_id });
        await expect(as(client).oauth2TokenExchange(grant)).rejects.toMatchObject(refused(401, "invalid_client"));
        expect((await as(rotated).oauth2TokenExchange(grant)).status).toBe(200);
      });
    } else {
      it("rotateOAuth2ClientSecret and deleteRotatedOAuth2ClientSecrets are not there, and leave the secret", async () => {
        const client = await create({ grant_types: ["client_credentials"] });
        const { client_id: id } = client;
        await expect(api.rotateOAuth2ClientSecret({ id })).rejects.toMatchObject(refused(404));
        await expect(api.deleteRotatedOAuth2ClientSecrets({ id })).rejects.toMatchObject(refused(404));
        expect((await as(client).oauth2TokenExchange({ grantType: "client_credentials" })).status).toBe(200);
      });
    }

    it("deleteOAuth2Client deletes, and says so where there is nothing", async () => {
      const { client_id: id } = await create();
      expect((await api.deleteOAuth2Client({ id })).status).toBe(204);
      await expect(api.deleteOAuth2Client({ id })).rejects.toMatchObject(refused(404));
      await expect(api.getOAuth2Client({ id })).rejects.toMatchObject(refused(404));
    });
  });

  describe("dynamic registration", () => {
    const register = async (client: OAuth2Client = {}) =>
      (await oidc.createOidcDynamicClient({ oAuth2Client: client })).data as OAuth2Client & {
        client_id: string;
        registration_access_token: string;
      };

    it("createOidcDynamicClient chooses id and secret, and refuses what is the administrator's", async () => {
      const made = await register({ client_id: "mine", client_name: "Self" });
      expect(made.client_id).not.toBe("mine");
      expect(made.client_secret).toBeTruthy();
      await expect(register({ client_secret: "a-secret-of-mine" })).rejects.toMatchObject(refused(400));
      await expect(register({ metadata: { a: 1 } })).rejects.toMatchObject(refused(400, "invalid_client_metadata"));
      await api.deleteOAuth2Client({ id: made.client_id });
    });

    it("getOidcDynamicClient reads the client's own registration, and no other", async () => {
      const [one, other] = [await register({ client_name: "One" }), await register()];
      const { registration_access_token: registrationAccessToken } = one;
      const { data } = await oidc.getOidcDynamicClient({ id: one.client_id, registrationAccessToken });
      expect(data.client_name).toBe("One");
      await expect(oidc.getOidcDynamicClient({ id: other.client_id, registrationAccessToken })).rejects.toMatchObject(
        refused(401),
      );
      await Promise.all([one, other].map(({ client_id: id }) => api.deleteOAuth2Client({ id })));
    });

    it("setOidcDynamicClient replaces the registration and its token, with the server's own answer, too", async () => {
      const made = await register({ client_name: "One" });
      const { client_id: id, registration_access_token: registrationAccessToken } = made;
      const { data } = await oidc.setOidcDynamicClient({ id, oAuth2Client: { ...made, client_name: "Two" } });
      expect(data.client_name).toBe("Two");
      expect(data.registration_access_token).not.toBe(registrationAccessToken);
      await expect(oidc.getOidcDynamicClient({ id, registrationAccessToken })).rejects.toMatchObject(refused(401));
      await oidc.deleteOidcDynamicClient({ id, registrationAccessToken: data.registration_access_token! });
    });

    it("deleteOidcDynamicClient ends the registration", async () => {
      const { client_id: id, registration_access_token: registrationAccessToken } = await register();
      expect((await oidc.deleteOidcDynamicClient({ id, registrationAccessToken })).status).toBe(204);
      await expect(oidc.deleteOidcDynamicClient({ id, registrationAccessToken })).rejects.toMatchObject(refused(401));
    });

    it("an administrator's PUT ends the registration token", async () => {
      const { client_id: id, registration_access_token: registrationAccessToken } = await register();
      await api.setOAuth2Client({ id, oAuth2Client: { owner } });
      await expect(oidc.getOidcDynamicClient({ id, registrationAccessToken })).rejects.toMatchObject(refused(401));
    });

    const rename = [{ op: "replace" as const, path: "/client_name", value: "x" }];
    if (has("patchEndsRegistrationToken")) {
      it("an administrator's PATCH ends the registration token", async () => {
        const { client_id: id, registration_access_token: registrationAccessToken } = await register();
        await api.patchOAuth2Client({ id, jsonPatch: rename });
        await expect(oidc.getOidcDynamicClient({ id, registrationAccessToken })).rejects.toMatchObject(refused(401));
        await api.deleteOAuth2Client({ id });
      });
    } else {
      it("an administrator's PATCH leaves the registration token valid", async () => {
        const { client_id: id, registration_access_token: registrationAccessToken } = await register();
        await api.patchOAuth2Client({ id, jsonPatch: rename });
        const { data } = await oidc.getOidcDynamicClient({ id, registrationAccessToken });
        expect(data.client_name).toBe("x");
        await oidc.deleteOidcDynamicClient({ id, registrationAccessToken });
      });
    }
  });

  describe("key sets", () => {
    it("are made, read, replaced and deleted, whole or by the key", async () => {
      const set = `contract-${randomUUID()}`;
      const make = (kid: string, alg: string) =>
        jwk.createJsonWebKeySet({ set, createJsonWebKeySet: { kid, alg, use: "sig" } });
      const { status, data } = await make("first", "ES256");
      expect([status, data.keys!.length]).toEqual([201, 1]);
      await importJWK(data.keys![0] as JWK, "ES256");
      await make("second", "EdDSA");
      const { data: both } = await jwk.getJsonWebKeySet({ set });
      expect(both.keys!.map(({ kid }) => kid).sort()).toEqual(["first", "second"]);
      expect((await jwk.getJsonWebKey({ set, kid: "first" })).data).toEqual(data);
      expect((await jwk.setJsonWebKey({ set, kid: "first", jsonWebKey: data.keys![0]! })).data).toEqual(data.keys![0]);
      expect((await jwk.setJsonWebKeySet({ set, jsonWebKeySet: data })).data).toEqual(data);
      await expect(jwk.getJsonWebKey({ set, kid: "second" })).rejects.toMatchObject(refused(404));
      expect((await jwk.deleteJsonWebKey({ set, kid: "first" })).status).toBe(204);
      expect((await jwk.deleteJsonWebKeySet({ set })).status).toBe(204);
      await expect(jwk.getJsonWebKeySet({ set })).rejects.toMatchObject(refused(404));
    });

    const createJsonWebKeySet = { kid: "first / second", alg: "ES256", use: "sig" };
    if (has("slashesInIds")) {
      it("may have slashes in their names, and their keys, too", async () => {
        const set = `contract / ${randomUUID()}`;
        const { data } = await jwk.createJsonWebKeySet({ set, createJsonWebKeySet });
        expect((await jwk.getJsonWebKeySet({ set })).data).toEqual(data);
        expect((await jwk.getJsonWebKey({ set, kid: "first / second" })).data).toEqual(data);
        expect((await jwk.deleteJsonWebKeySet({ set })).status).toBe(204);
      });
    } else {
      it("are not created where their name has a slash, and a key is not found where its id has one", async () => {
        const create = (set: string) => jwk.createJsonWebKeySet({ set, createJsonWebKeySet });
        await expect(create(`contract / ${randomUUID()}`)).rejects.toMatchObject(refused(405));
        const set = `contract-${randomUUID()}`;
        await create(set);
        await expect(jwk.getJsonWebKey({ set, kid: "first / second" })).rejects.toMatchObject(refused(404));
        expect((await jwk.deleteJsonWebKeySet({ set })).status).toBe(204);
      });
    }

    it("createJsonWebKeySet refuses an algorithm it does not know", async () => {
      const createJsonWebKeySet = { kid: "x", alg: "HS256", use: "sig" };
      await expect(
        jwk.createJsonWebKeySet({ set: `contract-${randomUUID()}`, createJsonWebKeySet }),
      ).rejects.toMatchObject(refused(400));
    });
  });

  describe("trusted issuers", () => {
    it("have their assertions exchanged until they are forgotten", async () => {
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
      await expect(exchange()).rejects.toMatchObject(refused(400, "invalid_grant"));
      await expect(api.getTrustedOAuth2JwtGrantIssuer({ id })).rejects.toMatchObject(refused(404));
    });

    it("are refused where something is missing", async () => {
      await expect(api.trustOAuth2JwtGrantIssuer({ trustOAuth2JwtGrantIssuer: {} as never })).rejects.toMatchObject(
        refused(400, "missing_required_parameter"),
      );
    });

    it("are not found by an id that is not a UUID", async () => {
      await expect(api.getTrustedOAuth2JwtGrantIssuer({ id: "nonsense" })).rejects.toMatchObject(
        refused(has("issuerIdCheck") ? 400 : 404),
      );
    });
  });

  describe("tokens of a client", () => {
    const grant = { grantType: "client_credentials", scope: "read" };
    const client = () => create({ grant_types: ["client_credentials"], scope: "read write" });

    it("oauth2TokenExchange authenticates the client as it registered, and grants no more than it may have", async () => {
      const odd = await create({
        grant_types: ["client_credentials"],
        scope: "read",
        client_secret: "s3cr:et/ä+ &=%",
      });
      const { data } = await as(odd).oauth2TokenExchange(grant);
      expect(data).toMatchObject({ scope: "read", token_type: "bearer" });
      expect(data.expires_in).toBeGreaterThan(0);
      const wrong = { client_id: odd.client_id, client_secret: "wrong" };
      await expect(as(wrong).oauth2TokenExchange(grant)).rejects.toMatchObject(refused(401, "invalid_client"));
      const inForm = { ...grant, clientId: odd.client_id, clientSecret: odd.client_secret };
      await expect(api.oauth2TokenExchange(inForm)).rejects.toMatchObject(refused(401, "invalid_client"));
      await expect(as(odd).oauth2TokenExchange({ ...grant, scope: "write" })).rejects.toMatchObject(
        refused(400, "invalid_scope"),
      );
    });

    it("introspectOAuth2Token tells a living token from any other", async () => {
      const made = await client();
      const { access_token } = (await as(made).oauth2TokenExchange(grant)).data;
      const { data } = await api.introspectOAuth2Token({ token: access_token! });
      expect(data).toMatchObject({ active: true, client_id: made.client_id, scope: "read", token_type: "Bearer" });
      expect((await api.introspectOAuth2Token({ token: access_token!, scope: "write" })).data).toEqual({
        active: false,
      });
      expect((await api.introspectOAuth2Token({ token: "nonsense" })).data).toEqual({ active: false });
    });

    it("revokeOAuth2Token ends a token for its client alone", async () => {
      const [made, other] = [await client(), await client()];
      const token = (await as(made).oauth2TokenExchange(grant)).data.access_token!;
      expect((await as(other).revokeOAuth2Token({ token })).status).toBe(200);
      expect((await api.introspectOAuth2Token({ token })).data.active).toBe(true);
      expect((await as(made).revokeOAuth2Token({ token })).status).toBe(200);
      expect((await api.introspectOAuth2Token({ token })).data.active).toBe(false);
      expect((await as(made).revokeOAuth2Token({ token })).status).toBe(200);
    });

    it("deleteOAuth2Token ends all access tokens of a client", async () => {
      const made = await client();
      const token = (await as(made).oauth2TokenExchange(grant)).data.access_token!;
      expect((await api.deleteOAuth2Token({ clientId: made.client_id })).status).toBe(204);
      expect((await api.introspectOAuth2Token({ token })).data.active).toBe(false);
    });
  });

  describe("the token functions", () => {
    const server = { basePath: target.publicUrl, fetch: target.fetch };
    const machine = { grant_types: ["client_credentials"], scope: "read write" };
    const withKey = async (alg: SigningAlgorithm, key: SigningKey) =>
      create({
        ...machine,
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: alg,
        jwks: await publicJwks({ key, alg }),
      });

    it("clientCredentials authenticates by a secret, in the header and in the form", async () => {
      const client_secret = "s3cr:et/ä+ &=%€";
      for (const [token_endpoint_auth_method, authenticate] of [
        ["client_secret_basic", clientSecretBasic],
        ["client_secret_post", clientSecretPost],
      ] as const) {
        const { client_id: clientId } = await create({ ...machine, client_secret, token_endpoint_auth_method });
        const get = (secret: string, more: object = {}) =>
          clientCredentials({ ...server, clientId, auth: authenticate(secret), scope: ["read"], ...more });
        expect(await get(client_secret)).toMatchObject({ scope: "read", token_type: "bearer" });
        await expect(get("wrong")).rejects.toMatchObject(refused(401, "invalid_client"));
        await expect(get(client_secret, { scope: "admin" })).rejects.toMatchObject(refused(400, "invalid_scope"));
      }
    });

    it.each(["RS256", "PS256", "ES256"] as const)("privateKeyJwt signs by %s, from a key and from PEM", async (alg) => {
      const { privateKey } = await generateKeyPair(alg, { extractable: true });
      for (const key of [await generateKey(alg), await exportPKCS8(privateKey)]) {
        const { client_id: clientId } = await withKey(alg, key);
        const auth = privateKeyJwt(key, { alg });
        const { access_token: token } = await clientCredentials({ ...server, clientId, auth });
        expect((await api.introspectOAuth2Token({ token })).data.active).toBe(true);
        await api.revokeOAuth2Token({ token, clientId, auth });
        expect((await api.introspectOAuth2Token({ token })).data.active).toBe(false);
      }
    });

    it("privateKeyJwt picks the key of a client with several by its kid", async () => {
      const keys = await Promise.all(
        [1, 2].map(async () => exportPKCS8((await generateKeyPair("RS256", { extractable: true })).privateKey)),
      );
      const { client_id: clientId } = await create({
        ...machine,
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

    it("tokenSource keeps a token until it is invalidated", async () => {
      const { client_id: clientId, client_secret } = await create(machine);
      const auth = clientSecretBasic(client_secret);
      const source = tokenSource(() => clientCredentials({ ...server, clientId, auth }));
      const [first, second] = await Promise.all([source(), source()]);
      expect(second).toBe(first);
      await source.invalidate(first);
      expect(await source()).not.toBe(first);
    });

    it("an issuer is looked up, authorizationUrl begins a login, jwtBearer and refreshToken are refused", async () => {
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
      await expect(exchangeCode(code)).rejects.toMatchObject(refused(400, "invalid_grant"));
      const grant = { ...options, basePath: target.publicUrl };
      await expect(refreshToken({ ...grant, refreshToken: "nonsense" })).rejects.toMatchObject(
        refused(400, "invalid_grant"),
      );
      await expect(jwtBearer({ ...grant, assertion: "nonsense" })).rejects.toMatchObject({ name: "ResponseError" });
    });

    if (has("deviceFlow")) {
      it("deviceAuthorization begins what pollDeviceToken waits for", async () => {
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
      it("deviceAuthorization finds no such endpoint", async () => {
        const { client_id: clientId } = await create({
          grant_types: [DEVICE_CODE],
          token_endpoint_auth_method: "none",
        });
        await expect(deviceAuthorization({ ...server, clientId, scope: "openid" })).rejects.toMatchObject(refused(404));
        const poll = pollDeviceToken({ ...server, clientId, deviceCode: "nonsense", interval: 0.1, expiresIn: 0.5 });
        await expect(poll).rejects.toMatchObject(refused(400, "invalid_request"));
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
      const { data: asked } = await api.getOAuth2ConsentRequest({ consentChallenge });
      const { data } = await api.acceptOAuth2ConsentRequest({
        consentChallenge,
        acceptOAuth2ConsentRequest: {
          grant_scope: asked.requested_scope!,
          remember: true,
          remember_for: 3600,
          session: { id_token: { email: "person@example.com" }, access_token: { role: "admin" } },
        },
      });
      return browser.redirect(data.redirect_to);
    };
    /** A person who has been through login and consent, and the code the client got. */
    const signedIn = async (subject: string = randomUUID()) => {
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
    const active = async (token: string) => (await api.introspectOAuth2Token({ token })).data.active;

    it("oAuth2Authorize sends the person to the login page, or back with an error", async () => {
      const client = await create(app);
      const begun = await api.oAuth2Authorize({ params: request(client) });
      expect(parameter(begun.data.redirect_to, "login_challenge")).toBeTruthy();
      const { data } = await api.oAuth2Authorize({ params: { ...request(client), prompt: "none" } });
      expect(data.redirect_to).toContain(REDIRECT_URI);
      expect(parameter(data.redirect_to, "error")).toBe("login_required");
    });

    it("getOAuth2LoginRequest says who asks for what, acceptOAuth2LoginRequest leads on to the consent", async () => {
      const client = await create(app);
      const browser = new Browser(target);
      const loginChallenge = await begin(browser, client);
      const { data } = await api.getOAuth2LoginRequest({ loginChallenge });
      expect(data).toMatchObject({ skip: false, subject: "", client: { client_id: client.client_id } });
      expect(data.requested_scope).toEqual(app.scope!.split(" "));
      const consentChallenge = await logIn(browser, loginChallenge, "alice");
      const asked = await api.getOAuth2ConsentRequest({ consentChallenge });
      expect(asked.data).toMatchObject({ skip: false, subject: "alice", client: { client_id: client.client_id } });
      await expect(api.getOAuth2LoginRequest({ loginChallenge: "nonsense" })).rejects.toMatchObject(refused(404));
      await expect(api.getOAuth2ConsentRequest({ consentChallenge: "nonsense" })).rejects.toMatchObject(refused(404));
    });

    it("rejectOAuth2LoginRequest and rejectOAuth2ConsentRequest tell the client", async () => {
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

    it("a code becomes tokens once, and used twice takes them back", async () => {
      const { client, subject, exchange } = await signedIn();
      const { data: tokens } = await exchange(verifier);
      const keys = createLocalJWKSet((await wellKnown.discoverJsonWebKeys()).data as { keys: JWK[] });
      const { issuer } = (await oidc.discoverOidcConfiguration()).data;
      const { payload } = await jwtVerify(tokens.id_token!, keys, { issuer, audience: client.client_id });
      expect(payload).toMatchObject({ sub: subject, email: "person@example.com" });
      expect(await active(tokens.access_token!)).toBe(true);
      await expect(exchange(verifier)).rejects.toMatchObject(refused(400, "invalid_grant"));
      expect(await active(tokens.access_token!)).toBe(false);
    });

    it("a wrong code verifier burns the code", async () => {
      const { exchange } = await signedIn();
      await expect(exchange(pkce().verifier)).rejects.toMatchObject(refused(400, "invalid_grant"));
      await expect(exchange(verifier)).rejects.toMatchObject(refused(400, "invalid_grant"));
    });

    it("a refresh token is replaced, and used twice ends the grant", async () => {
      const { client, exchange } = await signedIn();
      const { data: first } = await exchange(verifier);
      const refresh = (refreshToken: string) =>
        as(client).oauth2TokenExchange({ grantType: "refresh_token", refreshToken });
      const { data: second } = await refresh(first.refresh_token!);
      expect(second.refresh_token).not.toBe(first.refresh_token);
      await expect(refresh(first.refresh_token!)).rejects.toMatchObject(refused(400, "invalid_grant"));
      await expect(refresh(second.refresh_token!)).rejects.toMatchObject(refused(400, "invalid_grant"));
    });

    it("getOidcUserInfo reads the claims of the person, as JSON or as a signed JWT", async () => {
      const { client, subject, exchange } = await signedIn();
      const accessToken = (await exchange(verifier)).data.access_token!;
      const person = new OidcApi(configure({ accessToken }));
      expect((await person.getOidcUserInfo()).data).toMatchObject({ sub: subject, email: "person@example.com" });
      await api.patchOAuth2Client({
        id: client.client_id,
        jsonPatch: [{ op: "replace", path: "/userinfo_signed_response_alg", value: "RS256" }],
      });
      expect(decodeJwt((await person.getOidcUserInfo<string>()).data)).toMatchObject({ sub: subject });
      await expect(oidc.getOidcUserInfo()).rejects.toMatchObject(refused(401));
    });

    it("createVerifiableCredential takes a proof with the nonce that came with the token", async () => {
      const { data: tokens } = await (await signedIn()).exchange(verifier);
      const person = new OidcApi(configure({ accessToken: tokens.access_token! }));
      const { publicKey, privateKey } = await generateKeyPair("ES256");
      const jwt = await new SignJWT({ nonce: (tokens as Record<string, unknown>)["c_nonce_draft_00"] })
        .setProtectedHeader({ alg: "ES256", jwk: await exportJWK(publicKey) })
        .sign(privateKey);
      const credential = { format: "jwt_vc_json", types: ["VerifiableCredential", "UserInfoCredential"] };
      const { data } = await person.createVerifiableCredential({
        createVerifiableCredentialRequestBody: { ...credential, proof: { proof_type: "jwt", jwt } },
      });
      expect(data.format).toBe("jwt_vc_json");
      await expect(
        person.createVerifiableCredential({ createVerifiableCredentialRequestBody: credential }),
      ).rejects.toMatchObject(refused(400, "missing_proof"));
      await expect(
        oidc.createVerifiableCredential({ createVerifiableCredentialRequestBody: credential }),
      ).rejects.toMatchObject(refused(401));
    });

    it("a person is remembered until revokeOAuth2LoginSessions", async () => {
      const { client, browser, subject } = await signedIn();
      const remembered = await begin(browser, client);
      expect((await api.getOAuth2LoginRequest({ loginChallenge: remembered })).data).toMatchObject({
        skip: true,
        subject,
      });
      const consentChallenge = await logIn(browser, remembered, subject);
      expect((await api.getOAuth2ConsentRequest({ consentChallenge })).data.skip).toBe(true);
      expect((await api.revokeOAuth2LoginSessions({ subject })).status).toBe(204);
      const forgotten = await begin(browser, client);
      expect((await api.getOAuth2LoginRequest({ loginChallenge: forgotten })).data.skip).toBe(false);
    });

    it("listOAuth2ConsentSessions shows what was granted until revokeOAuth2ConsentSessions, tokens included", async () => {
      const { client, subject, exchange } = await signedIn();
      const { data: tokens } = await exchange(verifier);
      const { data } = await api.listOAuth2ConsentSessions({ subject });
      expect(data).toHaveLength(1);
      expect(data[0]).toMatchObject({
        grant_scope: app.scope!.split(" "),
        consent_request: { subject, client: { client_id: client.client_id } },
      });
      await expect(api.revokeOAuth2ConsentSessions({ subject })).rejects.toMatchObject(refused(400));
      expect((await api.revokeOAuth2ConsentSessions({ subject, all: true })).status).toBe(204);
      expect((await api.listOAuth2ConsentSessions({ subject })).data).toEqual([]);
      expect(await active(tokens.access_token!)).toBe(false);
    });

    if (has("consentRequestId")) {
      it("revokeOAuth2ConsentSessions ends one consent by its id", async () => {
        const { subject, exchange } = await signedIn();
        const { data: tokens } = await exchange(verifier);
        const { consent_request } = (await api.listOAuth2ConsentSessions({ subject })).data[0]!;
        const { consent_request_id: consentRequestId } = consent_request as { consent_request_id: string };
        expect((await api.revokeOAuth2ConsentSessions({ consentRequestId })).status).toBe(204);
        expect((await api.listOAuth2ConsentSessions({ subject })).data).toEqual([]);
        expect(await active(tokens.access_token!)).toBe(false);
      });
    } else {
      it("revokeOAuth2ConsentSessions does not know one consent by its id", async () => {
        const { subject } = await signedIn();
        const { consent_request } = (await api.listOAuth2ConsentSessions({ subject })).data[0]!;
        expect(consent_request).not.toHaveProperty("consent_request_id");
        const consentRequestId = consent_request!.challenge;
        await expect(api.revokeOAuth2ConsentSessions({ consentRequestId })).rejects.toMatchObject(refused(400));
      });
    }

    it(`revokeOAuth2ConsentSessions ${has("exclusiveRevocation") ? "refuses" : "ignores"} all beside a client`, async () => {
      const { client, subject } = await signedIn();
      const { client: other } = await signedIn(subject);
      const revocation = api.revokeOAuth2ConsentSessions({ subject, client: client.client_id, all: true });
      if (has("exclusiveRevocation")) await expect(revocation).rejects.toMatchObject(refused(400));
      else expect((await revocation).status).toBe(204);
      const { data } = await api.listOAuth2ConsentSessions({ subject });
      const left = data.map(({ consent_request }) => consent_request!.client!.client_id);
      const expected = has("exclusiveRevocation") ? [client, other] : [other];
      expect(left.sort()).toEqual(expected.map(({ client_id }) => client_id).sort());
    });

    it(`acceptOAuth2ConsentRequest ${has("ignoresUnknownConsent") ? "ignores" : "refuses"} what it does not know`, async () => {
      const client = await create(app);
      const browser = new Browser(target);
      const consentChallenge = await logIn(browser, await begin(browser, client), "alice");
      const acceptOAuth2ConsentRequest = { grant_scope: ["openid"], grantScope: ["offline_access"] };
      const acceptance = api.acceptOAuth2ConsentRequest({ consentChallenge, acceptOAuth2ConsentRequest });
      if (has("ignoresUnknownConsent")) expect((await acceptance).data.redirect_to).toContain("consent_verifier");
      else await expect(acceptance).rejects.toMatchObject(refused(400));
    });

    it(`prompt=select_account ${has("selectAccountPrompt") ? "asks a remembered person again" : "skips the login of a remembered person"}`, async () => {
      const { client, browser } = await signedIn();
      const query = new URLSearchParams({ ...request(client), prompt: "select_account" });
      const at = await browser.redirect(`${target.publicUrl}/oauth2/auth?${query}`);
      const { data } = await api.getOAuth2LoginRequest({ loginChallenge: parameter(at, "login_challenge") });
      expect(data.skip).toBe(!has("selectAccountPrompt"));
    });

    it("revokeOidcSession asks the person, acceptOAuth2LogoutRequest ends the session", async () => {
      const { client, browser, subject, exchange } = await signedIn();
      const params = {
        id_token_hint: (await exchange(verifier)).data.id_token!,
        post_logout_redirect_uri: "http://127.0.0.1:3000/bye",
        state: "bye",
      };
      const asked = await oidc.revokeOidcSession({ params });
      expect(parameter(asked.data.redirect_to, "logout_challenge")).toBeTruthy();
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

    it("rejectOAuth2LogoutRequest leaves the session", async () => {
      const { client, browser, exchange } = await signedIn();
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
      it("a device gets its tokens once the person has entered its code", async () => {
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
        await expect(poll()).rejects.toMatchObject(refused(400, "authorization_pending"));

        const opened = await api.performOAuth2DeviceVerificationFlow({ params: { user_code: started.user_code! } });
        expect(parameter(opened.data.redirect_to, "device_challenge")).toBeTruthy();
        const browser = new Browser(target);
        const at = await browser.redirect(started.verification_uri_complete!);
        const deviceChallenge = parameter(at, "device_challenge");
        const enter = (user_code: string) =>
          api.acceptUserCodeRequest({ deviceChallenge, acceptDeviceUserCodeRequest: { user_code } });
        await expect(enter("WRONGCOD")).rejects.toMatchObject(refused(400, "invalid_request"));
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
        await expect(poll()).rejects.toMatchObject(refused(400, "invalid_grant"));
      }, 20_000);
    } else {
      it("a device finds no such endpoints, and a client has no lifespans for it", async () => {
        const client = await create({ grant_types: [DEVICE_CODE], device_authorization_grant_id_token_lifespan: "1h" });
        expect(client).not.toHaveProperty("device_authorization_grant_id_token_lifespan");
        const data = { client_id: client.client_id, scope: "openid" };
        await expect(api.oAuth2DeviceFlow({ data })).rejects.toMatchObject(refused(404));
        const params = { user_code: "ABCDEFGH" };
        await expect(api.performOAuth2DeviceVerificationFlow({ params })).rejects.toMatchObject(refused(404));
        const code = { deviceChallenge: "nonsense", acceptDeviceUserCodeRequest: { user_code: "ABCDEFGH" } };
        await expect(api.acceptUserCodeRequest(code)).rejects.toMatchObject(refused(404));
        expect((await oidc.discoverOidcConfiguration()).data).not.toHaveProperty("device_authorization_endpoint");
      });
    }
  });

  describe("the server", () => {
    it("says what it offers, and signs with the keys that it shows", async () => {
      const { data } = await oidc.discoverOidcConfiguration();
      expect(data).toMatchObject({
        token_endpoint: expect.stringMatching(/\/oauth2\/token$/),
        subject_types_supported: expect.arrayContaining(["public"]),
      });
      const { keys } = (await wellKnown.discoverJsonWebKeys()).data;
      expect(keys!.length).toBeGreaterThan(0);
      expect(keys!.some((key) => "d" in key)).toBe(false);
    });

    it(`${has("authorizationServerMetadata") ? "serves" : "does not serve"} its metadata by the name of RFC 8414`, async () => {
      const response = await target.fetch(`${target.publicUrl}/.well-known/oauth-authorization-server`);
      if (has("authorizationServerMetadata")) {
        expect(await response.json()).toEqual((await oidc.discoverOidcConfiguration()).data);
      } else {
        expect(response.status).toBe(404);
      }
    });

    it("is alive and ready, and tells its version", async () => {
      expect((await metadata.isAlive()).data).toEqual({ status: "ok" });
      expect((await metadata.isReady()).data).toEqual({ status: "ok" });
      expect((await metadata.getVersion()).data.version).toEqual(expect.any(String));
    });
  });

  it("every operation that the server has, has succeeded", () => {
    const names = Object.keys(FEATURES) as Feature[];
    const missing = names.filter((name) => !has(name)).flatMap((name) => FEATURES[name].operations ?? []);
    const there = operations.map(({ id }) => id).filter((id) => !missing.includes(id));
    expect([...target.succeeded].sort()).toEqual(there.sort());
  });

  it("every answer was as openapi.yaml says, which describes the newest version", () => {
    const differences: [Feature, RegExp][] = [
      ["deviceFlow", /^discoverOidcConfiguration 200: .*'device_authorization_endpoint'/],
      ["deviceFlow", /^(oAuth2DeviceFlow|performOAuth2DeviceVerificationFlow|acceptUserCodeRequest) 404: /],
      ["secretRotation", /^(rotateOAuth2ClientSecret|deleteRotatedOAuth2ClientSecrets) 404: /],
      ["slashesInIds", /^((get|patch|delete)OAuth2Client|getJsonWebKey) 404: |^createJsonWebKeySet 405: /],
      ["logoutTimes", /^getOAuth2LogoutRequest 200: \/(expires_at|requested_at) /],
    ];
    const lacking = differences.filter(([feature]) => !has(feature));
    const unexpected = target.problems.filter((problem) => !lacking.some(([, pattern]) => pattern.test(problem)));
    expect(unexpected).toEqual([]);
  });

  it("every difference between the versions has been tested", () => {
    expect([...tested].sort()).toEqual(Object.keys(FEATURES).sort());
  });
});
