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
      { op: "replace", path: "/owner", value: "shop-team" }, // "owner" does as well: the slash is added.
      { op: "add", path: "/redirect_uris/-", value: "https://c.example.com/cb" }, // "-" is behind the last one.
      { op: "remove", path: "/redirect_uris/0" },
      { op: "add", path: "/metadata", value: { "plan/2026": "gold" } },
      { op: "replace", path: "/metadata/plan~12026", value: "silver" }, // ~1 is a slash, ~0 a tilde.
    ],
  });
  console.log("owner:", client.owner, "redirect URIs:", client.redirect_uris, "metadata:", client.metadata);

  const patch = (...jsonPatch: JsonPatch[]) => oauth2.patchOAuth2Client({ id, jsonPatch });
  // All of a patch is refused, and Hydra's own answer is a bare 500.
  await attempt("a path that is not there", patch({ op: "remove", path: "/redirect_uris/7" }));
  // What Hydra cannot do is refused before it is sent.
  await attempt("a test", patch({ op: "test", path: "/owner", value: "shop-team" }));
} finally {
  await cleanUp(oauth2.deleteOAuth2Client({ id }));
}
