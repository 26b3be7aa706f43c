// Reads lists of increasing size page by page. The server generates each page, so all memory belongs to the reader.
// Prints Markdown. To run it alone: npm run build -- --js && node --expose-gc bench/paging.mjs
import { pathToFileURL } from "node:url";
import { OAuth2Api, paginate } from "../dist/index.js";
import { heap } from "./mock.mjs";

const SIZES = [1_000, 10_000, 100_000];
const PAGE = 500;

export async function measurePaging() {
  console.log(
    "\n## Reading all clients with `paginate`\n\nMemory is the peak of live objects, including the current page of 500.\n",
  );
  console.log("| clients | peak MB | ms |\n| --- | --- | --- |");
  await walk(SIZES[0]);
  for (const size of SIZES) {
    const { peak, time } = await walk(size);
    console.log(`| ${size.toLocaleString("en")} | ${(peak / 1e6).toFixed(2)} | ${time.toFixed(0)} |`);
  }
}

async function walk(size) {
  const api = new OAuth2Api({ basePath: "http://127.0.0.1:4445", fetch: serve(size) });
  const before = heap();
  let [peak, time, read] = [0, 0, 0];
  let start = performance.now();
  const clients = paginate((page, options) => api.listOAuth2Clients(page, options), { pageSize: PAGE });
  for await (const { client_id } of clients) {
    if (client_id !== `client-${read}`) throw new Error(`expected client-${read}, got ${client_id}`);
    read += 1;
    if (read % (size / 10)) continue;
    time += performance.now() - start;
    peak = Math.max(peak, heap() - before);
    start = performance.now();
  }
  if (read !== size) throw new Error(`read ${read} of ${size} clients`);
  return { peak, time };
}

/** Serves a list of `size` clients of 1 kB each. */
function serve(size) {
  const metadata = { note: "x".repeat(900) };
  return async (url) => {
    const first = Number(new URL(url).searchParams.get("page_token") ?? 0);
    const count = Math.min(PAGE, size - first);
    const clients = Array.from({ length: count }, (_, index) => ({ client_id: `client-${first + index}`, metadata }));
    const next = first + count < size ? { link: `</admin/clients?page_token=${first + count}>; rel="next"` } : {};
    return new Response(JSON.stringify(clients), { headers: { "content-type": "application/json", ...next } });
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await measurePaging();
