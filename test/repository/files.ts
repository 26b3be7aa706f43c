import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

export const root: string = fileURLToPath(new URL("../../", import.meta.url));

/** The text of a file in the repository. */
export const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

export const json = (path: string): any => JSON.parse(read(path));

export const yaml = (path: string): any => parse(read(path), { merge: true });

/** The paths of the workflows or forms in a folder. */
export const yamlFiles = (folder: string): string[] =>
  readdirSync(`${root}${folder}`)
    .filter((name) => name.endsWith(".yml"))
    .map((name) => `${folder}/${name}`);
