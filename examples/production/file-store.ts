// A store of registration credentials on disk, for one machine: each write is atomic, and only its owner can read it.
//
//   npx tsx examples/production/file-store.ts
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamicClient, OidcApi, type RegistrationCredentials, type RegistrationStore } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { endWhereOff } from "../support/attempt.ts";

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
      const file = await open(draft, "wx", 0o600);
      try {
        await file.writeFile(JSON.stringify(credentials));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, fileOf(id));
    },
    async delete(id: string): Promise<void> {
      await rm(fileOf(id), { force: true });
    },
  };
}

const folder = await mkdtemp(join(tmpdir(), "hydra-sdk-example-"));
const store = fileStore(join(folder, "clients"));
const oidc = new OidcApi({ timeout: 10_000, ...configurationFromEnv() });

try {
  const { id } = await DynamicClient.register(oidc, { client_name: "Field app" }, { store }).catch(endWhereOff);
  // After a restart, by the id alone.
  const client = await DynamicClient.open(oidc, { id, store });
  try {
    const [file] = await readdir(join(folder, "clients"));
    const { mode } = await stat(join(folder, "clients", file!));
    console.log("kept with mode", (mode & 0o777).toString(8));
    await client.update({ client_name: "Field app 2" });
    console.log("updated to", (await client.get()).data.client_name);
  } finally {
    await client.delete();
  }
  console.log("files left:", (await readdir(join(folder, "clients"))).length);
} finally {
  await rm(folder, { recursive: true });
}
