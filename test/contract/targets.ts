import { type HydraVersion, knownVersion } from "../../src/core/versions.ts";
import { Configuration, MetadataApi } from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { checked } from "../support/checked.ts";

/** A Hydra to hold to its promises. */
export interface Target {
  name: string;
  /** Whose behavior to expect. */
  version: HydraVersion;
  publicUrl: string;
  adminUrl: string;
  fetch: typeof fetch;
  /** Lets time pass: by the mock's clock, or for real. */
  wait(milliseconds: number): Promise<void>;
  /** Answers that were not as openapi.yaml says, so far. */
  problems: readonly string[];
  /** The operations that have succeeded so far. */
  succeeded: ReadonlySet<string>;
}

/**
 * The mock, always; and the real server at `HYDRA_PUBLIC_URL` and `HYDRA_ADMIN_URL` where both are set. It needs dynamic
 * registration, and login, consent, logout and device URLs, which nobody has to serve. What it says of its version counts,
 * unless `HYDRA_VERSION` names another.
 */
export async function targets(): Promise<Target[]> {
  const { HYDRA_PUBLIC_URL: publicUrl, HYDRA_ADMIN_URL: adminUrl } = process.env;
  const real = publicUrl && adminUrl ? [await realTarget(publicUrl, adminUrl)] : [];
  return [mockTarget(), ...real];
}

function mockTarget(): Target {
  let now = Date.now();
  const hydra = createMockHydra({ clock: () => now });
  return {
    name: "the mock",
    version: "master",
    publicUrl: hydra.publicUrl,
    adminUrl: hydra.adminUrl,
    ...checked(hydra, hydra.fetch),
    wait: async (milliseconds) => {
      now += milliseconds;
    },
  };
}

async function realTarget(publicUrl: string, adminUrl: string): Promise<Target> {
  const metadata = new MetadataApi(new Configuration({ basePath: publicUrl, adminBasePath: adminUrl }));
  const version = knownVersion(process.env["HYDRA_VERSION"] ?? (await metadata.getVersion()).data.version);
  return {
    name: `a real Hydra ${version}`,
    version,
    publicUrl,
    adminUrl,
    ...checked({ publicUrl, adminUrl }, fetch),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
