import { HYDRA_VERSIONS, type HydraVersion, knownVersion } from "../../src/core/versions.ts";
import { Configuration, MetadataApi } from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { checked } from "../support/checked.ts";

/** A server that the contract tests run against. */
export interface Target {
  name: string;
  /** The Hydra version whose behavior is expected. */
  version: HydraVersion;
  publicUrl: string;
  adminUrl: string;
  fetch: typeof fetch;
  /** Lets time pass: advances the clock of the mock, or waits. */
  wait(milliseconds: number): Promise<void>;
  /** How responses have differed from openapi.yaml so far. */
  problems: readonly string[];
  /** The operations that have succeeded so far. */
  succeeded: ReadonlySet<string>;
}

/**
 * Returns the mock of every version, and the server at `HYDRA_PUBLIC_URL` and `HYDRA_ADMIN_URL` if both are set. The server requires dynamic
 * registration, and login, consent, logout and device URLs, which need not be reachable. Its version is the one that it
 * reports, unless `HYDRA_VERSION` states another.
 */
export async function targets(): Promise<Target[]> {
  const { HYDRA_PUBLIC_URL: publicUrl, HYDRA_ADMIN_URL: adminUrl } = process.env;
  const real = publicUrl && adminUrl ? [await realTarget(publicUrl, adminUrl)] : [];
  return [...HYDRA_VERSIONS.map(mockTarget), ...real];
}

function mockTarget(version: HydraVersion): Target {
  let ahead = 0;
  const hydra = createMockHydra({ version, clock: () => Date.now() + ahead });
  return {
    name: `the mock of ${version}`,
    version,
    publicUrl: hydra.publicUrl,
    adminUrl: hydra.adminUrl,
    ...checked(hydra, hydra.fetch),
    wait: async (milliseconds) => {
      ahead += milliseconds;
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
