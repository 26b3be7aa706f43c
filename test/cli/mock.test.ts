import { expect, test } from "vitest";
import { clientCredentials, clientSecretBasic, OAuth2Api, OidcApi } from "../../src/index.ts";
import { cli } from "./support.ts";

/** Serves the mock of a command line while `use` runs. */
async function serve(flags: string[], use: (urls: { basePath: string; adminBasePath: string }) => Promise<void>) {
  const end = new AbortController();
  let used: Promise<void> = Promise.resolve();
  const served = cli(["mock", "--public-port=0", "--admin-port=0", ...flags], {
    signal: end.signal,
    watchOutput(text) {
      const [basePath, adminBasePath] = Array.from(text.matchAll(/API +(http\S+)/g), ([, url]) => url!);
      used = use({ basePath: basePath!, adminBasePath: adminBasePath! }).finally(() => end.abort());
    },
  });
  expect(await served).toMatchObject({ status: 0, stderr: "" });
  await used;
}

test("the flags of the mock set what Hydra's settings set", async () => {
  const flags = ["--issuer=https://id.example", "--client-registration-url=https://id.example/register"];
  flags.push("--access-token-strategy=jwt", "--access-token-ttl=90s", "--seed=1");
  await serve(flags, async (urls) => {
    const { data: metadata } = await new OidcApi(urls).discoverOidcConfiguration();
    expect(metadata).toMatchObject({
      issuer: "https://id.example",
      registration_endpoint: "https://id.example/register",
    });
    const oAuth2Client = { grant_types: ["client_credentials"] };
    const { data: client } = await new OAuth2Api(urls).createOAuth2Client({ oAuth2Client });
    const { client_id: clientId = "", client_secret: secret = "" } = client;
    const auth = clientSecretBasic(secret);
    const token = await clientCredentials({ basePath: urls.basePath, clientId, auth });
    expect(token.expires_in).toBeLessThanOrEqual(90);
    expect(token.access_token).toMatch(/^eyJ/);
  });
});

test.each([
  ["--issuer", "nowhere"],
  ["--client-registration-url", "/register"],
  ["--access-token-ttl", "soon"],
  ["--access-token-strategy", "paseto"],
])("refuses %s %s by the name of the flag", async (flag, value) => {
  const { status, stderr } = await cli(["mock", flag, value]);
  expect(status).toBe(2);
  expect(stderr).toContain(flag);
});
