// Checks whether dynamic client registration (RFC 7591) is enabled, and prints how to enable it.
//
//   npx tsx examples/registration/is-enabled.ts
import { type ConfigurationParameters, isResponseError, OidcApi } from "hydra-sdk";
import { configurationFromEnv, createMockHydra } from "hydra-sdk/mock";

/** Checks without creating a client: if registration is enabled, the server rejects a redirect URI with a fragment. */
async function isRegistrationEnabled(configuration: ConfigurationParameters): Promise<boolean> {
  const oidc = new OidcApi({ timeout: 10_000, ...configuration });
  try {
    await oidc.createOidcDynamicClient({ oAuth2Client: { redirect_uris: ["https://probe.example.com/#"] } });
  } catch (error) {
    if (isResponseError(error) && error.status === 404) return false;
    if (isResponseError(error) && error.error === "invalid_redirect_uri") return true;
    throw error;
  }
  throw new Error("The server registered a client with a redirect URI that it should have rejected");
}

console.log("dynamic registration is enabled on this server:", await isRegistrationEnabled(configurationFromEnv()));

const disabled = createMockHydra({ dynamicRegistration: false });
console.log(
  "on a server that disables it:",
  await isRegistrationEnabled({ basePath: disabled.publicUrl, fetch: disabled.fetch }),
);

console.log(`
To enable dynamic registration:
  Ory Network   ory patch oauth2-config --project <id> --workspace <id> \\
                  --replace "/oidc/dynamic_client_registration/enabled=true"
  self-hosted   oidc.dynamic_client_registration.enabled: true   in the configuration file, or
                OIDC_DYNAMIC_CLIENT_REGISTRATION_ENABLED=true     in the environment
Anyone who can reach the public API can then create clients: put a rate limit in front of it.`);
