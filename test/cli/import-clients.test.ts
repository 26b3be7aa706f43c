import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { createMockHydra } from "../../src/mock/index.ts";
import { cli, variablesOf } from "./support.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "import-"));
});
afterAll(() => rm(folder, { recursive: true }));

const RESOURCES = `
apiVersion: hydra.ory.sh/v1alpha1
kind: OAuth2Client
metadata: { name: web, namespace: shop }
spec:
  clientName: Web \${shop}
  grantTypes: [authorization_code, refresh_token]
  responseTypes: [code]
  redirectUris: ["https://shop.example/cb"]
  postLogoutRedirectUris: ["https://shop.example/bye"]
  scopeArray: [openid]
  scope: offline
  secretName: web-secret
  skipConsent: true
  frontChannelLogoutURI: https://shop.example/front
  backChannelLogoutSessionRequired: true
  tosUri: https://shop.example/tos
  tokenLifespans: { authorization_code_grant_access_token_lifespan: 90m }
  metadata: { team: a }
  hydraAdmin: { url: "http://hydra", port: 4445 }
  deletionPolicy: orphan
  futureField: 1
---
apiVersion: v1
kind: Secret
metadata: { name: web-secret, namespace: shop }
data: { CLIENT_ID: d2ViLWlk, CLIENT_SECRET: aHVudGVyMi1odW50ZXIy }
---
kind: Deployment
apiVersion: apps/v1
`;

const PUBLIC = `
apiVersion: v1
kind: List
items:
  - apiVersion: hydra.ory.sh/v1alpha1
    kind: OAuth2Client
    metadata: { name: app }
    spec: { grantTypes: [authorization_code], scope: openid, secretName: app, tokenEndpointAuthMethod: none }
`;

test("a folder of the operator's resources becomes a file that can be applied", async () => {
  const from = join(folder, "k8s");
  await mkdir(join(from, "apps"), { recursive: true });
  await writeFile(join(from, "web.yaml"), RESOURCES);
  await writeFile(join(from, "apps", "app.yml"), PUBLIC);
  await writeFile(join(from, "chart.yaml"), "a: [{{ .Values.b }");
  await writeFile(join(from, "notes.txt"), "not read");
  const mock = createMockHydra();
  const { status, stdout, stderr } = await cli(["export", "--from", from], { mock, env: {} });
  expect(status).toBe(0);
  expect(stdout.split("\n")[0]).toMatch(/^# yaml-language-server: \$schema=/);
  expect(parse(stdout).clients).toEqual([
    {
      client_id: "${APP_ID}",
      grant_types: ["authorization_code"],
      owner: "app/default",
      scope: "openid",
      token_endpoint_auth_method: "none",
    },
    {
      client_id: "web-id",
      authorization_code_grant_access_token_lifespan: "90m",
      backchannel_logout_session_required: true,
      client_name: "Web $${shop}",
      client_secret: "${WEB_ID_SECRET}",
      frontchannel_logout_uri: "https://shop.example/front",
      grant_types: ["authorization_code", "refresh_token"],
      metadata: { team: "a" },
      owner: "web/shop",
      post_logout_redirect_uris: ["https://shop.example/bye"],
      redirect_uris: ["https://shop.example/cb"],
      response_types: ["code"],
      scope: "openid offline",
      skip_consent: true,
      tos_uri: "https://shop.example/tos",
    },
  ]);
  const said = [
    "chart.yaml: it is not YAML",
    "CLIENT_ID of the Secret app",
    "no namespace",
    "hydraAdmin",
    "future_field",
  ];
  for (const note of [...said, "deletionPolicy"]) expect(stderr).toContain(note);
  expect(stdout + stderr).not.toContain("hunter2");
  expect(stdout + stderr).not.toContain("aHVudGVyMi1odW50ZXIy");

  const file = join(folder, "clients.yaml");
  await writeFile(file, stdout);
  const env = { ...variablesOf(mock), APP_ID: "app-id", WEB_ID_SECRET: "hunter2-hunter2" };
  expect(await cli(["apply", "-f", file, "--yes"], { mock, env })).toMatchObject({ status: 0, stderr: "2 done\n" });
  expect(await cli(["plan", "-f", file, "--detailed-exitcode"], { mock, env })).toMatchObject({ status: 0 });
  expect(mock.state.clients.get("web-id")!.client.client_name).toBe("Web ${shop}");
});

const ATTRIBUTES = {
  id: "service",
  client_id: "service",
  client_secret: "hunter2-hunter2",
  client_name: "Service",
  grant_types: ["client_credentials"],
  redirect_uris: [],
  owner: "",
  token_endpoint_auth_method: "client_secret_post",
  skip_consent: false,
  scope: "a b",
  metadata: '{"team":"a"}',
  project_api_key: "hunter2-key",
  registration_access_token: "hunter2-token",
  color: "red",
};
const STATE = {
  version: 4,
  terraform_version: "1.9.0",
  resources: [
    { mode: "managed", type: "ory_oauth2_client", name: "service", instances: [{ attributes: ATTRIBUTES }] },
    {
      mode: "managed",
      module: "module.spa",
      type: "hydra_oauth2_client",
      name: "keys",
      instances: [
        {
          index_key: "a",
          attributes: {
            id: "keys",
            scopes: ["openid", "email"],
            token_endpoint_auth_method: "private_key_jwt",
            metadata: { first_party: "true" },
            jwk: [
              { kty: "RSA", kid: "1", use: "sig", alg: "RS256", n: "AQAB", e: "AQAB", d: "hunter2", p: "", x5c: [] },
            ],
          },
        },
      ],
    },
    { mode: "data", type: "hydra_oauth2_client", name: "x", instances: [{ attributes: { id: "x" } }] },
    { mode: "managed", type: "random_id", name: "y", instances: [{ attributes: { id: "y" } }] },
  ],
};

test("a Terraform state, or what terraform show prints, becomes a file", async () => {
  const shown = {
    format_version: "1.0",
    values: {
      root_module: {
        resources: [
          { address: "ory_oauth2_client.service", mode: "managed", type: "ory_oauth2_client", values: ATTRIBUTES },
        ],
        child_modules: [
          {
            resources: [
              {
                address: 'module.spa.hydra_oauth2_client.keys["a"]',
                mode: "managed",
                type: "hydra_oauth2_client",
                values: STATE.resources[1]!.instances[0]!.attributes,
              },
            ],
          },
        ],
      },
    },
  };
  const outputs: string[] = [];
  for (const state of [STATE, shown]) {
    const file = join(folder, "terraform.tfstate");
    await writeFile(file, JSON.stringify(state));
    const { status, stdout, stderr } = await cli(["export", "--from", file, "--set", "shop"], { env: {} });
    expect(status).toBe(0);
    expect(parse(stdout)).toEqual({
      set: "shop",
      clients: [
        {
          client_id: "service",
          client_name: "Service",
          client_secret: "${SERVICE_SECRET}",
          grant_types: ["client_credentials"],
          metadata: { team: "a" },
          scope: "a b",
          token_endpoint_auth_method: "client_secret_post",
        },
        {
          client_id: "keys",
          jwks: { keys: [{ kty: "RSA", kid: "1", use: "sig", alg: "RS256", n: "AQAB", e: "AQAB" }] },
          metadata: { first_party: "true" },
          scope: "openid email",
          token_endpoint_auth_method: "private_key_jwt",
        },
      ],
    });
    expect(stderr).toContain("ory_oauth2_client.service: color is not carried over");
    expect(stderr).toContain('module.spa.hydra_oauth2_client.keys["a"]: the private part of a key');
    expect(stdout + stderr).not.toContain("hunter2");
    outputs.push(stderr);
  }
  expect(outputs[0]).toBe(outputs[1]);
});

test("what holds no client is an error", async () => {
  const file = join(folder, "nothing.yaml");
  const from = async (text: string, ...flags: string[]) => {
    await writeFile(file, text);
    return cli(["export", "--from", file, ...flags], { env: {} });
  };
  expect(await from("a: 1")).toMatchObject({ status: 2, stderr: expect.stringContaining("no OAuth2Client") });
  expect(await from("a: [")).toMatchObject({ status: 2, stderr: expect.stringContaining("is not YAML or JSON") });
  expect(await from(PUBLIC, "--owner", "x")).toMatchObject({ status: 2 });
  const gone = await cli(["export", "--from", join(folder, "gone")], { env: {} });
  expect(gone).toMatchObject({ status: 2, stderr: expect.stringContaining("there is no such file") });
});
