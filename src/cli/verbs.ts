/** What a verb does, in one line for the help. */
export const VERBS: Readonly<Record<string, string>> = {
  create: "Create something new",
  get: "Show by ID",
  list: "List what there is",
  update: "Change the given fields, or replace by a file",
  patch: "Change by a JSON Patch (RFC 6902)",
  delete: "Delete by ID, or all",
  import: "Create from files",
  rotate: "Replace a secret while the old one still works",
  forget: "End the secrets that were replaced",
  register: "Register a client at the public API (RFC 7591)",
  recover: "Lead on where a registration token was lost",
  perform: "Get tokens by a grant of OAuth 2.0",
  introspect: "Show what a token allows",
  revoke: "Revoke a token",
  use: "Choose the default",
};

/** Other words for a verb. */
export const VERB_ALIASES: Readonly<Record<string, string>> = { list: "ls" };
