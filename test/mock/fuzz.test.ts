import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { expect, it } from "vitest";
import { createMockHydra } from "../../src/mock/index.ts";
import { DIFFERENCES } from "./fuzz/differences.ts";
import { ofStory, pack, play, unpack } from "./fuzz/play.mjs";

interface Step {
  /** `plausible` requests are valid, or mistakes that developers make. */
  tag: "plausible" | "odd";
  /** The request, as a template. */
  q: { method: string; path: string };
  /** What the server answered. */
  r: { s?: number; skip?: string };
}

interface Story {
  seed: number;
  seq: number;
  steps: Step[];
}

const fixture = new URL("../fixtures/hydra/stories.jsonl.br", import.meta.url);
const stories: Story[] = brotliDecompressSync(readFileSync(fixture))
  .toString()
  .split("\n")
  .map((line) => JSON.parse(line));

/** The parts in which two answers differ, such as `status` and `body.scope`. */
function differences(a: unknown, b: unknown, path = ""): string[] {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b ? [] : [path];
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].flatMap((name) => differences(left[name], right[name], path ? `${path}.${name}` : name));
}

it("answers thousands of random requests as a real server does", async () => {
  const hydra = createMockHydra({ corsOrigins: ["http://127.0.0.1:3000", "http://localhost:3000"] });
  const bases = { public: hydra.publicUrl, admin: hydra.adminUrl };
  const count = { plausible: { same: 0, all: 0 }, odd: { same: 0, all: 0 } };
  const unknown: string[] = [];
  const recorded = new Map(DIFFERENCES.map((difference) => [difference, 0]));
  for (const { seed, seq, steps } of stories) {
    const requests = { steps: steps.map(({ q }) => q) };
    const answers = await play(requests, bases, `rstory0${seed}`, (url: URL, init: RequestInit) =>
      hydra.fetch(url, init),
    );
    for (const [i, { tag, q, r }] of steps.entries()) {
      const answer = pack(ofStory(answers[i], seq, q));
      if (r.skip !== undefined && answer.skip !== undefined) continue;
      const differing = differences(unpack(r), unpack(answer));
      count[tag].all++;
      if (differing.length === 0) count[tag].same++;
      // Whatever follows a difference is a consequence of it.
      if (differing.length === 0) continue;
      const name = `${q.method} ${q.path.split("?")[0]}: ${differing[0] === "s" ? "status" : differing[0]}`;
      const known = DIFFERENCES.find(({ pattern }) => pattern.test(name));
      if (known) recorded.set(known, recorded.get(known)! + 1);
      else unknown.push(`seed ${seed}, story ${seq}, step ${i}: ${name}`);
      break;
    }
  }
  expect(unknown).toEqual([]);
  for (const [{ pattern, recorded: expected }, found] of recorded)
    expect([pattern, found]).toEqual([pattern, expected]);
  expect(count.plausible.all + count.odd.all).toBeGreaterThan(5000);
  expect(count.plausible.same / count.plausible.all).toBeGreaterThan(0.997);
  expect(count.odd.same / count.odd.all).toBeGreaterThan(0.98);
}, 120_000);
