// Measures the mock's memory per client and time per request at 1,000, 10,000 and 100,000 clients. Prints Markdown.
import { Configuration, OAuth2Api } from "../dist/index.js";
import { createMockHydra } from "../dist/mock.js";

const SIZES = [1_000, 10_000, 100_000];
const PAGE = 500;
/** Clients created and deleted before measuring, so that no size includes the time of the JIT compiler. */
const WARM_UP = 5_000;
/** The number of clients to list and read, so that the figures for small sizes are equally reliable. */
const SAMPLES = 20_000;

export async function measureMock() {
  console.log(
    "\n## Scaling of the mock\n\nEvery client is created, listed page by page and deleted through the SDK, in one process.\n",
  );
  console.log(
    "| clients | KB per client | µs to create one | µs to list a page of 500 | µs to read one | µs to delete one |",
  );
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const size of SIZES) {
    const memory = await memoryOf(size);
    const { create, list, read, remove } = await grow(size);
    const times = [create, list, read, remove].map((time) => time.toFixed(0)).join(" | ");
    console.log(`| ${size.toLocaleString("en")} | ${memory.toFixed(1)} | ${times} |`);
  }
}

/** Returns the memory of one of `size` clients, in kilobytes. */
async function memoryOf(size) {
  const { hydra, api } = start();
  // The request log is trimmed at every thousandth request: make it as long before as afterwards.
  await time(2_000, (index) => create(api, index));
  hydra.state.clients.clear();
  const before = heap();
  await time(size, (index) => create(api, index));
  const memory = (heap() - before) / size / 1000;
  if (hydra.state.clients.size !== size) throw new Error("clients are missing");
  return memory;
}

async function grow(size) {
  const { hydra, api } = start();
  const ids = [];
  const steps = {
    create: async (index) => ids.push(await create(api, index)),
    read: (index) => api.getOAuth2Client({ id: ids[(index * 7919) % ids.length] }),
    remove: () => api.deleteOAuth2Client({ id: ids.pop() }),
  };
  await time(WARM_UP, steps.create);
  await walk(api, WARM_UP);
  await time(WARM_UP, steps.read);
  await time(WARM_UP, steps.remove);

  const created = await time(size, steps.create);
  const walks = Math.max(1, SAMPLES / size);
  const list = (await time(walks, () => walk(api, size))) / (size / PAGE);
  const read = await time(SAMPLES / 4, steps.read);
  const remove = await time(size, steps.remove);
  if (hydra.state.clients.size !== 0) throw new Error("clients are left");
  return { create: created, list, read, remove };
}

function start() {
  const hydra = createMockHydra({ seed: "bench" });
  const { publicUrl: basePath, adminUrl: adminBasePath, fetch } = hydra;
  return { hydra, api: new OAuth2Api(new Configuration({ basePath, adminBasePath, fetch })) };
}

async function create(api, index) {
  const oAuth2Client = { client_name: `Client ${index}`, owner: "bench" };
  return (await api.createOAuth2Client({ oAuth2Client })).data.client_id;
}

/** Lists all `size` clients. */
async function walk(api, size) {
  let listed = 0;
  let pageToken;
  do {
    const { data, headers } = await api.listOAuth2Clients({ pageSize: PAGE, pageToken });
    listed += data.length;
    pageToken = new URLSearchParams(/\?([^>]*)>; rel="next"/.exec(headers.link)?.[1]).get("page_token") ?? undefined;
  } while (pageToken);
  if (listed !== size) throw new Error(`the pages held ${listed} of ${size} clients`);
}

/** Returns the average time of a run in microseconds. */
async function time(count, run) {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) await run(index);
  return ((performance.now() - start) / count) * 1000;
}

export function heap() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
