import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import { CONSOLE, connectConsole } from "../core/console.ts";
import { DELETE, GET, PATCH, POST, PUT } from "../core/operation.ts";
import type { HydraResponse } from "../core/response.ts";
import type { CallOptions, Send } from "../core/transport.ts";
import { assertPatch, requireParameters } from "../core/validate.ts";
import type * as T from "../types.ts";

/**
 * Projects of Ory Network, their configuration and API keys: the operations that Ory tags `project`, except for
 * organizations, portal links and members.
 *
 * They go to the console (`consolePath`, `https://api.console.ory.com`) and take the API key of a workspace
 * (`workspaceApiKey`, `ory_wak_…`). The API key of a project (`ory_pat_…`) is rejected before anything is sent.
 *
 * Every method rejects with a {@link ResponseError} if the server responds with an error: 401 for a missing or invalid key, 403
 * if the key does not allow the call, 404 if it does not see the project.
 *
 * @example
 * ```ts
 * const configuration = new Configuration({
 *   basePath: "https://slug.projects.oryapis.com",
 *   accessToken: process.env.ORY_PROJECT_API_KEY,
 *   workspaceApiKey: process.env.ORY_WORKSPACE_API_KEY,
 * });
 * const projects = new ProjectApi(configuration); // goes to the console, with the workspace's key
 * const clients = new OAuth2Api(configuration); // goes to the project, with the project's key
 * ```
 */
export class ProjectApi {
  readonly #send: Send;
  /** The configuration that the calls use: its `basePath` is that of the console. */
  declare protected readonly configuration: Configuration;

  /**
   * @param configuration the keys, and how to reach the console: a {@link Configuration} or a plain object
   * @param consolePath used if the configuration does not have one
   * @throws {@link InvalidInputError} a value is invalid
   */
  constructor(configuration?: ConfigurationParameters, consolePath?: string, ...unsupported: never[]) {
    this.#send = connectConsole(this, configuration, consolePath, unsupported);
  }

  /**
   * Creates a project with the default configuration.
   *
   * @throws {@link ResponseError} 400 the body is invalid; 403 the subscription does not allow another project; 404 no such
   * workspace
   * @example const { data } = await api.createProject({ createProjectBody: { name: "Shop", environment: "dev" } });
   * @see [Ory operation `createProject`](https://www.ory.com/docs/reference/api#tag/project/operation/createProject)
   */
  async createProject(
    parameters: T.ProjectApiCreateProjectRequest = {},
    options?: CallOptions,
  ): Promise<HydraResponse<T.Project>> {
    const { createProjectBody } = requireParameters(parameters, []);
    return this.#send(POST("/projects", { ...CONSOLE, body: createProjectBody }), options);
  }

  /**
   * Returns a project with its configuration: that of OAuth 2.0 is `services.oauth2.config`.
   *
   * @throws {@link ResponseError} 404 no such project
   * @example const { services } = (await api.getProject({ projectId })).data;
   * @see [Ory operation `getProject`](https://www.ory.com/docs/reference/api#tag/project/operation/getProject)
   */
  async getProject(
    parameters: T.ProjectApiGetProjectRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.Project>> {
    const { projectId: project_id } = requireParameters(parameters, ["projectId"]);
    return this.#send(GET("/projects/{project_id}", { ...CONSOLE, path: { project_id } }), options);
  }

  /**
   * Returns the projects that the key gives access to, all in one response, without their configuration.
   *
   * @example const { data } = await api.listProjects();
   * @see [Ory operation `listProjects`](https://www.ory.com/docs/reference/api#tag/project/operation/listProjects)
   */
  async listProjects(options?: CallOptions): Promise<HydraResponse<T.ProjectMetadata[]>> {
    return this.#send(GET("/projects", CONSOLE), options);
  }

  /**
   * Replaces the name, the CORS settings and the services of a project. A service is replaced whole: settings that the body
   * leaves out return to their defaults. To change single settings of OAuth 2.0, call {@link updateOAuth2Config}.
   *
   * @returns the project, and in `warnings` the settings that were ignored
   * @throws {@link ResponseError} 400 the configuration is invalid
   * @example await api.setProject({ projectId, setProject });
   * @see [Ory operation `setProject`](https://www.ory.com/docs/reference/api#tag/project/operation/setProject)
   */
  async setProject(
    parameters: T.ProjectApiSetProjectRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.SuccessfulProjectUpdate>> {
    const { projectId: project_id, setProject } = requireParameters(parameters, ["projectId"]);
    return this.#send(PUT("/projects/{project_id}", { ...CONSOLE, path: { project_id }, body: setProject }), options);
  }

  /**
   * Applies a JSON Patch to a project, whatever others have changed since it was read: prefer
   * {@link patchProjectWithRevision}, or {@link updateOAuth2Config}. Durations come back normalized: `1h` as `1h0m0s`.
   *
   * @returns the project, and in `warnings` the settings that were ignored
   * @throws {@link ResponseError} 400 the patch cannot be applied, or its result is invalid
   * @example await api.patchProject({ projectId, jsonPatch: [{ op: "replace", path: "/name", value: "Shop" }] });
   * @see [Ory operation `patchProject`](https://www.ory.com/docs/reference/api#tag/project/operation/patchProject)
   */
  async patchProject(
    parameters: T.ProjectApiPatchProjectRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.SuccessfulProjectUpdate>> {
    const { projectId: project_id, jsonPatch: body } = requireParameters(parameters, ["projectId"]);
    assertPatch(body);
    return this.#send(PATCH("/projects/{project_id}", { ...CONSOLE, path: { project_id }, body }), options);
  }

  /**
   * Applies a JSON Patch to a project that is still at the revision that was read. {@link updateOAuth2Config} does it with
   * settings of OAuth 2.0, and again after a conflict.
   *
   * @returns the project, with a new `revision_id`, and in `warnings` the settings that were ignored
   * @throws {@link ResponseError} 400 as {@link patchProject}; 409 another writer has changed the project: read it again
   * @example await api.patchProjectWithRevision({ projectId, revisionId, jsonPatch: [{ op: "replace", path: "/name", value: "Shop" }] });
   * @see [Ory operation `patchProjectWithRevision`](https://www.ory.com/docs/reference/api#tag/project/operation/patchProjectWithRevision)
   */
  async patchProjectWithRevision(
    parameters: T.ProjectApiPatchProjectWithRevisionRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.SuccessfulProjectUpdate>> {
    const {
      projectId: project_id,
      revisionId: revision_id,
      jsonPatch: body,
    } = requireParameters(parameters, ["projectId", "revisionId"]);
    assertPatch(body);
    const operation = PATCH("/projects/{project_id}/revision/{revision_id}", {
      ...CONSOLE,
      path: { project_id, revision_id },
      body,
    });
    return this.#send(operation, options);
  }

  /**
   * Deletes a project with all its data, irreversibly.
   *
   * @throws {@link ResponseError} 404 no such project
   * @example await api.purgeProject({ projectId });
   * @see [Ory operation `purgeProject`](https://www.ory.com/docs/reference/api#tag/project/operation/purgeProject)
   */
  async purgeProject(
    parameters: T.ProjectApiPurgeProjectRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<undefined>> {
    const { projectId: project_id } = requireParameters(parameters, ["projectId"]);
    return this.#send(
      DELETE("/projects/{project_id}", { ...CONSOLE, path: { project_id }, response: "empty" }),
      options,
    );
  }

  /**
   * Creates an API key for the admin API of a project.
   *
   * @returns the key; its `value` (`ory_pat_…`) is not shown again
   * @example const { value } = (await api.createProjectApiKey({ project: projectId, createProjectApiKeyBody: { name: "CI" } })).data;
   * @see [Ory operation `createProjectApiKey`](https://www.ory.com/docs/reference/api#tag/project/operation/createProjectApiKey)
   */
  async createProjectApiKey(
    parameters: T.ProjectApiCreateProjectApiKeyRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.ProjectApiKey>> {
    const { project, createProjectApiKeyBody: body } = requireParameters(parameters, ["project"]);
    return this.#send(POST("/projects/{project}/tokens", { ...CONSOLE, path: { project }, body }), options);
  }

  /**
   * Returns the API keys of a project, without their values.
   *
   * @example const { data } = await api.listProjectApiKeys({ project: projectId });
   * @see [Ory operation `listProjectApiKeys`](https://www.ory.com/docs/reference/api#tag/project/operation/listProjectApiKeys)
   */
  async listProjectApiKeys(
    parameters: T.ProjectApiListProjectApiKeysRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.ProjectApiKey[]>> {
    const { project } = requireParameters(parameters, ["project"]);
    return this.#send(GET("/projects/{project}/tokens", { ...CONSOLE, path: { project } }), options);
  }

  /**
   * Deletes an API key of a project.
   *
   * @throws {@link ResponseError} 404 no such key
   * @example await api.deleteProjectApiKey({ project: projectId, tokenId });
   * @see [Ory operation `deleteProjectApiKey`](https://www.ory.com/docs/reference/api#tag/project/operation/deleteProjectApiKey)
   */
  async deleteProjectApiKey(
    parameters: T.ProjectApiDeleteProjectApiKeyRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<undefined>> {
    const { project, tokenId: token_id } = requireParameters(parameters, ["project", "tokenId"]);
    const path = { project, token_id };
    return this.#send(
      DELETE("/projects/{project}/tokens/{token_id}", { ...CONSOLE, path, response: "empty" }),
      options,
    );
  }
}
