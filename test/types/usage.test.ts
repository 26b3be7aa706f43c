import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

test("usage.ts compiles with the strictest flags", () => {
  const { config } = ts.readConfigFile(path("../../tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, path("../.."));
  const entry = path("usage.ts");
  const program = ts.createProgram([entry], { ...options, exactOptionalPropertyTypes: true });
  const problems = ts
    .getPreEmitDiagnostics(program, program.getSourceFile(entry))
    .map(({ messageText, file, start }) => {
      const line = file && ts.getLineAndCharacterOfPosition(file, start!).line + 1;
      return `${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  expect(problems).toEqual([]);
}, 60_000);
