import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { RegistrationStore } from "../index.ts";
import type { Io } from "./io.ts";

/** The folder of the registration access tokens, which the command line keeps between calls. */
export function registrationFolder(env: Io["env"]): string {
  const state = env["XDG_STATE_HOME"] || (env["LOCALAPPDATA"] ?? join(env["HOME"] ?? homedir(), ".local", "state"));
  return join(state, "hydra-sdk", "registrations");
}

/**
 * Keeps the credentials of the clients of one server in files that only their owner can read. A write is atomic: after a
 * crash, the file is either the old or the new one.
 */
export function fileStore(folder: string, server: string): RegistrationStore & { prepare(): Promise<void> } {
  // A folder for each server: a token must not be sent to another one.
  const own = join(folder, encodeURIComponent(server.replace(/\/$/, "")));
  const fileOf = (key: string) => join(own, `${encodeURIComponent(key)}.json`);

  async function write(file: string, text: string): Promise<void> {
    await mkdir(own, { recursive: true, mode: 0o700 });
    const temporary = `${file}.${crypto.randomUUID()}`;
    try {
      const handle = await open(temporary, "wx", 0o600);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {}); // It contains the token. Keep the first error.
      throw error;
    }
  }

  return {
    /** Fails before anything is sent if the folder cannot be written to. */
    async prepare() {
      const probe = fileOf(`probe-${crypto.randomUUID()}`);
      await write(probe, "");
      await rm(probe, { force: true });
    },
    async get(key) {
      try {
        return JSON.parse(await readFile(fileOf(key), "utf8"));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    set: (key, value) => write(fileOf(key), JSON.stringify(value)),
    delete: (key) => rm(fileOf(key), { force: true }),
  };
}
