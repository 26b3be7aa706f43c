import ts from "typescript";

/**
 * The ES module `code`, as esbuild writes it, as CommonJS: the same program line for line, so that one source map fits both.
 * `import()` becomes `require()`, for a sandbox such as Jest's has no `import()`.
 *
 * @param code the text of the module
 * @param pathOf gives what is required in place of what is imported
 */
export function toCommonJs(code, pathOf) {
  const source = ts.createSourceFile("module.js", code, ts.ScriptTarget.ES2022);
  const requires = ({ text }) => `require(${JSON.stringify(pathOf(text))})`;
  const edits = [];
  const replace = (node, text) => edits.push({ start: node.getStart(source), end: node.end, text });

  const namesOf = (node, { elements } = {}) => {
    if (elements && !node.importClause?.name) return elements;
    throw new Error(`only names can be imported and exported, not ${node.getText(source)}`);
  };

  const visit = (node) => {
    if (ts.isImportDeclaration(node)) {
      const names = namesOf(node, node.importClause?.namedBindings).map(({ propertyName, name }) =>
        propertyName ? `${propertyName.text}: ${name.text}` : name.text,
      );
      // esbuild writes several names on several lines.
      const breaks = node.getText(source).replace(/[^\n]/g, "");
      replace(node, `const { ${names.join(", ")} } = ${requires(node.moduleSpecifier)};${breaks}`);
    } else if (ts.isExportDeclaration(node)) {
      const lines = namesOf(node, node.exportClause).map(
        ({ propertyName, name }) => `exports.${name.text} = ${(propertyName ?? name).text};`,
      );
      replace(node, ["", ...lines, ""].join("\n"));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      replace(node, `Promise.resolve().then(() => ${requires(node.arguments[0])})`);
    } else {
      ts.forEachChild(node, visit);
    }
  };
  visit(source);

  let text = code;
  for (const edit of edits.reverse()) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  if (text.split("\n").length !== code.split("\n").length) throw new Error("the lines of the CommonJS file have moved");
  return `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); ${text}`;
}
