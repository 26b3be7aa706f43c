import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const file = path("program-of-an-editor.ts");

/** The program that the editor shows, and how often it was changed. */
const shown = { text: "", version: 0 };
const { config } = ts.readConfigFile(path("../../tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, path("../.."));
const service = ts.createLanguageService({
  // The rule of our own sources that exports have explicit types does not hold for an application.
  getCompilationSettings: () => ({ ...options, exactOptionalPropertyTypes: true, isolatedDeclarations: false }),
  getCurrentDirectory: () => path("../.."),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getScriptFileNames: () => [file],
  getScriptVersion: (name) => (name === file ? `${shown.version}` : "1"),
  getScriptSnapshot: (name) => ts.ScriptSnapshot.fromString(name === file ? shown.text : ts.sys.readFile(name)!),
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

function open(call: string): void {
  shown.text = `import { OAuth2Api, paginate } from "../../src/index.ts";
    const api = new OAuth2Api({ basePath: "http://h.example" });
    export const list = ${call};`;
  shown.version++;
}

/** The names that the editor proposes at the `|` of `call`. */
function completions(call: string): string[] {
  open(call.replace("|", ""));
  const cursor = shown.text.indexOf(call.replace("|", "")) + call.indexOf("|");
  return service.getCompletionsAtPosition(file, cursor, {})?.entries.map(({ name }) => name) ?? [];
}

/** The problems that the editor reports. */
function problems(call: string): string[] {
  open(call);
  return service
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const METHOD = "paginate(api.listOAuth2Clients, ";
const FUNCTION = "paginate((page, options) => api.listOAuth2Clients(page, options), ";

describe.each([
  ["a method", METHOD],
  ["a function", FUNCTION],
])("in an editor, paginate with %s", (_, start) => {
  test.each(["{ | })", "{ ow| })", '{ owner: "shop", | })'])("completes the parameters at %s", (end) => {
    const expected = ["pageSize", "pageToken", "clientName"];
    expect(completions(start + end)).toEqual(expect.arrayContaining(expected));
  });

  test("proposes the name that was meant if one is misspelled", () => {
    expect(problems(`${start}{ ownr: "shop" })`)).toEqual([
      expect.stringMatching(/'ownr' does not exist in type .* Did you mean to write 'owner'\?$/),
    ]);
    expect(problems(`${start}{ owner: "shop", pagesize: 5 })`)).toEqual([
      expect.stringMatching(/'pagesize' does not exist in type .* Did you mean to write 'pageSize'\?$/),
    ]);
  });

  test("reports a value of the wrong type", () => {
    expect(problems(`${start}{ owner: 5 })`)).toEqual(["Type 'number' is not assignable to type 'string'."]);
  });

  test.each(["{})", "undefined, { prefetch: true }).pages()", '{ owner: "shop", pageSize: 5 }).toArray({ limit: 5 })'])(
    "accepts %s",
    (end) => expect(problems(start + end)).toEqual([]),
  );
});

test("a method completes the parameters of its own list only, and requires those that it requires", () => {
  expect(completions(`${METHOD}{ | })`)).not.toContain("subject");
  expect(completions("paginate(api.listOAuth2ConsentSessions, { | })")).toContain("subject");
  expect(problems(`${METHOD}{ subject: "alice" })`)).toEqual([expect.stringMatching(/'subject' does not exist/)]);
  expect(problems("paginate(api.listOAuth2ConsentSessions, {})")).toEqual([
    expect.stringContaining("Property 'subject' is missing in type '{}'"),
  ]);
  expect(problems('paginate(api.listOAuth2ConsentSessions, { subject: "alice" })')).toEqual([]);
});
