// A plugin of TypeDoc: sorts what is public into categories, by the file that it comes from.
import { basename } from "node:path";
import { CommentTag, Converter, ReflectionKind } from "typedoc";

const BY_FILE = {
  "configuration.ts": "Configuration",
  "http.ts": "Configuration",
  "transport.ts": "Configuration",
  "retry.ts": "Configuration",
  "update-client.ts": "Clients",
  "paginate.ts": "Clients",
  "tokens.ts": "Tokens",
  "token-source.ts": "Tokens",
  "client-auth.ts": "Tokens",
  "keys.ts": "Tokens",
  "dynamic-client.ts": "Registration",
  "errors.ts": "Errors",
};

function categoryOf(name, file) {
  if (/Error$/.test(name)) return "Errors";
  if (/-api\.ts$/.test(file)) return "Clients";
  if (file === "types.ts") return /^\w+Api\w+Request$/.test(name) ? "Requests" : "Models";
  return BY_FILE[file];
}

export function load({ converter }) {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    const entry = context.project.getChildByName("hydra-sdk");
    for (const declaration of entry.children) {
      const [{ fileName } = {}] =
        context.getSymbolFromReflection(declaration)?.declarations?.map((node) => node.getSourceFile()) ?? [];
      const category = fileName && categoryOf(declaration.name, basename(fileName));
      if (!category) throw new Error(`${declaration.name} belongs to no category`);
      // A function has its comment in each of its signatures.
      const documented = declaration.kindOf(ReflectionKind.Function) ? declaration.signatures : [declaration];
      for (const { comment } of documented)
        comment?.blockTags.push(new CommentTag("@category", [{ kind: "text", text: category }]));
    }
  });
}
