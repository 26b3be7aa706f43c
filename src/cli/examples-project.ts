import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { VERSION } from "./version.ts";

/** What the examples import besides this package, and what runs and checks them. */
export const EXAMPLE_PACKAGES: readonly string[] = [
  "@keyv/redis",
  "@modelcontextprotocol/sdk",
  "@nestjs/common",
  "@nestjs/core",
  "@nestjs/platform-express",
  "@opentelemetry/api",
  "@opentelemetry/sdk-trace-base",
  "@ory/client",
  "@types/express",
  "@types/node",
  "express",
  "fastify",
  "hono",
  "jose",
  "keyv",
  "msw",
  "openid-client",
  "pino",
  "selfsigned",
  "tsx",
  "typescript",
  "undici",
  "vitest",
  "yaml",
];

/** The folder of this package. */
export async function packageFolder(): Promise<string> {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
    if (text !== undefined && JSON.parse(text).name === "hydra-sdk") return folder;
    if (folder === dirname(folder)) throw new Error("the package.json of hydra-sdk is missing");
  }
}

/** The files that make a project of the examples in `folder`: name and content. */
export async function projectFiles(folder: string): Promise<Record<string, string>> {
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(join(await packageFolder(), "package.json"), "utf8"),
  );
  const versions: Record<string, string> = { ...devDependencies, ...dependencies };
  const needed = EXAMPLE_PACKAGES.map((name) => [name, `^${versions[name]!.replace("^", "")}`] as const);
  const own = isInstalledAt(folder) ? {} : { "hydra-sdk": `^${VERSION}` };
  const project = {
    name: "hydra-sdk-examples",
    private: true,
    type: "module",
    scripts: { start: "tsx quickstart.ts", typecheck: "tsc" },
    dependencies: { ...own, ...Object.fromEntries(needed) },
  };
  const compilerOptions = {
    module: "nodenext",
    target: "es2022",
    // Of NestJS.
    experimentalDecorators: true,
    strict: true,
    types: ["node"],
    noEmit: true,
    allowImportingTsExtensions: true,
  };
  return {
    "package.json": `${JSON.stringify(project, null, 2)}\n`,
    "tsconfig.json": `${JSON.stringify({ compilerOptions }, null, 2)}\n`,
  };
}

/** Whether code in `folder` finds this package in a folder above. */
function isInstalledAt(folder: string): boolean {
  try {
    createRequire(join(folder, "_.js")).resolve("hydra-sdk/package.json");
    return true;
  } catch {
    return false;
  }
}
