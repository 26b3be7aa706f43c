import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, inject, test } from "vitest";
import { installOnce } from "../../../tools/install.mjs";

/** Functions that bundle the application in `folder` into `folder/out`. */
const bundlers = {
  webpack: ({ default: webpack }: any, folder: string) =>
    new Promise<void>((resolve, reject) => {
      const output = { path: join(folder, "out") };
      const settings = { mode: "production", context: folder, entry: "./entry.mjs", target: "web", output };
      webpack(settings, (error: Error | null, stats: any) => {
        if (error || stats.hasErrors()) reject(error ?? new Error(stats.toString()));
        else resolve();
      });
    }),
  vite: ({ build }: any, folder: string) => {
    const rolldownOptions = { input: join(folder, "entry.mjs"), output: { entryFileNames: "main.js" } };
    return build({ root: folder, logLevel: "error", build: { outDir: "out", assetsDir: "", rolldownOptions } });
  },
};

const entry = `
import { OAuth2Api } from "hydra-sdk";
new OAuth2Api({ basePath: location.origin }).listOAuth2Clients().then(({ data }) => console.log(data));
`;

let require: NodeJS.Require;

beforeAll(async () => {
  require = createRequire(join(await installOnce(["webpack@5.113.0", "vite@8.3.8"]), "index.js"));
});

test.each(Object.entries(bundlers))(
  "%s bundles the ES module, and of it only the code that is used",
  async (name, bundle) => {
    const folder = join(inject("installed"), name);
    await mkdir(folder);
    await writeFile(join(folder, "entry.mjs"), entry);
    await bundle(await import(pathToFileURL(require.resolve(name)).href), folder);
    const script = await readFile(join(folder, "out/main.js"));
    // The entire CommonJS file would be more than twice as large.
    expect(gzipSync(script).length).toBeLessThanOrEqual(9_700);
    expect(`${script}`).not.toContain("registration_access_token");
  },
);
