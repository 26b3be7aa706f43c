import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";
import { consoleOperations, spec } from "../support/openapi.ts";

/** TypeScript writes paths with slashes on every system. */
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url)).replaceAll("\\", "/");

it("a program written for @ory/client compiles with only the import changed", () => {
  const { options } = ts.getParsedCommandLineOfConfigFile(
    path("../tsconfig.json"),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
      },
    },
  )!;
  const entry = path("program.ts");
  const program = ts.createProgram([entry], {
    ...options,
    paths: { "@ory/client": [path("../../src/index.ts")] },
  });
  const problems = ts
    .getPreEmitDiagnostics(program, program.getSourceFile(entry))
    .map(({ messageText, file, start }) => {
      const line = file && ts.getLineAndCharacterOfPosition(file, start!).line + 1;
      return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  const files = program.getSourceFiles().map(({ fileName }) => fileName);
  expect(problems).toEqual([]);
  expect(files).toContain(path("../../src/index.ts"));
  expect(files.filter((file) => file.includes("@ory/"))).toEqual([]);
}, 60_000);

it("ory-client.ts compares every model and request of @ory/client", () => {
  const { exports } = JSON.parse(readFileSync(path("../fixtures/hydra/surface.json"), "utf8"));
  const requests = Object.values<any>(exports.apis).flatMap((api) => api.requestInterfaces);
  const models = [...exports.modelInterfaces, "GetVersion200Response", "GenericErrorContent"];
  // The fixture describes Hydra. The console is described by openapi.yaml.
  const ofConsole = consoleOperations.filter(({ parameters, requestBody }) => parameters.length > 0 || requestBody);
  requests.push(...ofConsole.map(({ id, tag }) => `${tag}Api${id[0]!.toUpperCase()}${id.slice(1)}Request`));
  models.push(...schemasIn(consoleOperations).filter((name) => !models.includes(name)));
  const compared = readFileSync(path("ory-client.ts"), "utf8").matchAll(
    /^ {2}(\w+): \[\s*Ory\.\1,\s*Ours\.\1,?\s*\];/gm,
  );
  expect([...compared].map(([, name]) => name).sort()).toEqual([...models, ...requests].sort());
});

/** Returns the names of the schemas that `part` of openapi.yaml refers to, directly or through other schemas. */
function schemasIn(part: unknown, found: string[] = []): string[] {
  for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (found.includes(name!)) continue;
    found.push(name!);
    schemasIn(spec.components.schemas[name!], found);
  }
  return found;
}
