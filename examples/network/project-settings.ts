// Enables dynamic registration in a project of Ory Network, without undoing what others change in the meantime.
//
//   npx tsx examples/network/project-settings.ts
//   ORY_WORKSPACE_API_KEY=ory_wak_… ORY_PROJECT=… npx tsx examples/network/project-settings.ts
import {
  type ConfigurationParameters,
  isUpdateConflictError,
  type OAuth2ConfigChanges,
  ProjectApi,
  updateOAuth2Config,
} from "hydra-sdk";
import { createMockConsole } from "hydra-sdk/mock";

/** The project that the environment names, or a new one on a mock of the console. */
async function projectFromEnv(): Promise<{ configuration: ConfigurationParameters; projectId: string }> {
  const { ORY_WORKSPACE_API_KEY: workspaceApiKey, ORY_PROJECT: projectId, ORY_CONSOLE_URL: consolePath } = process.env;
  if (workspaceApiKey && projectId) return { configuration: { workspaceApiKey, consolePath }, projectId };
  const network = createMockConsole();
  const { project } = await network.addProject({ name: "Shop" });
  return { configuration: { workspaceApiKey: network.workspaceApiKey, fetch: network.fetch }, projectId: project.id };
}

const { configuration, projectId } = await projectFromEnv();
const projectApi = new ProjectApi(configuration);

const { data: before } = await projectApi.getProject({ projectId });
const settings = before.services.oauth2?.config ?? {};
const wasEnabled = settings["oidc"]?.dynamic_client_registration?.enabled ?? false;
console.log(`${before.name}: dynamic registration is`, wasEnabled ? "enabled" : "disabled");

/** Sets the values, and prints what the console ignored. */
async function change(set: OAuth2ConfigChanges): Promise<{ [name: string]: any }> {
  const { data } = await updateOAuth2Config(projectApi, { projectId }, set);
  for (const { message } of data.warnings) console.log("warning:", message);
  return data.project.services.oauth2?.config ?? {};
}

try {
  const config = await change({ "/oidc/dynamic_client_registration/enabled": true, "/ttl/access_token": "90m" });
  const { oidc, ttl } = config;
  console.log("now enabled:", oidc.dynamic_client_registration.enabled, "- access tokens for", ttl.access_token);
} catch (error) {
  if (!isUpdateConflictError(error)) throw error;
  console.log("somebody else has changed", error.path, "to", error.actual);
} finally {
  await change({
    "/oidc/dynamic_client_registration/enabled": wasEnabled,
    "/ttl/access_token": settings["ttl"]?.access_token ?? null,
  });
  console.log("restored");
}
