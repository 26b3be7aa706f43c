import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Fetch, isHydraError, withRetry } from "../../src/index.ts";
import { type Attempt, FAULTS, type FaultName, type Gateway, openGateway } from "./gateway.ts";
import {
  clientLife,
  faultyStore,
  type Life,
  type Place,
  pagingLife,
  registrationLife,
  STORE_FAULTS,
  storeLife,
  tokenLife,
} from "./sequences.ts";

/**
 * Milliseconds that a call may take. They pass at once when a fault is silent, for which such cases run one by one, and
 * never while a machine is merely busy.
 */
const TIMEOUT = 60_000;
const pass = async (milliseconds: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(milliseconds));
const isSilent = ({ fault }: { fault: string }): boolean => /silence|slow/.test(fault);
const AT_ONCE = 16;

const sequences: Record<string, (place: Place) => Life> = {
  "the life of a client": clientLife,
  "the life of a registration": registrationLife,
  "a token source": tokenLife,
  "a list, page by page": pagingLife,
  "a list, read ahead": (place) => pagingLife(place, true),
};

interface Outcome {
  gateway: Gateway;
  life: Life;
  error: any;
  /** What the attempts' hook was told, and the waits that `Retry-After` asked for. */
  told: unknown[];
  waits: number[];
}

async function play(
  start: (place: Place) => Life,
  retries: boolean,
  fault: FaultName | undefined,
  step: number,
  judge: (outcome: Outcome) => Promise<void>,
): Promise<number> {
  const told: unknown[] = [];
  const waits: number[] = [];
  let life: Life | undefined;
  const gateway = await openGateway(
    fault,
    step,
    async (attempt) => life!.intrude(attempt),
    () => pass(TIMEOUT),
  );
  try {
    const sleep = async (pause: number) => void waits.push(pause);
    const fetch: Fetch = retries
      ? withRetry(gateway.fetch, { sleep, random: () => 0, onAttempt: (attempt) => told.push(attempt) })
      : gateway.fetch;
    life = start({ gateway, fetch, timeout: TIMEOUT });
    const error = await life.run().then(
      () => undefined,
      (thrown) => thrown,
    );
    await judge({ gateway, life, error, told, waits });
    return gateway.attempts.length;
  } finally {
    await gateway.close();
  }
}

/** Whether a request may be sent again after a fault, by what the documentation of `withRetry` says. */
function mayRepeat({ method, path, body }: Attempt, fault: FaultName): boolean {
  const busy = fault.startsWith("429");
  if (method === "GET") return busy || fault === "503" || /^(refused|reset|50[24])/.test(fault);
  if (path.startsWith("/oauth2/register") || body.includes("client_assertion=")) return false;
  if (busy || fault === "refused") return true;
  return fault === "503" && method !== "POST" && method !== "PATCH";
}

/** What a request that is not repeated ends with. */
function expectedError({ method, path }: Attempt, fault: FaultName): object {
  const registers = path.startsWith("/oauth2/register") && method !== "GET";
  const unknown = (cause: object) => (registers ? { name: "RegistrationStateUnknownError", cause } : cause);
  if (fault === "refused") return { name: "NetworkError", code: "ECONNREFUSED" };
  if (/^(reset|a body that breaks off)/.test(fault)) return unknown({ name: "NetworkError" });
  if (/^(silence|slow)/.test(fault)) return unknown({ name: "TimeoutError" });
  if (fault === "an abort by the caller") return unknown({ name: "AbortError" });
  if (/^(HTML|a body that was cut)/.test(fault)) return unknown({ name: "InvalidResponseError", status: 200 });
  if (fault === "a redirect to another host") return { name: "InvalidResponseError", status: 307 };
  const status = Number(fault.slice(0, 3));
  const answered = { name: "ResponseError", status };
  return status === 502 || status === 504 ? unknown(answered) : answered;
}

/** Whether the error says that the server did nothing. */
const isDefinite = (error: any): boolean =>
  /^(400|401|403|404|409|429|500|503|307)$/.test(error.status) ||
  error.code === "ECONNREFUSED" ||
  /^(UpdateConflict|StaleRegistrationToken)Error$/.test(error.name);

async function judge(fault: FaultName, { gateway, life, error, told, waits }: Outcome): Promise<void> {
  const { attempts, secrets, hydra } = gateway;
  const index = attempts.findIndex((attempt) => attempt.fault);
  const hit = attempts[index]!;
  const next = attempts[index + 1];
  const after = JSON.stringify([...hydra.state.clients.values()]);
  expect(gateway.strayed, "nothing went to another host").toBe(0);

  const intruded = fault === "a second writer";
  const retried = told.length > 0 && mayRepeat(hit, fault);
  const isSame = next?.method === hit.method && next.path === hit.path && next.body === hit.body;
  if (intruded) {
    if (error) expect(["UpdateConflictError", "StaleRegistrationTokenError"]).toContain(error.name);
  } else if (retried) {
    expect(error).toBeUndefined();
    expect(isSame, "it is repeated").toBe(true);
    expect(waits).toEqual([fault === "429 with Retry-After" ? 2000 : 0]);
  } else {
    expect(error).toMatchObject(expectedError(hit, fault));
    // A reader ahead may have asked for nothing more; nobody else goes on after a failure.
    expect(next, "nothing is repeated").toBeUndefined();
  }

  if (error) {
    expect(isHydraError(error)).toBe(true);
    if (isDefinite(error) && !intruded) expect(after, "the server is as it was").toBe(hit.before);
  }
  const shown = [error, told]
    .map((value) => `${inspect(value, { depth: 20 })}${JSON.stringify(value)}${value?.stack}`)
    .join();
  for (const secret of secrets) expect(shown, "no secret is shown").not.toContain(secret.slice(0, 16));
  await gateway.released();
  await life.settle(error, intruded);
}

let cases = 0;
let lost = 0;
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
});
const printed = ["log", "info", "warn", "error", "debug"].map((name) => vi.spyOn(console, name as "log"));
const unhandled = vi.fn();
process.on("unhandledRejection", unhandled);

/** Plays the cases of `queue`, counts them, and fails with all that was lost. */
async function playAll<C extends { fault: string; step: number }>(all: C[], playOne: (one: C) => Promise<void>) {
  cases += all.length;
  const losses: string[] = [];
  const work = async (queue: C[]): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      try {
        await playOne(next);
      } catch (problem) {
        const reason = problem instanceof Error ? problem.message : inspect(problem);
        losses.push(`${next.fault} at step ${next.step}: ${reason}`);
      }
    }
  };
  await work(all.filter(isSilent));
  const rest = all.filter((one) => !isSilent(one));
  await Promise.all(Array.from({ length: AT_ONCE }, () => work(rest)));
  lost += losses.length;
  expect(losses).toEqual([]);
}

describe.each(Object.entries(sequences))("%s", (_, start) => {
  test.each([
    ["with plain fetch", false],
    ["with retries", true],
  ])("%s: every fault at every step", { timeout: 120_000 }, async (_, retries) => {
    const steps = await play(start, retries, undefined, 0, async ({ error, life }) => {
      expect(error).toBeUndefined();
      await life.settle(error, false);
    });
    const queue = (Object.keys(FAULTS) as FaultName[]).flatMap((fault) =>
      Array.from({ length: steps }, (_, step) => ({ fault, step: step + 1 })),
    );
    await playAll(queue, async ({ fault, step }) => {
      await play(start, retries, fault, step, (outcome) => judge(fault, outcome));
    });
  });
});

describe("a registration whose store fails", () => {
  async function playStore(fault: (typeof STORE_FAULTS)[number] | undefined, step: number, opensAnew: boolean) {
    const gateway = await openGateway(undefined, 0);
    const store = faultyStore(fault, step, pass);
    try {
      const life = storeLife({ gateway, fetch: gateway.fetch, timeout: TIMEOUT }, store, opensAnew);
      const error = await life.run().then(
        () => undefined,
        (thrown) => thrown,
      );
      const shown = `${inspect(error, { depth: 20, showHidden: true })}${JSON.stringify(error)}${error?.stack}`;
      for (const secret of gateway.secrets) expect(shown, "no secret is shown").not.toContain(secret.slice(0, 16));
      await life.settle(error, false);
      return store.operations;
    } finally {
      await gateway.close();
    }
  }

  test("every fault at every step", { timeout: 120_000 }, async () => {
    const steps = await playStore(undefined, 0, false);
    const queue = STORE_FAULTS.flatMap((fault) =>
      [true, false].flatMap((opensAnew) =>
        Array.from({ length: steps }, (_, step) => ({ fault, step: step + 1, opensAnew })),
      ),
    );
    await playAll(queue, async ({ fault, step, opensAnew }) => {
      await playStore(fault, step, opensAnew);
    });
  });
});

test("nothing is printed, no failure goes unheard, and there are as many faults as the README says", () => {
  expect(cases).toBe(948);
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  expect(unhandled).not.toHaveBeenCalled();
});

afterAll(() => {
  vi.useRealTimers();
  for (const spy of printed) spy.mockRestore();
  process.off("unhandledRejection", unhandled);
  console.log(`${cases} faults, ${lost} losses`);
});
