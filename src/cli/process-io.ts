import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Io, Sink, Source } from "./io.ts";

/** The world of a command that runs as a process. */
export function processIo(signal: AbortSignal): Io {
  const { env, stdin, stdout, stderr } = process;
  return {
    env,
    stdin: source(stdin, signal),
    stdout: sink(stdout),
    stderr: sink(stderr),
    signal,
    now: () => Date.now(),
    openBrowser,
  };
}

function sink(stream: NodeJS.WriteStream): Sink {
  return {
    write: async (text) => {
      if (!stream.write(text)) await once(stream, "drain");
    },
    isTerminal: stream.isTTY === true,
    get width() {
      return stream.columns ?? 80;
    },
  };
}

function source(stream: NodeJS.ReadStream, signal: AbortSignal): Source {
  return {
    isTerminal: stream.isTTY === true,
    async text() {
      stream.setEncoding("utf8");
      let text = "";
      for await (const chunk of stream) text += chunk;
      return text;
    },
    async ask(question, { hidden }) {
      let muted = false;
      const echo = new Writable({
        write(chunk, _encoding, done) {
          if (!muted) process.stderr.write(chunk);
          done();
        },
      });
      const lines = createInterface({ input: stream, output: echo, terminal: true });
      try {
        // Ctrl+C at the prompt is a key for readline, which keeps it from the process.
        lines.once("SIGINT", () => process.emit("SIGINT"));
        return await new Promise<string>((resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason), { once: true });
          lines.once("close", () => resolve(""));
          lines.question(question, resolve);
          muted = hidden;
        });
      } finally {
        lines.close();
        if (hidden) process.stderr.write("\n");
      }
    },
  };
}

async function openBrowser(url: string): Promise<boolean> {
  const [program, ...args] =
    process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["explorer.exe"] : ["xdg-open"];
  const child = spawn(program!, [...args, url], { stdio: "ignore", detached: true });
  child.unref();
  const started = once(child, "spawn").then(() => true);
  return started.catch(() => false);
}
