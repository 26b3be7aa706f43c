import type { Operation } from "./operations.ts";

/** What goes wrong, and with which requests. Exactly one kind of fault, beside an optional `delay`. */
export interface Fault {
  /** The operation it hits. @default every operation */
  operation?: Operation;
  /** How many requests it hits before it is used up. @default 1 */
  times?: number;
  /** Milliseconds to wait before anything else happens; alone, a slow answer that is right. @default 0 */
  delay?: number;
  /** Answer with this status instead of serving the request. */
  status?: number;
  /** The headers that go with `status`, such as `retry-after`. */
  headers?: Record<string, string>;
  /** The body that goes with `status`, sent as JSON. @default an error body */
  body?: unknown;
  /** Serve nothing and drop the connection: `fetch` rejects as it does on a broken network. */
  dropConnection?: boolean;
  /** Serve the request, then break off in the middle of the answer's body. */
  cutBody?: boolean;
  /** Answer `200` with an HTML page, as a proxy in between does; `true`, or the page. */
  html?: boolean | string;
}

/** The faults that wait for their requests. */
export class Faults {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ times: 1, ...fault });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The oldest fault that waits for this operation, counted down. */
  take(operation: Operation | undefined): Fault | undefined {
    const fault = this.#faults.find((one) => one.operation === undefined || one.operation === operation);
    if (fault && --fault.times! <= 0) this.#faults.splice(this.#faults.indexOf(fault), 1);
    return fault;
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
