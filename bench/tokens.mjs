// Measures the cost of tokens: from a warm cache, with a signed assertion compared to plain jose, and in bundle size.
// Prints Markdown.
import { fileURLToPath } from "node:url";
import { importJWK, SignJWT } from "jose";
import { generateKey, privateKeyJwt, tokenSource } from "../dist/index.js";
import { bundleSize } from "../tools/measure.mjs";

const ROUNDS = 41;
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const as = { issuer: "https://as.example", token_endpoint: "https://as.example/oauth2/token" };

export async function measureTokens() {
  console.log("\n## Tokens\n\n| figure | |\n| --- | --- |");
  const source = tokenSource(async () => ({ access_token: "token", token_type: "bearer", expires_in: 3600 }));
  const warm = [];
  for (let round = 0; round < ROUNDS; round += 1) warm.push(await time(100_000, source));
  console.log(`| tokens per second from a warm tokenSource | ${Math.round(1e6 / median(warm)).toLocaleString("en")} |`);
  for (const [alg, runs] of Object.entries({ RS256: 20, ES256: 100 })) {
    const { micros, ratio } = await signing(alg, runs);
    console.log(`| ${alg} assertion, relative to plain jose | ${micros.toFixed(0)} µs, ${ratio.toFixed(2)} x |`);
  }
  const ours = await bundleSize(ROOT, "hydra-sdk", ["clientCredentials", "clientSecretBasic"]);
  console.log(`| client credentials with Basic in a browser bundle, min+gzip | ${kilobytes(ours)} |`);
  const theirs = await bundleSize(ROOT, "oauth4webapi", [
    "clientCredentialsGrantRequest",
    "processClientCredentialsResponse",
    "ClientSecretBasic",
  ]);
  console.log(`| the same with oauth4webapi | ${kilobytes(theirs)} |`);
}

/** Measures our signing and plain jose alternately, swapping the order each round. Returns the medians. */
async function signing(alg, runs) {
  const jwk = await generateKey(alg);
  const key = await importJWK(jwk);
  const auth = privateKeyJwt(jwk);
  const form = new URLSearchParams();
  const headers = new Headers();
  const ours = () => auth(as, { client_id: "c" }, form, headers);
  const alone = () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: "c", sub: "c", aud: as.token_endpoint, jti: crypto.randomUUID(), iat: now, exp: now + 60 };
    return new SignJWT(claims).setProtectedHeader({ alg, kid: jwk.kid }).sign(key);
  };
  await time(runs, ours);
  await time(runs, alone);
  const times = [];
  const ratios = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = round % 2 ? await time(runs, alone) : undefined;
    const own = await time(runs, ours);
    times.push(own);
    ratios.push(own / (before ?? (await time(runs, alone))));
  }
  return { micros: median(times), ratio: median(ratios) };
}

/** Returns the average time of a run in microseconds. */
async function time(count, run) {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) await run();
  return ((performance.now() - start) / count) * 1000;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const kilobytes = ({ bytes }) => `${(bytes / 1000).toFixed(2)} kB`;

if (process.argv[1] === fileURLToPath(import.meta.url)) await measureTokens();
