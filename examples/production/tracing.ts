// Makes an OpenTelemetry span of each call, and an event of each attempt, with a fetch function alone.
//
//   npx tsx examples/production/tracing.ts
//
// Also needs: npm install @opentelemetry/api @opentelemetry/sdk-trace-base
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { type Attempt, type Fetch, OAuth2Api, withRetry } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

// In production, use the SDK for Node with an exporter of yours: it registers the tracer, and keeps the active span.
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
trace.setGlobalTracerProvider(provider);
const tracer = trace.getTracer("hydra");

/** The path with the names of its parameters: each ID would be a span name of its own. */
const routeOf = (path: string) => path.replace(/(\/clients\/)[^/]+/, "$1{id}");

/** Returns a fetch function that makes a span of each call. It omits query, headers and body: they may contain secrets. */
function withTracing(fetch: Fetch = globalThis.fetch): Fetch {
  return (url, init) => {
    const { pathname, hostname } = new URL(url);
    const attributes = { "http.request.method": init.method, "server.address": hostname };
    return tracer.startActiveSpan(`${init.method} ${routeOf(pathname)}`, { kind: SpanKind.CLIENT }, async (span) => {
      span.setAttributes(attributes);
      const onAttempt = ({ number, status }: Attempt) => {
        span.addEvent("attempt", { number, ...(status && { "http.response.status_code": status }) });
      };
      try {
        const response = await withRetry(fetch, { onAttempt })(url, init);
        span.setAttribute("http.response.status_code", response.status);
        if (response.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
        return response;
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
        throw error;
      } finally {
        span.end();
      }
    });
  };
}

const server = { timeout: 10_000, ...configurationFromEnv() };
let failures = 1;
/** Responds to the first GET like an overloaded server. */
const overloaded: Fetch = async (url, init) =>
  init.method === "GET" && failures-- > 0
    ? new Response(null, { status: 503, headers: { "retry-after": "0" } })
    : (server.fetch ?? globalThis.fetch)(url, init);

const oauth2 = new OAuth2Api({ ...server, fetch: withTracing(overloaded) });
const secret = "not-a-real-secret";
const { data: client } = await oauth2.createOAuth2Client({ oAuth2Client: { client_secret: secret } });
const id = client.client_id!;
await oauth2.getOAuth2Client({ id });
await oauth2.deleteOAuth2Client({ id });

const spans = exporter.getFinishedSpans().map(({ name, attributes, events }) => ({ name, attributes, events }));
for (const { name, attributes, events } of spans) {
  console.log(`${name}: ${attributes["http.response.status_code"]}, attempts: ${events.length}`);
}
console.log("reveals a secret:", JSON.stringify(spans).includes(secret));
