// A module of its own, which is imported when it is needed: `import()` of a bundled CommonJS package gives no names.
export { parse, parseAllDocuments, stringify, YAMLParseError } from "yaml";
