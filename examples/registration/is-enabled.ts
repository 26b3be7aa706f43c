// Finds out whether clients may register themselves (RFC 7591), and says how to let them.
//
//   npx tsx examples/registration/is-enabled.ts
import { type ConfigurationParameters, isResponseError, OidcApi } from "hydra-sdk";
import { configurationFromEnv, createMockHydra } from "hydra-sdk/mock";

/** Asks without leaving a client behind: a redirect URI with a fragment is refused wherever registration is on. */
async function isRegistrationEnabled(configuration: ConfigurationParameters): Promise<boolean> {
  const oidc = new OidcApi({ timeout: 10_000, ...configuration });
  try {
    await oidc.createOidcDynamicClient({ oAuth2Client: { redirect_uris: ["https://probe.example.com/#"] } });
  } catch (error) {
    if (isResponseError(error) && error.status === 404) return false;
    if (isResponseError(error) && error.error === "invalid_redirect_uri") return true;
    throw error;
  }
  throw new Error("The server has registered a client with a redirect URI that it should refuse");
}

console.log("this server lets clients register:", await isRegistrationEnabled(configurationFromEnv()));

const off = createMockHydra({ dynamicRegistration: false });
console.log("one where it is off:", await isRegistrationEnabled({ basePath: off.publicUrl, fetch: off.fetch }));

console.log(`
To let clients register themselves:
  Ory Network   ory patch oauth2-config --project <id> --workspace <id> \\
                  --replace "/oidc/dynamic_client_registration/enabled=true"
  self-hosted   oidc.dynamic_client_registration.enabled: true   in the configuration file, or
                OIDC_DYNAMIC_CLIENT_REGISTRATION_ENABLED=true     in the environment
Whoever reaches the public API can then create clients: limit the rate in front of it.`);
