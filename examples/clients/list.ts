// Lists all clients page by page, and fetches each page only when it is needed.
//
//   npx tsx examples/clients/list.ts
import { OAuth2Api, paginate } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";
import { cleanUp } from "../support/clean-up.ts";

const oauth2 = new OAuth2Api({ timeout: 10_000, ...configurationFromEnv() });
const owner = `list-example-${crypto.randomUUID()}`;

const ids: string[] = [];
try {
  for (const client_name of ["One", "Two", "Three", "Four", "Five"]) {
    const { data } = await oauth2.createOAuth2Client({ oAuth2Client: { client_name, owner } });
    ids.push(data.client_id!);
  }

  // All clients of an owner. A page contains 100 clients by default and 500 at most; here it is 2, to get several pages.
  let count = 0;
  for await (const { client_name } of paginate((page) => oauth2.listOAuth2Clients(page), { owner, pageSize: 2 })) {
    count += 1;
    console.log(count, client_name);
  }

  // Whole pages, for batch processing.
  const pages = paginate((page) => oauth2.listOAuth2Clients(page), { owner, pageSize: 2 }).pages();
  for await (const page of pages) console.log("a page of", page.length);

  // A list in memory, of so many clients at most.
  const first = await paginate(oauth2.listOAuth2Clients, { owner }).toArray({ limit: 3 });
  console.log("the first", first.length);

  // Leaving the loop stops the iteration: no further page is requested.
  const filter = { owner, clientName: "Three" };
  for await (const client of paginate((page) => oauth2.listOAuth2Clients(page), filter)) {
    console.log("found", client.client_name);
    break;
  }
} finally {
  await cleanUp(...ids.map((id) => oauth2.deleteOAuth2Client({ id })));
}
