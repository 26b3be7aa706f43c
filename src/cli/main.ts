#!/usr/bin/env node
import { VERSION } from "./version.ts";

const args = process.argv.slice(2);

if (args.length === 1 && ["--version", "-v", "version"].includes(args[0]!)) {
  // Without the parser and the SDK: scripts ask for it often.
  process.stdout.write(`${VERSION}\n`);
} else {
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // A second one ends it whatever it does.
      if (interrupt.signal.aborted) process.exit(130);
      interrupt.abort();
    });
  }
  // The reader of a pipe has enough, as `head` does.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const [{ run }, { processIo }] = await Promise.all([import("./program.ts"), import("./process-io.ts")]);
  try {
    process.exitCode = await run(args, processIo(interrupt.signal));
  } catch (error) {
    process.stderr.write(
      `error: ${(error as Error).message}\n  this is a defect of hydra-sdk ${VERSION}: please report it\n`,
    );
    process.exitCode = 1;
  }
}
