// Serves a page that registers itself and signs users in, with a login and consent application and a mock, until Ctrl+C.
//
//   npx tsx examples/browser/serve.ts
//
// A real Hydra must allow the page's origin (serve.public.cors), which is then http://127.0.0.1:3002.
import { readFile } from "node:fs/promises";
import { interrupted, type Stage, serve, startStage } from "../support/serve.ts";

const { ORY_SDK_URL, HYDRA_PUBLIC_URL, PAGE_PORT = ORY_SDK_URL || HYDRA_PUBLIC_URL ? "3002" : "0" } = process.env;
const files: { [path: string]: [type: string, url: string] } = {
  "/": ["text/html; charset=utf-8", import.meta.resolve("./index.html")],
  "/hydra-sdk.js": ["text/javascript; charset=utf-8", import.meta.resolve("hydra-sdk/browser")],
};

let stage: Stage;
const site = await serve(async (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/hydra.json") return Response.json({ basePath: stage.configuration.basePath });
  const [type, url] = files[pathname] ?? [];
  if (!type || !url) return new Response(null, { status: 404 });
  return new Response(await readFile(new URL(url), "utf8"), { headers: { "content-type": type } });
}, Number(PAGE_PORT));
stage = await startStage([site.origin]);

console.log(`Open ${site.origin}/ and sign in as ${stage.loginHint}. Press Ctrl+C to stop.`);
await interrupted();
await site.close();
await stage.close();
