import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "node:util";
import * as sdk from "hydra-sdk";
import * as mock from "hydra-sdk/mock";
import * as mockNode from "hydra-sdk/mock/node";
import { Application, Logger, LogLevel, TSConfigReader, TypeDocReader } from "typedoc";
import ts from "typescript";
import { afterEach, describe, expect, it, vi } from "vitest";
import { operations } from "../support/openapi.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string) => readFileSync(join(root, file), "utf8");
const filesIn = (folder: string, extension: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll("\\", "/"));

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...["docs", "examples"].flatMap((folder) => filesIn(folder, ".md").filter((file) => !file.startsWith("docs/api/"))),
];

/** Returns the fenced TypeScript code of a text, and the line at which each block begins. */
function snippets(file: string, text: string): { name: string; code: string }[] {
  return Array.from(text.matchAll(/^```ts\n([\s\S]*?)^```$/gm), (match) => {
    const line = text.slice(0, match.index).split("\n").length;
    return { name: `${file}:${line}`, code: match[1]! };
  });
}

/** Removes the stars of doc comments, and keeps the line numbers. */
const withoutStars = (text: string) => text.replace(/^ *\* ?/gm, "");

describe("links", () => {
  /** Returns the anchors that GitHub and npm generate from the headings of a document. */
  const anchors = (file: string) =>
    Array.from(read(file).matchAll(/^#+ (.+)$/gm), ([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    );

  it.each(documents)("of %s have existing targets", (file) => {
    const text = read(file).replace(/^```[\s\S]*?^```$/gm, "");
    const broken = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target!).filter((target) => {
      if (/^https?:/.test(target)) return !URL.canParse(target);
      const [path = "", anchor] = target.split("#");
      const linked = path ? join(dirname(file), path) : file;
      if (!existsSync(join(root, linked))) return true;
      return anchor !== undefined && !anchors(linked).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("lead from the README to every example", () => {
    const files = [...filesIn("examples", ".ts"), ...filesIn("examples", ".sh")];
    const examples = files.filter((file) => !/\/support\/|\/serve\.ts$|quickstart\.ts$/.test(file));
    expect(examples.filter((file) => !read("README.md").includes(`(${file})`))).toEqual([]);
  });
});

describe("code", () => {
  it("in documents and doc comments compiles", () => {
    const sources = filesIn("src", ".ts").filter((file) => file !== "src/schema.ts");
    const blocks = [
      ...documents.flatMap((file) => snippets(file, read(file))),
      ...sources.flatMap((file) => snippets(file, withoutStars(read(file)))),
    ];
    expect(blocks.length).toBeGreaterThan(20);
    expect(compile(blocks)).toEqual([]);
  });

  describe("of the README", () => {
    const folder = join(root, "test/.readme");
    afterEach(() => {
      vi.restoreAllMocks();
      rmSync(folder, { recursive: true, force: true });
    });

    it.each(snippets("README.md", read("README.md")))("runs: $name", async ({ name, code }) => {
      const lines: string[] = [];
      vi.spyOn(console, "log").mockImplementation((...values) => void lines.push(format(...values)));
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${name.replace(/\W/g, "-")}.mjs`);
      // Do not transform the code, because it is JavaScript as well.
      writeFileSync(file, code);
      await import(pathToFileURL(file).href);
      if (code.includes("createOAuth2Client")) {
        expect(lines.join("\n")).toMatch(
          /^created Web shop \S+\nredirect URIs: \[[^\]]*callback',\s[^\]]*silent'\s\]\ndeleted it$/,
        );
      }
    });
  });
});

describe("the first example of the README", () => {
  const [example] = snippets("README.md", read("README.md"));
  const file = join(root, "test", ".readme-error.mjs");
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(file, { force: true });
  });

  it("prints no undefined when the server rejects a call", async () => {
    const lines: string[] = [];
    for (const method of ["log", "error"] as const) {
      vi.spyOn(console, method).mockImplementation((...values) => void lines.push(format(...values)));
    }
    const broken = example!.code.replace("    id,\n    jsonPatch", '    id: "missing",\n    jsonPatch');
    expect(broken).not.toBe(example!.code);
    writeFileSync(file, broken);
    await import(pathToFileURL(file).href);
    expect(lines.join("\n")).toMatch(
      /^created .*\nrejected: PATCH \/admin\/clients\/missing: 404 Unable to locate the resource\ndeleted it$/,
    );
  });
});

it("the README quotes the numbers of operations and of recorded responses", () => {
  const recorded = JSON.parse(read("test/fixtures/hydra/recorded.json"));
  expect(read("README.md")).toContain(`Hydra's ${operations.length} operations, typed | all`);
  expect(read("README.md")).toContain(`all ${Object.values(recorded).flat().length} recorded responses`);
});

it("the README quotes the numbers of faults and of killed processes that the fault suite counts", () => {
  const [, counted] = /expect\(cases\)\.toBe\((\d+)\)/.exec(read("test/faults/faults.test.ts")) ?? [];
  expect(read("README.md")).toContain(`${counted} faults injected`);
  const [, kills = ""] = /expect\(kills\)\.toEqual\((.*)\)/.exec(read("test/faults/killed.test.ts")) ?? [];
  const killed = (kills.match(/\d+/g) ?? []).reduce((sum, count) => sum + Number(count), 0);
  expect(read("README.md")).toContain(`${killed} processes killed`);
});

it("the API reference documents every public name and has no broken link", async () => {
  const problems: string[] = [];
  class Collector extends Logger {
    override log(message: string, level: LogLevel): void {
      if (level >= LogLevel.Warn) problems.push(message);
    }
  }
  const readers = [new TypeDocReader(), new TSConfigReader()];
  const app = await Application.bootstrapWithPlugins(
    { options: join(root, "typedoc.json"), logLevel: "Warn" },
    readers,
  );
  app.logger = new Collector();
  const project = await app.convert();
  app.validate(project!);
  expect(problems).toEqual([]);
  expect(project!.children!.map(({ name }) => name)).toEqual(["hydra-sdk", "hydra-sdk/mock", "hydra-sdk/mock/node"]);

  const out = mkdtempSync(join(tmpdir(), "hydra-sdk-docs-"));
  try {
    await app.generateDocs(project!, out);
    const page = (file: string) => readFileSync(join(out, file), "utf8");
    // Thrown errors link to their class.
    expect(page("functions/hydra-sdk.clientSecretBasic.html")).toMatch(/Throws.*href="[^"]*RequiredError\.html"/s);
    expect(page("functions/hydra-sdk_mock.createMockHydra.html")).toMatch(
      /Throws.*href="[^"]*InvalidInputError\.html"/s,
    );
    const headings = page("modules/hydra-sdk.html").matchAll(/<h2 [^>]*>(\w+)/g);
    const order = "Clients Plans Registration Tokens MCP Configuration Errors Models Requests";
    expect(Array.from(headings, ([, name]) => name).join(" ")).toBe(order);
    expect(page("index.html")).toContain('href="documents/docs_migration.html"');
  } finally {
    rmSync(out, { recursive: true });
  }
});

/** Returns the compiler errors of the snippets. Each is a separate module in which everything from hydra-sdk is imported. */
function compile(snippets: { name: string; code: string }[]): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, "test/tsconfig.json"), {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  } satisfies ts.ParseConfigFileHost)!;
  const options = { ...config.options, noUnusedLocals: false, noUnusedParameters: false };
  const modules = new Map(
    snippets.map(({ name, code }, index) => {
      const text = /^import /m.test(code) ? code : `${PRELUDE}{\n${code}}\nexport {};\n`;
      return [resolve(root, "test", `snippet-${index}.ts`), { name, text }] as const;
    }),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => modules.has(file) || fileExists(file);
  host.readFile = (file) => modules.get(file)?.text ?? readFile(file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = modules.get(file)?.text;
    return text === undefined
      ? getSourceFile(file, language, ...rest)
      : ts.createSourceFile(file, text, language as ts.ScriptTarget, true);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return [...modules].flatMap(([file, { name }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
  );
}

/** The imports and declarations that snippets in doc comments omit. */
const PRELUDE = `
import { ${Object.keys(sdk).join(", ")} } from "hydra-sdk";
import type { ClientAuth, OAuth2Client, RegistrationStore } from "hydra-sdk";
import { ${Object.keys(mock).join(", ")} } from "hydra-sdk/mock";
import { ${Object.keys(mockNode).join(", ")} } from "hydra-sdk/mock/node";
declare const id: string, clientId: string, basePath: string, first: string;
declare const auth: ClientAuth, api: OAuth2Api & OidcApi, oauth2Api: OAuth2Api, client: OAuth2Client;
declare const accessToken: string, store: RegistrationStore;
`;
