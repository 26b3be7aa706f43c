// Changes single fields of a client with a JSON Patch (RFC 6902): a list of add, replace and remove.
//
//   npx tsx examples/clients/patch.ts
import { type JsonPatch, OAuth2Api } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { attempt } from "../support/attempt.ts";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });

const { data: created } = await oauth2.createOAuth2Client({
  oAuth2Client: { client_name: "Web shop", redirect_uris: ["https://a.example.com/cb", "https://b.example.com/cb"] },
});
const id = created.client_id!;

try {
  const { data: client } = await oauth2.patchOAuth2Client({
    id,
    jsonPatch: [
      { op: "replace", path: "/owner", value: "shop-team" }, // "owner" works too: the slash is added.
      { op: "add", path: "/redirect_uris/-", value: "https://c.example.com/cb" }, // "-" appends.
      { op: "remove", path: "/redirect_uris/0" },
      { op: "add", path: "/metadata", value: { "plan/2026": "gold" } },
      { op: "replace", path: "/metadata/plan~12026", value: "silver" }, // ~1 is a slash, ~0 a tilde.
    ],
  });
  console.log("owner:", client.owner, "redirect URIs:", client.redirect_uris, "metadata:", client.metadata);

  const patch = (...jsonPatch: JsonPatch[]) => oauth2.patchOAuth2Client({ id, jsonPatch });
  // The entire patch is rejected, and Hydra returns a 500 without a reason.
  await attempt("a missing path", patch({ op: "remove", path: "/redirect_uris/7" }));
  // An operation that Hydra does not support is rejected before it is sent.
  await attempt("a test operation", patch({ op: "test", path: "/owner", value: "shop-team" }));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
