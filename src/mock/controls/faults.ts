import { InvalidInputError } from "../../index.ts";
import { html } from "../http/reply.ts";
import { isOperation, type Operation } from "../operations.ts";

/** Which requests fail, and when. */
export interface FaultTrigger {
  /** The operation that fails. @default every operation */
  operation?: Operation;
  /** How many requests fail; `Infinity` for all until the mock is reset. @default 1 */
  times?: number;
  /** Milliseconds to wait first. Without a kind of fault, the response is late but correct. @default 0 */
  delay?: number;
}

type Members = "status" | "headers" | "body" | "dropConnection" | "cutBody" | "html";

/** One kind of fault, and none of the others. */
type Only<Kind> = Kind & { [Other in Exclude<Members, keyof Kind>]?: never };

/** How requests fail, and which. One kind of fault, with or without a `delay`, or only a `delay`. */
export type Fault = FaultTrigger &
  (
    | Only<{
        /** Respond with this status, 200 to 599, instead of serving the request. */
        status: number;
        /** The headers of the response, such as `retry-after`. */
        headers?: Record<string, string>;
        /** The body of the response, sent as JSON. @default an error body */
        body?: unknown;
      }>
    | Only<{
        /** Drop the connection without serving the request: `fetch` rejects as it does for a network failure. */
        dropConnection: true;
      }>
    | Only<{
        /** Serve the request, but break off in the middle of the response body. */
        cutBody: true;
      }>
    | Only<{
        /** Respond with `200` and an HTML page, as a proxy might: `true`, or the page. */
        html: true | string;
      }>
    | Only<{
        /** Milliseconds until the response, which is correct. */
        delay: number;
      }>
  );

/** The longest delay that timers support. */
const MAX_DELAY = 2 ** 31 - 1;

/** The faults that wait for matching requests. */
export class Faults {
  #pending: { fault: Fault; remaining: number }[] = [];

  /** @throws {@link InvalidInputError} the fault is not valid; `field` names the member */
  add(fault: Fault): void {
    assertFault(fault);
    this.#pending.push({ fault: { ...fault }, remaining: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The oldest fault that matches the operation. It is used up once it has been taken `times` times. */
  take(operation: Operation | undefined): Fault | undefined {
    const match = this.#pending.find(({ fault }) => !fault.operation || fault.operation === operation);
    if (!match) return undefined;
    match.remaining -= 1;
    if (match.remaining <= 0) this.#pending.splice(this.#pending.indexOf(match), 1);
    return match.fault;
  }
}

/** Carries out a fault. `serve` produces the correct response. */
export async function failWith(fault: Fault, signal: AbortSignal, serve: () => Promise<Response>): Promise<Response> {
  if (fault.delay) await sleep(fault.delay, signal);
  if (fault.dropConnection)
    throw new TypeError("fetch failed", { cause: new Error("the mock dropped the connection") });
  if (fault.html) {
    const page = typeof fault.html === "string" ? fault.html : "<!doctype html><title>Gateway</title><p>Please log in.";
    return html(page);
  }
  if (fault.status !== undefined) {
    const body = fault.body ?? { error: "mock_fault", error_description: "The mock was told to fail." };
    const hasNoBody = [204, 205, 304].includes(fault.status);
    return new Response(hasNoBody ? null : JSON.stringify(body), {
      status: fault.status,
      headers: { ...(!hasNoBody && { "content-type": "application/json" }), ...fault.headers },
    });
  }
  return fault.cutBody ? cutInHalf(await serve()) : serve();
}

/** Checks at run time what the types say, and more. */
function assertFault({ operation, times, delay, status, headers, dropConnection, cutBody, html: page }: Fault): void {
  const refuse = (field: string, what: string): never => {
    throw new InvalidInputError(field, `${field} of a fault ${what}`);
  };
  const isWithin = (value: number, min: number, max: number): boolean => value >= min && value <= max;
  if (operation !== undefined && !isOperation(operation)) refuse("operation", "must be the name of an operation");
  if (times !== undefined && !(isWithin(times, 1, Number.POSITIVE_INFINITY) && times === Math.floor(times)))
    refuse("times", "must be a positive integer or Infinity");
  if (delay !== undefined && !isWithin(delay, 0, MAX_DELAY)) refuse("delay", `must be 0 to ${MAX_DELAY} milliseconds`);
  if (status !== undefined && !(isWithin(status, 200, 599) && Number.isInteger(status)))
    refuse("status", "must be an integer from 200 to 599");
  if (dropConnection !== undefined && dropConnection !== true) refuse("dropConnection", "must be true");
  if (cutBody !== undefined && cutBody !== true) refuse("cutBody", "must be true");
  if (page !== undefined && page !== true && (typeof page !== "string" || page === ""))
    refuse("html", "must be true or an HTML page");
  try {
    new Headers(headers);
  } catch {
    refuse("headers", "must have valid names and values");
  }
  const kinds = [status, dropConnection, cutBody, page].filter((kind) => kind !== undefined);
  if (kinds.length > 1 || (kinds.length === 0 && delay === undefined))
    throw new InvalidInputError(
      "fault",
      "A fault must have exactly one of status, dropConnection, cutBody and html, or only a delay",
    );
}

/** The same response, but its body breaks off in the middle. */
async function cutInHalf(response: Response): Promise<Response> {
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
