// The mock as it grows: memory a client and time a request, at 1,000, 10,000 and 100,000 clients. Prints Markdown.
import { Configuration, OAuth2Api } from "../dist/index.js";
import { createMockHydra } from "../dist/mock.js";

const SIZES = [1_000, 10_000, 100_000];
const PAGE = 500;

export async function measureMock() {
  console.log(
    "\n## The mock as it grows\n\nEvery client is created, listed page by page and deleted through the SDK, in one process.\n",
  );
  console.log(
    "| clients | KB a client | µs to create one | µs to list a page of 500 | µs to read one | µs to delete one |",
  );
  console.log("| --- | --- | --- | --- | --- | --- |");
  // Once unmeasured: the first row is not to pay for the compiler.
  await grow(SIZES[0]);
  await grow(SIZES[0]);
  for (const size of SIZES) {
    const { memory, create, list, read, remove } = await grow(size);
    const times = [create, list, read, remove].map((time) => time.toFixed(0)).join(" | ");
    console.log(`| ${size.toLocaleString("en")} | ${memory.toFixed(1)} | ${times} |`);
  }
}

async function grow(size) {
  const hydra = createMockHydra({ seed: "bench" });
  const { publicUrl: basePath, adminUrl: adminBasePath, fetch } = hydra;
  const api = new OAuth2Api(new Configuration({ basePath, adminBasePath, fetch }));
  // The log of the last requests is full before memory is measured.
  await time(1_000, () => api.listOAuth2Clients());
  const before = heap();
  const ids = [];
  const create = await time(size, async (index) => {
    const { data } = await api.createOAuth2Client({ oAuth2Client: { client_name: `Client ${index}`, owner: "bench" } });
    ids.push(data.client_id);
  });
  const memory = (heap() - before) / size / 1000;
  let listed = 0;
  let pageToken;
  const list = await time(size / PAGE, async () => {
    const { data, headers } = await api.listOAuth2Clients({ pageSize: PAGE, pageToken });
    listed += data.length;
    pageToken = new URLSearchParams(/\?([^>]*)>; rel="next"/.exec(headers.link)?.[1]).get("page_token") ?? undefined;
  });
  if (listed !== size || pageToken) throw new Error(`the pages held ${listed} of ${size} clients`);
  const read = await time(1_000, (index) => api.getOAuth2Client({ id: ids[(index * 7919) % size] }));
  const remove = await time(size, (index) => api.deleteOAuth2Client({ id: ids[index] }));
  if (hydra.state.clients.size !== 0) throw new Error("clients are left");
  return { memory, create, list, read, remove };
}

/** Microseconds that one of `count` runs takes. */
async function time(count, run) {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) await run(index);
  return ((performance.now() - start) / count) * 1000;
}

function heap() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
