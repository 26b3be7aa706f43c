import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EXAMPLE_PACKAGES } from "../../src/cli/examples-project.ts";
import { cli } from "./support.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const ours = join(root, "examples");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hydra-sdk-examples-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const json = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8"));
const namesIn = (path: string) => readdirSync(path, { recursive: true }).map(String).sort();

test("copies every example, as a project of its own, and says what to run next", async () => {
  const { status, stdout, stderr } = await cli(["examples", join(folder, "new")]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(
    /^The examples are in (.+)\. Next:\n\n {2}cd \1\n {2}npm install\n {2}npx tsx quickstart\.ts\n$/,
  );
  expect(namesIn(join(folder, "new"))).toEqual([...namesIn(ours), "package.json", "tsconfig.json"].sort());
  const { type, dependencies } = json("new/package.json");
  const { version, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(type).toBe("module");
  expect(dependencies).toMatchObject({ "hydra-sdk": `^${version}`, tsx: `^${devDependencies.tsx}` });
});

test("refuses a folder that is not empty, unless --force is given", async () => {
  const note = join(folder, "new/quickstart.ts");
  writeFileSync(note, "// mine\n");
  const { status, stderr } = await cli(["examples", join(folder, "new")]);
  expect(status).toBe(2);
  expect(stderr).toContain("is not empty: choose another folder, or --force overwrites it");
  expect(readFileSync(note, "utf8")).toBe("// mine\n");
  expect((await cli(["examples", join(folder, "new"), "--force"])).status).toBe(0);
  expect(readFileSync(note, "utf8")).toBe(readFileSync(join(ours, "quickstart.ts"), "utf8"));
});

test("refuses what is not a folder, and the examples of the package themselves", async () => {
  writeFileSync(join(folder, "file"), "");
  expect((await cli(["examples", join(folder, "file")])).stderr).toContain("FOLDER: ");
  const { status, stderr } = await cli(["examples", ours, "--force"]);
  expect(status).toBe(2);
  expect(stderr).toContain("choose another");
  expect(namesIn(ours)).not.toContain("package.json");
});

test("the project names every package that an example imports", () => {
  const files = namesIn(ours).filter((name) => name.endsWith(".ts"));
  const imported = files.flatMap((file) => {
    const source = readFileSync(join(ours, file), "utf8");
    const named = /^\/\/ Also needs: npm install (.+)$/m.exec(source)?.[1]?.split(" ") ?? [];
    const names = Array.from(source.matchAll(/(?:from |import\()"((?:@[^/"]+\/)?[a-z][^/":]*)(?:\/[^"]*)?"/g));
    return [...named, ...names.map(([, name]) => name!).filter((name) => name !== "hydra-sdk")];
  });
  const runners = ["@types/express", "@types/node", "tsx", "typescript"];
  expect(new Set([...imported, ...runners])).toEqual(new Set(EXAMPLE_PACKAGES));
});
