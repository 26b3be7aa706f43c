#!/usr/bin/env node
import { processIo } from "./process-io.ts";
import { VERSION } from "./version.ts";

const args = process.argv.slice(2);
const [first, ...rest] = args;

if (rest.length === 0 && ["--version", "-v", "version"].includes(first ?? "")) {
  // Without the parser and the SDK: scripts ask for it often.
  process.stdout.write(`${VERSION}\n`);
} else {
  const interrupt = new AbortController();
  process.once("SIGINT", () => {
    interrupt.abort();
    // A second Ctrl+C ends it whatever it does.
    process.once("SIGINT", () => process.exit(130));
  });
  // The reader of a pipe has enough, as `head` does.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const { run } = await import("./program.ts");
  process.exitCode = await run(args, processIo(interrupt.signal));
}
