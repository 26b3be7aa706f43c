import { createHash, randomBytes } from "node:crypto";
import type { MockHydra } from "../../../src/mock/index.ts";

/** A PKCE code verifier and its S256 challenge. */
export function pkce() {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return { verifier, challenge, parameters: { code_challenge: challenge, code_challenge_method: "S256" } };
}

/** Posts a form, with Basic credentials if given, and reads the JSON answer. */
export async function postForm(
  hydra: Pick<MockHydra, "fetch">,
  url: string,
  form: Record<string, string>,
  basic?: { client_id?: string; client_secret?: string },
) {
  const headers: Record<string, string> = {};
  if (basic) {
    const pair = `${encodeURIComponent(basic.client_id!)}:${encodeURIComponent(basic.client_secret!)}`;
    headers["authorization"] = `Basic ${btoa(pair)}`;
  }
  const response = await hydra.fetch(url, { method: "POST", headers, body: new URLSearchParams(form) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : {}) as any };
}
