import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** On Windows npm is a batch file, which execFile cannot run. There, run the script that comes with Node. */
const [program, ...script] =
  process.platform === "win32"
    ? [process.execPath, join(dirname(process.execPath), "node_modules/npm/bin/npm-cli.js")]
    : ["npm"];

/** Runs npm. Resolves to its `{ stdout, stderr }`; an error has them, too. */
export function npm(args, options) {
  return promisify(execFile)(program, [...script, ...args], options);
}
