// Stores registration credentials on disk, for one machine. Writes are atomic, and only the owner can read the files.
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RegistrationCredentials, RegistrationStore, UpdateRecord } from "hydra-sdk";

/** Stores the credentials of each client, and the record of its last update, in files of their own in `folder`. */
export function fileStore(folder: string): RegistrationStore {
  const fileOf = (key: string) => join(folder, `${encodeURIComponent(key)}.json`);
  return {
    async get(key: string): Promise<RegistrationCredentials | UpdateRecord | undefined> {
      try {
        return JSON.parse(await readFile(fileOf(key), "utf8"));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    async set(key: string, value: RegistrationCredentials | UpdateRecord): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Write a temporary file, flush it and rename it: after a crash, the file is either the old or the new one.
      const temporaryFile = `${fileOf(key)}.${crypto.randomUUID()}`;
      try {
        const file = await open(temporaryFile, "wx", 0o600);
        try {
          await file.writeFile(JSON.stringify(value));
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporaryFile, fileOf(key));
      } catch (error) {
        await rm(temporaryFile, { force: true }).catch(() => {}); // It contains the token. Keep the first error.
        throw error;
      }
    },
    async delete(key: string): Promise<void> {
      await rm(fileOf(key), { force: true });
    },
  };
}
