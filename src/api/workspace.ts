import type { Configuration, ConfigurationParameters } from "../core/configuration.ts";
import { CONSOLE, connectConsole } from "../core/console.ts";
import { GET } from "../core/operation.ts";
import type { HydraResponse } from "../core/response.ts";
import type { CallOptions, Send } from "../core/transport.ts";
import { requireParameters } from "../core/validate.ts";
import type * as T from "../types.ts";

/**
 * Workspaces of Ory Network: the operations that Ory tags `workspace` and that read. Host, key and errors are those of
 * {@link ProjectApi}.
 */
export class WorkspaceApi {
  readonly #send: Send;
  /** The configuration that the calls use: its `basePath` is that of the console. */
  declare protected readonly configuration: Configuration;

  /**
   * @param configuration the key, and how to reach the console: a {@link Configuration} or a plain object
   * @param consolePath used if the configuration does not have one
   * @throws {@link InvalidInputError} a value is invalid
   */
  constructor(configuration?: ConfigurationParameters, consolePath?: string, ...unsupported: never[]) {
    this.#send = connectConsole(this, configuration, consolePath, unsupported);
  }

  /**
   * Returns one page of the workspaces that the key gives access to. `next_page_token` is the `pageToken` of the next page.
   *
   * @example const { workspaces } = (await api.listWorkspaces()).data;
   * @see [Ory operation `listWorkspaces`](https://www.ory.com/docs/reference/api#tag/workspace/operation/listWorkspaces)
   */
  async listWorkspaces(
    parameters: T.WorkspaceApiListWorkspacesRequest = {},
    options?: CallOptions,
  ): Promise<HydraResponse<T.ListWorkspaces>> {
    const { pageSize: page_size, pageToken: page_token } = requireParameters(parameters, []);
    return this.#send(GET("/workspaces", { ...CONSOLE, query: { page_size, page_token } }), options);
  }

  /**
   * Returns a workspace.
   *
   * @example const { name } = (await api.getWorkspace({ workspace })).data;
   * @see [Ory operation `getWorkspace`](https://www.ory.com/docs/reference/api#tag/workspace/operation/getWorkspace)
   */
  async getWorkspace(
    parameters: T.WorkspaceApiGetWorkspaceRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.Workspace>> {
    const { workspace } = requireParameters(parameters, ["workspace"]);
    return this.#send(GET("/workspaces/{workspace}", { ...CONSOLE, path: { workspace } }), options);
  }

  /**
   * Returns one page of the projects of a workspace. `next_page`, not `next_page_token`, is the `pageToken` of the next page.
   *
   * @example const { projects } = (await api.listWorkspaceProjects({ workspace })).data;
   * @see [Ory operation `listWorkspaceProjects`](https://www.ory.com/docs/reference/api#tag/workspace/operation/listWorkspaceProjects)
   */
  async listWorkspaceProjects(
    parameters: T.WorkspaceApiListWorkspaceProjectsRequest,
    options?: CallOptions,
  ): Promise<HydraResponse<T.ListWorkspaceProjects>> {
    const { workspace, pageSize: page_size, pageToken: page_token } = requireParameters(parameters, ["workspace"]);
    const operation = GET("/workspaces/{workspace}/projects", {
      ...CONSOLE,
      path: { workspace },
      query: { page_size, page_token },
    });
    return this.#send(operation, options);
  }
}
