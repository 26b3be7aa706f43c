// Bundles the page of the console: what the server of the console serves, each file by its name.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = "src/console/page";

/** Returns the text of each file by its name, and what esbuild says of them (`metafile`). */
export async function bundlePage() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: `${folder}/main.tsx`, out: "page" },
      { in: `${folder}/page.css`, out: "page" },
      { in: `${folder}/callback.ts`, out: "callback" },
    ],
    outdir: "dist/console",
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    metafile: true,
    legalComments: "none",
  });
  const files = Object.fromEntries(outputFiles.map(({ path, text }) => [path.split(/[\\/]/).at(-1), text]));
  for (const name of ["index.html", "callback.html"]) {
    files[name] = await readFile(`${root}${folder}/${name}`, "utf8");
  }
  return { files, metafile };
}
