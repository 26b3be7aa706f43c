// One page for each file of examples/, made from the file that runs.
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));

function page(file) {
  const text = readFileSync(join(folder, file), "utf8");
  const name = `examples/${file}`;
  const fenced = `\`\`\`\`${extname(file).slice(1)}\n${text}\`\`\`\`\n`;
  return {
    params: { file: file.replaceAll(".", "-"), name },
    content: extname(file) === ".md" ? text : `# ${name}\n\n${fenced}`,
  };
}

export default {
  paths: () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => page(join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/"))),
};
