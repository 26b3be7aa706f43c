// Stores registration credentials on disk, for one machine. Writes are atomic, and only the owner can read the files.
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RegistrationCredentials, RegistrationStore } from "hydra-sdk";

/** Stores each client in its own file in `folder`. */
export function fileStore(folder: string): RegistrationStore {
  const fileOf = (id: string) => join(folder, `${encodeURIComponent(id)}.json`);
  return {
    async get(id: string): Promise<RegistrationCredentials | undefined> {
      try {
        return JSON.parse(await readFile(fileOf(id), "utf8"));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    async set(id: string, credentials: RegistrationCredentials): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Write a temporary file, flush it and rename it: after a crash, the file is either the old or the new one.
      const temporaryFile = `${fileOf(id)}.${crypto.randomUUID()}`;
      try {
        const file = await open(temporaryFile, "wx", 0o600);
        try {
          await file.writeFile(JSON.stringify(credentials));
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporaryFile, fileOf(id));
      } catch (error) {
        await rm(temporaryFile, { force: true }).catch(() => {}); // It contains the token. Keep the first error.
        throw error;
      }
    },
    async delete(id: string): Promise<void> {
      await rm(fileOf(id), { force: true });
    },
  };
}
