import { statSync } from "node:fs";
import { tsImport } from "tsx/esm/api";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { json, read, root, yaml, yamlFiles } from "./files.ts";

interface Job {
  needs?: string | string[];
  permissions: Record<string, string>;
  outputs?: Record<string, string>;
  environment?: string;
  uses?: string;
  "timeout-minutes"?: number;
  services?: Record<string, { image: string; env: Record<string, string>; ports: string[] }>;
  strategy?: { matrix: Record<string, string[]> };
  env?: Record<string, string>;
  steps?: {
    uses?: string;
    run?: string;
    shell?: string;
    with?: Record<string, string>;
    env?: Record<string, string>;
  }[];
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  concurrency: { group: string };
  jobs: Record<string, Job>;
}

const folder = ".github/workflows";
const paths = yamlFiles(folder);
const workflow = (name: string): Workflow => yaml(`${folder}/${name}.yml`);
const manifest = json("package.json");
const READ = { contents: "read" };

// The package imports JSON without an import attribute, which Node rejects and tsx allows.
const { validate }: typeof import("@actions/languageservice") = await tsImport(
  "@actions/languageservice",
  import.meta.url,
);

describe.each(paths)("%s", (path) => {
  const text = read(path);
  const { permissions, concurrency, jobs }: Workflow = yaml(path);

  it("is a valid workflow whose expressions refer to existing values", async () => {
    const document = TextDocument.create(`file:///${path}`, "yaml", 1, text);
    const fileProvider = {
      getFileContent: async ({ path: name }: { path: string }) => ({ name, content: read(name) }),
    };
    const found = await validate(document, { fileProvider } as Parameters<typeof validate>[1]);
    expect(found.map(({ range, message }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it("grants permissions job by job, and has its own concurrency group", () => {
    expect(permissions).toEqual({});
    for (const [name, job] of Object.entries(jobs)) expect(job, name).toHaveProperty("permissions");
    const groups = paths.map((other) => (yaml(other) as Workflow).concurrency.group);
    // A workflow that is called with the group of its caller would wait for it forever.
    expect(groups.filter((group) => group === concurrency.group)).toHaveLength(1);
  });

  it("limits the time of every job", () => {
    for (const [name, { uses, "timeout-minutes": minutes }] of Object.entries(jobs)) {
      if (!uses) expect(minutes, name).toBeLessThanOrEqual(60);
    }
  });

  it("pins actions to a commit, and names its version", () => {
    const lines = text.split("\n").filter((line) => /^\s*(- )?uses: (?!\.\/)/.test(line));
    expect(lines.length).toBeGreaterThanOrEqual(path.endsWith("release.yml") ? 6 : 2);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("uses no secret, and no expression in a script", () => {
    expect(text).not.toMatch(/\bsecrets\b/);
    const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.map(({ run = "" }) => run));
    for (const script of scripts) expect(script).not.toContain("${{");
  });

  it("runs existing scripts", () => {
    const names = Array.from(text.matchAll(/npm run ([\w:-]+)/g), ([, name]) => name!);
    expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(names));
  });
});

describe("the workflow of the example for clients as code", () => {
  const path = "examples/clients-as-code/workflow.yml";
  const { permissions, jobs }: Workflow = yaml(path);

  it("is a valid workflow", async () => {
    const document = TextDocument.create("file:///.github/workflows/clients.yml", "yaml", 1, read(path));
    const found = await validate(document, {});
    expect(found.map(({ range, message }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it("uses the actions of our workflows, least permissions, and secrets only as variables of a step", () => {
    const ours = paths.flatMap((other) => read(other).match(/[\w-]+\/[\w-]+@[0-9a-f]{40} # \S+/g) ?? []);
    for (const used of read(path).match(/[\w-]+\/[\w-]+@\S+ # \S+/g)!) expect(ours).toContain(used);
    expect(permissions).toEqual({});
    for (const { permissions: granted, environment, steps = [], "timeout-minutes": minutes } of Object.values(jobs)) {
      expect({ granted, environment }).toEqual({ granted: READ, environment: expect.stringMatching(/^clients/) });
      expect(minutes).toBeLessThanOrEqual(60);
      for (const { run = "" } of steps) expect(run).not.toContain("${{");
    }
  });

  it("runs commands that exist, and names every variable of the file", () => {
    const clients = read("examples/clients-as-code/clients.yaml");
    const variables = Array.from(clients.matchAll(/\$\{(\w+)\}/g), ([, name]) => name!);
    expect(variables.length).toBeGreaterThan(0);
    for (const name of variables) expect(read(path)).toContain(`${name}:`);
    const commands = Array.from(read(path).matchAll(/hydra-sdk@0 (.+)/g), ([, line]) => line);
    expect(commands).toEqual(["plan -f clients.yaml --prune", "apply -f clients.yaml --prune --yes"]);
  });
});

it("all workflows use the same version of an action", () => {
  const used = paths.flatMap((path) => read(path).match(/[\w-]+\/[\w-]+@[0-9a-f]{40} # \S+/g) ?? []);
  const actions = new Set(used.map((reference) => reference.split("@")[0]));
  expect([...new Set(used)]).toHaveLength(actions.size);
});

describe("CI", () => {
  const { test } = workflow("ci").jobs as { test: Job };
  const { os, node } = test.strategy!.matrix as { os: string[]; node: string[] };

  it("runs .ci/run, and nothing else", () => {
    const commands = test.steps!.flatMap(({ run, shell }) => (run ? [{ run, shell }] : []));
    expect(commands).toEqual([{ run: ".ci/run", shell: "bash" }]);
    expect(statSync(`${root}.ci/run`).isFile()).toBe(true);
  });

  it("runs on Linux, macOS and Windows", () => {
    expect(os.map((label) => label.split("-")[0])).toEqual(["ubuntu", "macos", "windows"]);
  });

  it("runs on the oldest Node that package.json allows, and on the major versions of tools/runtimes.mjs", () => {
    expect(manifest.engines.node).toBe(`>=${node[0]}`);
    const [, list] = /const nodes = (\[.+\]);/.exec(read("tools/runtimes.mjs"))!;
    const lines = (JSON.parse(list!) as string[]).map((version) => version.split(".")[0]);
    expect(node.map((version) => version.split(".")[0])).toEqual(lines);
  });

  it("type-checks against the oldest Node", () => {
    expect(manifest.devDependencies["@types/node"].split(".")[0]).toBe(node[0]!.split(".")[0]);
  });
});

describe("the contract tests", () => {
  const job = workflow("contract").jobs["hydra"]!;
  const service = job.services!["hydra"]!;
  const compose = yaml("examples/self-hosted/compose.yaml").services.hydra;

  it("run on servers configured like the one of the compose file, and on its version", () => {
    const ours = (environment: Record<string, string>) =>
      Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(DSN|DEV)$|SECRET|SALT|_CORS_/.test(name)));
    expect(ours(service.env)).toEqual(ours(compose.environment));
    expect(compose.command).toBe("serve all --dev");
    expect(service.env).toMatchObject({ DSN: "memory", DEV: "true" });
    const [, newest] = /:-oryd\/hydra:([^}]+)\}/.exec(compose.image)!;
    expect(job.strategy!.matrix["version"]).toContain(newest);
  });

  it("call the server where it listens", () => {
    expect(service.image).toMatch(/^oryd\/hydra:\$\{\{ matrix\.version \}\}$/);
    expect(service.ports).toEqual(["4444:4444", "4445:4445"]);
    expect(job.env).toEqual({
      HYDRA_PUBLIC_URL: service.env["URLS_SELF_ISSUER"],
      HYDRA_ADMIN_URL: "http://127.0.0.1:4445",
    });
    for (const name of Object.keys(job.env!)) expect(read("test/contract/targets.ts")).toContain(name);
  });
});

describe("the release", () => {
  const { ci, contract, version, publish } = workflow("release").jobs as Record<string, Job>;

  it("waits for CI and the contract tests", () => {
    expect(ci!.uses).toBe(`./${folder}/ci.yml`);
    expect(contract!.uses).toBe(`./${folder}/contract.yml`);
    expect(version!.needs).toEqual(["ci", "contract"]);
    expect(publish!.needs).toBe("version");
  });

  it("has permissions that no other job has, and only its last job can publish to npm", () => {
    expect(version!.permissions).toEqual({ contents: "write", "pull-requests": "write" });
    expect(publish!.permissions).toEqual({ contents: "write", "id-token": "write" });
    const jobs = paths.flatMap((path) => Object.entries((yaml(path) as Workflow).jobs));
    const others = jobs.filter(([name]) => name !== "version" && name !== "publish");
    for (const [name, { permissions }] of others) expect({ name, permissions }).toEqual({ name, permissions: READ });
  });

  it("publishes with provenance, after an approval, and without a cache", () => {
    expect(publish!.environment).toBe("npm");
    const step = publish!.steps!.find(({ with: inputs }) => inputs?.["publish"]);
    expect(step).toMatchObject({
      with: { publish: "npm run release:publish" },
      env: { NPM_CONFIG_PROVENANCE: "true" },
    });
    for (const { steps } of [version!, publish!]) {
      const setup = steps!.find(({ uses }) => uses?.startsWith("actions/setup-node@"))!;
      expect(setup.with).toEqual({ "node-version": "24", "package-manager-cache": false });
    }
  });
});
