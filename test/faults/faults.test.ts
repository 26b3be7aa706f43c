import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Fetch, isHydraError, withRetry } from "../../src/index.ts";
import { type Attempt, FAULTS, type FaultName, type Gateway, openGateway } from "./gateway.ts";
import {
  clientSequence,
  faultyStore,
  pagingSequence,
  planSequence,
  registrationSequence,
  type Sequence,
  type Setup,
  STORE_FAULTS,
  storeSequence,
  tokenSequence,
} from "./sequences.ts";

/**
 * The timeout of a call, in milliseconds. If a fault never responds, fake time passes immediately, so such cases run one by
 * one. A busy machine cannot cause a timeout.
 */
const TIMEOUT = 60_000;
const pass = async (milliseconds: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(milliseconds));
const isHanging = ({ fault }: { fault: string }): boolean => /no response|slow|does not respond/.test(fault);
const CONCURRENCY = 16;

const sequences: Record<string, (setup: Setup) => Sequence> = {
  "managing a client": clientSequence,
  "managing a registration": registrationSequence,
  "a token source": tokenSequence,
  "listing page by page": pagingSequence,
  "clients as code": planSequence,
  "listing with prefetch": (setup) => pagingSequence(setup, true),
};

interface Outcome {
  gateway: Gateway;
  sequence: Sequence;
  error: any;
  /** The events passed to `onAttempt`, and the delays before retries. */
  reported: unknown[];
  delays: number[];
}

async function runCase(
  start: (setup: Setup) => Sequence,
  retries: boolean,
  fault: FaultName | undefined,
  step: number,
  check: (outcome: Outcome) => Promise<void>,
): Promise<number> {
  const reported: unknown[] = [];
  const delays: number[] = [];
  let sequence: Sequence | undefined;
  const gateway = await openGateway(
    fault,
    step,
    async (attempt) => sequence!.writeConcurrently(attempt),
    () => pass(TIMEOUT),
  );
  try {
    const sleep = async (delay: number) => void delays.push(delay);
    const fetch: Fetch = retries
      ? withRetry(gateway.fetch, { sleep, random: () => 0, onAttempt: (attempt) => reported.push(attempt) })
      : gateway.fetch;
    sequence = start({ gateway, fetch, timeout: TIMEOUT });
    const error = await sequence.run().then(
      () => undefined,
      (thrown) => thrown,
    );
    await check({ gateway, sequence, error, reported, delays });
    return gateway.attempts.length;
  } finally {
    await gateway.close();
  }
}

/** Whether `withRetry` may resend a request after a fault, according to its documentation. */
function mayRetry({ method, path, body }: Attempt, fault: FaultName): boolean {
  const rateLimited = fault.startsWith("429");
  if (method === "GET")
    return rateLimited || fault === "503" || /^(connection refused|connection reset|50[24])/.test(fault);
  if (path.startsWith("/oauth2/register") || body.includes("client_assertion=")) return false;
  if (rateLimited || fault === "connection refused") return true;
  return fault === "503" && method !== "POST" && method !== "PATCH";
}

/** The error of a request that is not retried. */
function expectedError({ method, path }: Attempt, fault: FaultName): object {
  const registers = path.startsWith("/oauth2/register") && method !== "GET";
  const unknownState = (cause: object) => (registers ? { name: "RegistrationStateUnknownError", cause } : cause);
  if (fault === "connection refused") return { name: "NetworkError", code: "ECONNREFUSED" };
  if (/^connection (reset|closed)/.test(fault)) return unknownState({ name: "NetworkError" });
  if (/^(no response|slow)/.test(fault)) return unknownState({ name: "TimeoutError" });
  if (fault === "abort by the caller") return unknownState({ name: "AbortError" });
  if (/^(HTML|truncated body)/.test(fault)) return unknownState({ name: "InvalidResponseError", status: 200 });
  if (fault === "redirect to another host") return { name: "InvalidResponseError", status: 307 };
  const status = Number(fault.slice(0, 3));
  const responseError = { name: "ResponseError", status };
  return status === 502 || status === 504 ? unknownState(responseError) : responseError;
}

/** Whether the error means that the server did not process the request. */
const isDefinite = (error: any): boolean =>
  /^(400|401|403|404|409|429|500|503|307)$/.test(error.status) ||
  error.code === "ECONNREFUSED" ||
  /^(UpdateConflict|StaleRegistrationToken)Error$/.test(error.name);

async function checkOutcome(fault: FaultName, { gateway, sequence, error, reported, delays }: Outcome): Promise<void> {
  const { attempts, secrets, hydra } = gateway;
  const index = attempts.findIndex((attempt) => attempt.fault);
  const hit = attempts[index]!;
  const next = attempts[index + 1];
  const after = JSON.stringify([...hydra.state.clients.values()]);
  expect(gateway.requestsElsewhere, "no request reached another host").toBe(0);

  const hadConcurrentWriter = fault === "concurrent writer";
  const retried = reported.length > 0 && mayRetry(hit, fault);
  const isSame = next?.method === hit.method && next.path === hit.path && next.body === hit.body;
  if (hadConcurrentWriter) {
    if (error) expect(["UpdateConflictError", "StaleRegistrationTokenError"]).toContain(error.name);
  } else if (retried) {
    expect(error).toBeUndefined();
    expect(isSame, "the request is retried").toBe(true);
    expect(delays).toEqual([fault === "429 with Retry-After" ? 2000 : 0]);
  } else {
    expect(error).toMatchObject(expectedError(hit, fault));
    // No sequence continues after a failure.
    expect(next, "no request is retried").toBeUndefined();
  }

  if (error) {
    expect(isHydraError(error)).toBe(true);
    if (isDefinite(error) && !hadConcurrentWriter) expect(after, "the server state is unchanged").toBe(hit.before);
  }
  const output = [error, reported]
    .map((value) => `${inspect(value, { depth: 20 })}${JSON.stringify(value)}${value?.stack}`)
    .join();
  for (const secret of secrets) expect(output, "no secret is revealed").not.toContain(secret.slice(0, 16));
  await gateway.released();
  await sequence.verify(error, hadConcurrentWriter);
}

let cases = 0;
let lost = 0;
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
});
const printed = ["log", "info", "warn", "error", "debug"].map((name) => vi.spyOn(console, name as "log"));
const unhandled = vi.fn();
process.on("unhandledRejection", unhandled);

/** Runs and counts all cases, and fails with a list of those that lost something. */
async function runAll<C extends { fault: string; step: number }>(all: C[], run: (faultCase: C) => Promise<void>) {
  cases += all.length;
  const losses: string[] = [];
  const work = async (queue: C[]): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      try {
        await run(next);
      } catch (problem) {
        const reason = problem instanceof Error ? problem.message : inspect(problem);
        losses.push(`${next.fault} at step ${next.step}: ${reason}`);
      }
    }
  };
  await work(all.filter(isHanging));
  const others = all.filter((faultCase) => !isHanging(faultCase));
  await Promise.all(Array.from({ length: CONCURRENCY }, () => work(others)));
  lost += losses.length;
  expect(losses).toEqual([]);
}

describe.each(Object.entries(sequences))("%s", (_, start) => {
  test.each([
    ["with plain fetch", false],
    ["with retries", true],
  ])("%s: survives every fault at every step", { timeout: 120_000 }, async (_, retries) => {
    const steps = await runCase(start, retries, undefined, 0, async ({ error, sequence }) => {
      expect(error).toBeUndefined();
      await sequence.verify(error, false);
    });
    const queue = (Object.keys(FAULTS) as FaultName[]).flatMap((fault) =>
      Array.from({ length: steps }, (_, step) => ({ fault, step: step + 1 })),
    );
    await runAll(queue, async ({ fault, step }) => {
      await runCase(start, retries, fault, step, (outcome) => checkOutcome(fault, outcome));
    });
  });
});

describe("a registration whose store fails", () => {
  async function runStoreCase(fault: (typeof STORE_FAULTS)[number] | undefined, step: number, reopens: boolean) {
    const gateway = await openGateway(undefined, 0);
    const store = faultyStore(fault, step, pass);
    try {
      const sequence = storeSequence({ gateway, fetch: gateway.fetch, timeout: TIMEOUT }, store, reopens);
      const error = await sequence.run().then(
        () => undefined,
        (thrown) => thrown,
      );
      const output = `${inspect(error, { depth: 20, showHidden: true })}${JSON.stringify(error)}${error?.stack}`;
      for (const secret of gateway.secrets) expect(output, "no secret is revealed").not.toContain(secret.slice(0, 16));
      await sequence.verify(error, false);
      return store.operations;
    } finally {
      await gateway.close();
    }
  }

  test("survives every fault at every step", { timeout: 120_000 }, async () => {
    const steps = await runStoreCase(undefined, 0, false);
    const queue = STORE_FAULTS.flatMap((fault) =>
      [true, false].flatMap((reopens) =>
        Array.from({ length: steps }, (_, step) => ({ fault, step: step + 1, reopens })),
      ),
    );
    await runAll(queue, async ({ fault, step, reopens }) => {
      await runStoreCase(fault, step, reopens);
    });
  });
});

test("prints nothing, leaves no rejection unhandled, and injects the number of faults that the README states", () => {
  expect(cases).toBe(1348);
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  expect(unhandled).not.toHaveBeenCalled();
});

afterAll(() => {
  vi.useRealTimers();
  for (const spy of printed) spy.mockRestore();
  process.off("unhandledRejection", unhandled);
  console.log(`${cases} faults, ${lost} losses`);
});
