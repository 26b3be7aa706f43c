import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "node:util";
import * as sdk from "hydra-sdk";
import * as mock from "hydra-sdk/mock";
import * as mockNode from "hydra-sdk/mock/node";
import {
  Application,
  Logger,
  LogLevel,
  ReflectionKind,
  type SignatureReflection,
  TSConfigReader,
  TypeDocReader,
} from "typedoc";
import ts from "typescript";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { consoleOperations, operations } from "../support/openapi.ts";

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
      // The API reference and its links are checked below.
      if (path.startsWith("/api/")) return false;
      if (!existsSync(join(root, linked))) return true;
      return anchor !== undefined && !anchors(linked).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("lead from the list of tasks to every example", () => {
    const files = [...filesIn("examples", ".ts"), ...filesIn("examples", ".sh")];
    const examples = files.filter((file) => !/\/support\/|\/serve\.ts$|quickstart\.ts$/.test(file));
    expect(examples.filter((file) => !read("docs/tasks.md").includes(`(../${file})`))).toEqual([]);
  });
});

describe("guides", () => {
  it.each(documents)("%s includes files that exist", (file) => {
    const included = Array.from(read(file).matchAll(/^<<< (\S+)$|<!-- @include: (\S+) -->/gm), ([, code, text]) =>
      join(dirname(file), code ?? text!),
    );
    expect(included.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });

  it("name commands and flags that exist", () => {
    const sections = read("docs/cli.md").split(/^## /m);
    const shared = sections.find((section) => section.startsWith("Flags of every command"))!;
    const commands = documents
      .filter((file) => file !== "docs/cli.md")
      .flatMap((file) => Array.from(read(file).matchAll(/^```sh\n([\s\S]*?)^```$/gm), ([, code]) => code!))
      .flatMap((code) => code.replaceAll("\\\n", " ").match(/(?<=^npx hydra-sdk )[^#\n]+/gm) ?? []);
    expect(commands.length).toBeGreaterThan(30);
    const unknown = commands.filter((command) => {
      const [verb, noun] = command.split(" ");
      const headings = [
        `hydra-sdk ${verb}\n`,
        `hydra-sdk ${verb} ${noun}\n`,
        `hydra-sdk ${verb} ${noun?.replace(/s$/, "")}\n`,
      ];
      const section = sections.find((text) => headings.some((heading) => text.startsWith(heading)));
      const flags = command.match(/--[a-z][a-z-]*/g) ?? [];
      const isKnown = (flag: string) => flag === "--help" || section!.includes(flag) || shared.includes(flag);
      return !section || !flags.every(isKnown);
    });
    expect(unknown).toEqual([]);
  });
});

describe("code", () => {
  it("in documents and doc comments compiles", () => {
    const sources = filesIn("src", ".ts").filter((file) => file !== "src/schema.ts");
    const blocks = [
      ...documents.flatMap((file) => snippets(file, read(file))),
      ...sources.flatMap((file) => snippets(file, withoutStars(read(file)))),
      ...sources.flatMap((file) => lines(file, withoutStars(read(file)))),
    ];
    expect(blocks.length).toBeGreaterThan(20);
    expect(compile(blocks)).toEqual([]);
  });

  it("of the README runs as it is, first creates the client and then updates it", async () => {
    const [example] = snippets("README.md", read("README.md"));
    const hydra = mock.createMockHydra();
    vi.stubGlobal("fetch", hydra.fetch);
    const lines: string[] = [];
    vi.spyOn(console, "log").mockImplementation((...values) => void lines.push(format(...values)));
    try {
      for (const run of ["first", "second"]) {
        const file = join(root, "test", `.readme-${run}.mjs`);
        // Do not transform the code, because it is JavaScript as well.
        writeFileSync(file, example!.code);
        await import(pathToFileURL(file).href).finally(() => rmSync(file));
      }
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
    }
    onTestFinished(() => rmSync("web-shop.secret", { force: true }));
    expect(lines).toEqual(["created Web shop", "unchanged Web shop"]);
    expect(readFileSync("web-shop.secret", "utf8")).toHaveLength(26);
    expect(hydra.state.clients.get("web-shop")?.client.redirect_uris).toEqual(["https://shop.example.com/callback"]);
  });
});

it("the documents quote the numbers of operations and of recorded responses", () => {
  const recorded = JSON.parse(read("test/fixtures/hydra/recorded.json"));
  expect(read("docs/comparison.md")).toContain(`Hydra's ${operations.length} operations, typed | all`);
  for (const file of ["README.md", "docs/mock.md"]) {
    expect(read(file)).toContain(`all ${operations.length} operations`);
    expect(read(file)).toContain(`all ${Object.values(recorded).flat().length} recorded responses`);
  }
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

  const signatures = (project!.getReflectionsByKind(ReflectionKind.CallSignature) as SignatureReflection[]).filter(
    ({ parent }) => parent.kindOf(ReflectionKind.Method) && parent.parent!.name.endsWith("Api"),
  );
  const incomplete = signatures.filter(({ comment }) => {
    const link =
      comment
        ?.getTag("@see")
        ?.content.map(({ text }) => text)
        .join("") ?? "";
    return !comment?.getTag("@example") || !link.includes("/operation/");
  });
  expect(incomplete.map(({ name }) => name)).toEqual([]);
  expect(new Set(signatures.map(({ name }) => name)).size).toBe(operations.length + consoleOperations.length);

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
    const links = Array.from(read("docs/operations.md").matchAll(/\(\/api\/(\S+)#(\S+)\)/g));
    expect(links.filter(([, file, id]) => !page(file!).includes(`id="${id}"`))).toEqual([]);
    expect(links.length).toBeGreaterThan(operations.length);
  } finally {
    rmSync(out, { recursive: true });
  }
});

/** Returns the examples of a single line. */
function lines(file: string, text: string): { name: string; code: string }[] {
  return Array.from(text.matchAll(/^@example (.+)$/gm), (match) => {
    const line = text.slice(0, match.index).split("\n").length;
    return { name: `${file}:${line}`, code: `${match[1]!}\n` };
  });
}

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
import type { ClientAuth, JsonWebKey, OAuth2Client, RegistrationStore, SetProject } from "hydra-sdk";
import { ${Object.keys(mock).join(", ")} } from "hydra-sdk/mock";
import { ${Object.keys(mockNode).join(", ")} } from "hydra-sdk/mock/node";
declare const id: string, clientId: string, basePath: string, first: string;
declare const clientSecret: string, registrationAccessToken: string, idToken: string, jwt: string, tokenId: string;
declare const loginChallenge: string, consentChallenge: string, logoutChallenge: string, deviceChallenge: string;
declare const projectId: string, revisionId: string, workspace: string, accessToken: string;
declare const api: OAuth2Api & OidcApi & JwkApi & WellknownApi & MetadataApi & ProjectApi & WorkspaceApi;
declare const auth: ClientAuth, oauth2Api: OAuth2Api, client: OAuth2Client, store: RegistrationStore;
declare const jsonWebKey: JsonWebKey, setProject: SetProject;
`;
