import { InvalidInputError } from "../../index.ts";
import { isOperation, type Operation } from "../operations.ts";

/** Which requests go wrong, and how late. */
export interface FaultTrigger {
  /** The operation it hits. @default every operation */
  operation?: Operation;
  /** How many requests it hits before it is used up; `Infinity` until the mock is reset. @default 1 */
  times?: number;
  /** Milliseconds to wait before anything else happens; alone, a slow answer that is right. @default 0 */
  delay?: number;
}

type Members = "status" | "headers" | "body" | "dropConnection" | "cutBody" | "html";

/** One kind of fault, and none of the others. */
type Only<Kind> = Kind & { [Other in Exclude<Members, keyof Kind>]?: never };

/** What goes wrong, and with which requests. One kind of fault, with or without a `delay`, or a `delay` alone. */
export type Fault = FaultTrigger &
  (
    | Only<{
        /** Answer with this status, 200 to 599, instead of serving the request. */
        status: number;
        /** The headers that go with it, such as `retry-after`. */
        headers?: Record<string, string>;
        /** The body that goes with it, sent as JSON. @default an error body */
        body?: unknown;
      }>
    | Only<{
        /** Serve nothing and drop the connection: `fetch` rejects as it does on a broken network. */
        dropConnection: true;
      }>
    | Only<{
        /** Serve the request, then break off in the middle of the answer's body. */
        cutBody: true;
      }>
    | Only<{
        /** Answer `200` with an HTML page, as a proxy in between does; `true`, or the page. */
        html: true | string;
      }>
    | Only<{
        /** Milliseconds until the answer, which is right. */
        delay: number;
      }>
  );

/** The longest delay that a timer keeps. */
const MAX_DELAY = 2 ** 31 - 1;

/** The faults that wait for their requests. */
export class Faults {
  #faults: { fault: Fault; left: number }[] = [];

  /**
   * @throws {@link InvalidInputError} what the fault is to do is not clear, or cannot be done; `field` names the member
   */
  add(fault: Fault): void {
    check(fault);
    this.#faults.push({ fault: { ...fault }, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The oldest fault that waits for this operation, counted down. */
  take(operation: Operation | undefined): Fault | undefined {
    const waiting = this.#faults.find(({ fault }) => !fault.operation || fault.operation === operation);
    if (waiting && --waiting.left <= 0) this.#faults.splice(this.#faults.indexOf(waiting), 1);
    return waiting?.fault;
  }
}

/** Carries out a fault. `serve` gives the answer that the request would have had. */
export async function failWith(fault: Fault, signal: AbortSignal, serve: () => Promise<Response>): Promise<Response> {
  if (fault.delay) await sleep(fault.delay, signal);
  if (fault.dropConnection)
    throw new TypeError("fetch failed", { cause: new Error("the mock dropped the connection") });
  if (fault.html) {
    const page = typeof fault.html === "string" ? fault.html : "<!doctype html><title>Gateway</title><p>Please log in.";
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
  }
  if (fault.status !== undefined) {
    const body = fault.body ?? { error: "mock_fault", error_description: "The mock was told to fail." };
    const empty = [204, 205, 304].includes(fault.status);
    return new Response(empty ? null : JSON.stringify(body), {
      status: fault.status,
      headers: { ...(!empty && { "content-type": "application/json" }), ...fault.headers },
    });
  }
  return fault.cutBody ? cut(await serve()) : serve();
}

/** What the types say, for those who have none. */
function check({ operation, times, delay, status, headers, dropConnection, cutBody, html }: Fault): void {
  const refuse = (field: string, what: string): never => {
    throw new InvalidInputError(field, `${field} of a fault ${what}`);
  };
  const isWithin = (value: number, min: number, max: number): boolean => value >= min && value <= max;
  if (operation !== undefined && !isOperation(operation)) refuse("operation", "is none of the 52 operations");
  if (times !== undefined && !(isWithin(times, 1, Number.POSITIVE_INFINITY) && times === Math.floor(times)))
    refuse("times", "has to be a whole number from 1 on, or Infinity");
  if (delay !== undefined && !isWithin(delay, 0, MAX_DELAY))
    refuse("delay", `has to be 0 to ${MAX_DELAY} milliseconds`);
  if (status !== undefined && !(isWithin(status, 200, 599) && Number.isInteger(status)))
    refuse("status", "has to be a whole number from 200 to 599");
  if (dropConnection !== undefined && dropConnection !== true) refuse("dropConnection", "can only be true");
  if (cutBody !== undefined && cutBody !== true) refuse("cutBody", "can only be true");
  if (html !== undefined && html !== true && (typeof html !== "string" || html === ""))
    refuse("html", "has to be true or a page");
  try {
    new Headers(headers);
  } catch {
    refuse("headers", "has a name or a value that no header can have");
  }
  const kinds = [status, dropConnection, cutBody, html].filter((kind) => kind !== undefined);
  if (kinds.length > 1 || (kinds.length === 0 && delay === undefined))
    throw new InvalidInputError("fault", "A fault needs one of status, dropConnection, cutBody, html, or delay alone");
}

/** The same answer with a body that breaks off half way. */
async function cut(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length === 0) throw new TypeError("fetch failed", { cause: new Error("the mock cut an empty body") });
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) return controller.error(new TypeError("terminated", { cause: new Error("the mock cut the body") }));
      sent = true;
      controller.enqueue(bytes.subarray(0, Math.ceil(bytes.length / 2)));
    },
  });
  const headers = new Headers(response.headers);
  headers.set("content-length", String(bytes.length));
  return new Response(body, { status: response.status, headers });
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
