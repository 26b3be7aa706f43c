// The rooms of the source, and which of them each may import. ARCHITECTURE.md shows the same table; a test compares the two.

/** Each room with the rooms that it may import. A room is a folder, or a file that stands by itself. */
export const ROOMS = {
  "src/schema.ts": [],
  "src/types.ts": ["src/schema.ts"],
  "src/core/": ["src/types.ts", "src/schema.ts"],
  "src/api/": ["src/core/", "src/types.ts"],
  "src/tokens/": ["src/core/", "src/types.ts"],
  "src/clients/": ["src/api/", "src/core/", "src/types.ts"],
  "src/guard/": ["src/api/", "src/core/", "src/types.ts"],
  "src/registration/": ["src/clients/", "src/api/", "src/core/", "src/types.ts"],
  "src/mcp/": ["src/api/", "src/core/", "src/types.ts"],
  "src/plan/": ["src/clients/", "src/api/", "src/core/", "src/types.ts"],
  "src/index.ts": [
    "src/api/",
    "src/clients/",
    "src/core/",
    "src/guard/",
    "src/mcp/",
    "src/plan/",
    "src/registration/",
    "src/tokens/",
    "src/types.ts",
  ],
  "src/mock/state/": ["src/types.ts"],
  "src/mock/context.ts": ["src/mock/state/", "src/mock/options.ts"],
  "src/mock/http/": ["src/mock/state/", "src/mock/context.ts"],
  "src/mock/keys/": ["src/mock/http/", "src/mock/state/", "src/mock/context.ts", "src/types.ts"],
  "src/mock/clients/": ["src/mock/keys/", "src/mock/http/", "src/mock/state/", "src/mock/context.ts", "src/types.ts"],
  "src/mock/tokens/": [
    "src/mock/clients/",
    "src/mock/keys/",
    "src/mock/http/",
    "src/mock/state/",
    "src/mock/context.ts",
    "src/types.ts",
  ],
  "src/mock/login/": [
    "src/mock/tokens/",
    "src/mock/clients/",
    "src/mock/keys/",
    "src/mock/http/",
    "src/mock/state/",
    "src/mock/context.ts",
    "src/types.ts",
  ],
  "src/mock/console/": [
    "src/mock/hydra.ts",
    "src/mock/options.ts",
    "src/mock/check-options.ts",
    "src/mock/clients/",
    "src/mock/http/",
    "src/mock/state/",
    "src/types.ts",
  ],
  "src/mock/controls/": ["src/mock/operations.ts", "src/mock/keys/", "src/mock/http/", "src/index.ts"],
  "src/client-schema.ts": [],
  "src/console/page/": ["src/index.ts", "src/client-schema.ts"],
  "src/console/server.ts": ["src/index.ts"],
  "src/cli/": [
    "src/console/server.ts",
    "src/index.ts",
    "src/mock/index.ts",
    "src/mock/node.ts",
    "src/client-schema.ts",
  ],
};

const escaped = (path) => path.replaceAll(".", "\\.");
const isAny = (paths) => `^(${paths.map(escaped).join("|")})`;

const walls = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room} imports only ${allowed.join(", ") || "nothing"}`,
  severity: "error",
  from: { path: isAny([room]) },
  to: { path: "^src/", pathNot: isAny([room, ...allowed]) },
}));

export default {
  forbidden: [
    {
      name: "no circle",
      comment: "Whoever reads one of the files would have to read all of them. Imports of types count, too.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...walls,
    {
      name: "the mock stays out of the SDK",
      comment: "Applications that do not test must not load it; the command line serves it.",
      severity: "error",
      from: { pathNot: "^src/(mock|cli)/" },
      to: { path: "^src/mock/" },
    },
    {
      name: "node: only in the listeners and the command",
      comment: "Everything else runs in browsers and Workers, too.",
      severity: "error",
      from: { pathNot: "^src/(mock/node\\.ts$|console/server\\.ts$|cli/)" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "openapi-fetch only in the transport",
      severity: "error",
      from: { pathNot: "^src/core/(transport|operation)\\.ts$" },
      to: { path: "node_modules/openapi-" },
    },
    {
      name: "jose and fast-json-patch only when they are first used",
      comment: "Outside the mock they are loaded by import(), so that a bundle of the API classes does not hold them.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(mock|cli)/" },
      to: { path: "node_modules/(jose|fast-json-patch)/", dynamic: false, dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
