// A store of registration credentials on disk, for one machine: each write is atomic, and only its owner can read it.
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RegistrationCredentials, RegistrationStore } from "hydra-sdk";

/** Keeps each client in a file of its own in `folder`. */
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
      // Written beside, flushed and renamed: a crash leaves the former file or the new one, never a half.
      const draft = `${fileOf(id)}.${crypto.randomUUID()}`;
      try {
        const file = await open(draft, "wx", 0o600);
        try {
          await file.writeFile(JSON.stringify(credentials));
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, fileOf(id));
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {}); // It has the token in it. What failed first is what counts.
        throw error;
      }
    },
    async delete(id: string): Promise<void> {
      await rm(fileOf(id), { force: true });
    },
  };
}
