// A TypeDoc plugin that assigns public names to categories by their source folder.
import { basename, dirname } from "node:path";
import { CommentTag, Converter, ReflectionKind } from "typedoc";

const BY_FOLDER = {
  api: "Clients",
  clients: "Clients",
  core: "Configuration",
  mcp: "MCP",
  plan: "Plans",
  registration: "Registration",
  guard: "Tokens",
  tokens: "Tokens",
};

function categoryOf(name, path) {
  const file = basename(path);
  if (/Error$/.test(name) || file === "errors.ts") return "Errors";
  if (basename(dirname(path)) === "plan") return BY_FOLDER.plan;
  if (file === "schema.ts") return "Models";
  if (file === "types.ts") return /^\w+Api\w+Request$/.test(name) ? "Requests" : "Models";
  return BY_FOLDER[basename(dirname(path))];
}

export function load({ converter }) {
  const sdk = (project) => project.getChildByName("hydra-sdk");

  converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const declaration of sdk(context.project).children) {
      const [node] = context.getSymbolFromReflection(declaration)?.declarations ?? [];
      const category = node && categoryOf(declaration.name, node.getSourceFile().fileName);
      if (!category) throw new Error(`${declaration.name} belongs to no category`);
      // The comment of a function is on its signatures.
      const documented = declaration.kindOf(ReflectionKind.Function) ? declaration.signatures : [declaration];
      const tag = () => new CommentTag("@category", [{ kind: "text", text: category }]);
      for (const { comment } of documented) comment?.blockTags.push(tag());
    }
  });

  // SDK types that the mock throws or accepts are documented with the SDK.
  converter.addUnknownSymbolResolver(({ symbolReference }, reflection) => {
    const [{ path } = {}] = symbolReference?.path ?? [];
    const target = path && sdk(reflection.project).getChildByName(path);
    return target && { target };
  });
}
