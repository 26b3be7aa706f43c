// A plugin of TypeDoc: sorts what is public into categories, by the file that it comes from.
import { basename } from "node:path";
import { CommentTag, Converter, ReflectionKind } from "typedoc";

const BY_FILE = {
  "configuration.ts": "Configuration",
  "http.ts": "Configuration",
  "response.ts": "Configuration",
  "transport.ts": "Configuration",
  "retry.ts": "Configuration",
  "update-client.ts": "Clients",
  "paginate.ts": "Clients",
  "tokens.ts": "Tokens",
  "token-source.ts": "Tokens",
  "client-auth.ts": "Tokens",
  "keys.ts": "Tokens",
  "dynamic-client.ts": "Registration",
  "registration-errors.ts": "Errors",
  "errors.ts": "Errors",
};

function categoryOf(name, file) {
  if (/Error$/.test(name)) return "Errors";
  if (/-api\.ts$/.test(file)) return "Clients";
  if (file === "types.ts") return /^\w+Api\w+Request$/.test(name) ? "Requests" : "Models";
  return BY_FILE[file];
}

export function load({ converter }) {
  const sdk = (project) => project.getChildByName("hydra-sdk");

  converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const declaration of sdk(context.project).children) {
      const [node] = context.getSymbolFromReflection(declaration)?.declarations ?? [];
      const category = node && categoryOf(declaration.name, basename(node.getSourceFile().fileName));
      if (!category) throw new Error(`${declaration.name} belongs to no category`);
      // A function has its comment in each of its signatures.
      const documented = declaration.kindOf(ReflectionKind.Function) ? declaration.signatures : [declaration];
      const tag = () => new CommentTag("@category", [{ kind: "text", text: category }]);
      for (const { comment } of documented) comment?.blockTags.push(tag());
    }
  });

  // What the mock throws and takes of the SDK is documented there.
  converter.addUnknownSymbolResolver(({ symbolReference }, reflection) => {
    const [{ path } = {}] = symbolReference?.path ?? [];
    const target = path && sdk(reflection.project).getChildByName(path);
    return target && { target };
  });
}
