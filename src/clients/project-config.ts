import type { ProjectApi } from "../api/project.ts";
import { withDeadline } from "../core/deadline.ts";
import { isResponseError } from "../core/errors.ts";
import { HydraResponse } from "../core/response.ts";
import type { CallOptions } from "../core/transport.ts";
import { asJson, assertInput, assertTimeout } from "../core/validate.ts";
import type { JsonPatch, Project, ProjectApiGetProjectRequest, SuccessfulProjectUpdate } from "../types.ts";
import { normalizeDuration } from "./duration.ts";
import { isEqual, isObject } from "./json.ts";
import { tokensOf } from "./json-pointer.ts";
import { UpdateConflictError } from "./update.ts";

/**
 * New values for settings of a project's OAuth 2.0 configuration, by their JSON Pointers (RFC 6901) below
 * `/services/oauth2/config`. Editors suggest the common ones; any setting of Hydra's configuration file is accepted.
 *
 * `null` removes a setting, which returns it to its default. `undefined` is rejected: it is mostly an unset variable.
 */
export interface OAuth2ConfigChanges {
  /** Whether clients may register themselves (RFC 7591). */
  "/oidc/dynamic_client_registration/enabled"?: boolean | null;
  /** The scope of clients that register themselves without one. */
  "/oidc/dynamic_client_registration/default_scope"?: string[] | null;
  /** The subject types that clients may have. */
  "/oidc/subject_identifiers/supported_types"?: ("public" | "pairwise")[] | null;
  /** The format of access tokens, unless a client has its own. */
  "/strategies/access_token"?: "opaque" | "jwt" | null;
  /** Whether a granted scope `a.*` includes `a.b`. */
  "/strategies/scope"?: "exact" | "wildcard" | null;
  /** The claims of JWT access tokens that contain the scope: `scp` is a list, `scope` a string. */
  "/strategies/jwt/scope_claim"?: "list" | "string" | "both" | null;
  /** How long an access token is valid, such as `1h`. */
  "/ttl/access_token"?: string | null;
  /** How long an authorization code is valid. */
  "/ttl/auth_code"?: string | null;
  /** How long an ID token is valid. */
  "/ttl/id_token"?: string | null;
  /** How long a person may take for login and consent. */
  "/ttl/login_consent_request"?: string | null;
  /** How long a refresh token is valid; `-1` for ever. */
  "/ttl/refresh_token"?: string | null;
  /** How long the codes of a device flow are valid. */
  "/ttl/device_user_code"?: string | null;
  /** The issuer, if it is not the project's own URL. */
  "/urls/self/issuer"?: string | null;
  /** The login page. */
  "/urls/login"?: string | null;
  /** The page for new accounts. */
  "/urls/registration"?: string | null;
  /** The consent page. */
  "/urls/consent"?: string | null;
  /** The page that confirms a logout. */
  "/urls/logout"?: string | null;
  /** The page that shows errors which cannot be returned to a client. */
  "/urls/error"?: string | null;
  /** Where a logout ends that names no other page. */
  "/urls/post_logout_redirect"?: string | null;
  /** The page on which a device's user code is entered. */
  "/urls/device/verification"?: string | null;
  /** The page that a device's user sees last. */
  "/urls/device/success"?: string | null;
  /** Whether every client must use PKCE (RFC 7636). */
  "/oauth2/pkce/enforced"?: boolean | null;
  /** Whether clients without a secret must use PKCE. */
  "/oauth2/pkce/enforced_for_public_clients"?: boolean | null;
  /** The claims of a consent that JWT access tokens also have at their top level. */
  "/oauth2/allowed_top_level_claims"?: string[] | null;
  /** Whether these claims are repeated in `ext`. */
  "/oauth2/mirror_top_level_claims"?: boolean | null;
  /** Any other setting. */
  [pointer: `/${string}`]: unknown;
}

/** The place of the configuration in a project. */
const CONFIG = "/services/oauth2/config";

/** How often other writers may be first. */
const MAX_ATTEMPTS = 5;

/**
 * Changes settings of a project's OAuth 2.0 configuration without undoing the changes of others: reads the project and
 * patches the revision that it read. If another writer was first (409), it reads again, and repeats the patch if the settings
 * to be changed are as they were read. Parents that are missing are created; settings that already have the new value are not
 * sent, and `1h` is the same as `1h0m0s`.
 *
 * After a `NetworkError` or `TimeoutError` the patch may have been applied; calling it again does no harm.
 *
 * @param projectApi sends the calls
 * @param parameters the `projectId`
 * @param set the new values: see {@link OAuth2ConfigChanges}
 * @param options of each call; `timeout` and `signal` cover all of them together
 * @returns the response of the patch, with the settings that were ignored in `data.warnings`; if there was nothing to change,
 * the project as it was read
 *
 * @throws {@link UpdateConflictError} another writer has changed one of the settings; `path` names it
 * @throws {@link InvalidInputError} a pointer is invalid, or leads into a list, or has no value
 * @throws {@link TimeoutError} `timeout` passed; if the patch was sent, it may have been applied
 * @throws {@link AbortError} `signal` was aborted; the same applies
 * @throws {@link ResponseError} as `getProject` and `patchProjectWithRevision`
 *
 * @example
 * ```ts
 * const projectApi = new ProjectApi({ workspaceApiKey: process.env.ORY_WORKSPACE_API_KEY });
 * await updateOAuth2Config(projectApi, { projectId: id }, { "/oidc/dynamic_client_registration/enabled": true });
 * ```
 */
export async function updateOAuth2Config(
  projectApi: Pick<ProjectApi, "getProject" | "patchProjectWithRevision">,
  parameters: ProjectApiGetProjectRequest,
  set: OAuth2ConfigChanges,
  options: CallOptions = {},
): Promise<HydraResponse<SuccessfulProjectUpdate>> {
  const changes = changesOf(set);
  assertTimeout(options.timeout);
  return withDeadline(options.timeout, [options.signal], "updateOAuth2Config", async (signal) => {
    const limited = { ...options, signal };
    const first = await projectApi.getProject(parameters, limited);
    for (let read = first, attempt = 1; ; attempt++) {
      assertUnchanged(changes, first.data, read.data);
      const jsonPatch = patchFor(changes, read.data);
      if (!jsonPatch.length) return new HydraResponse(read.response, { project: read.data, warnings: [] });
      try {
        const revisionId = read.data.revision_id;
        return await projectApi.patchProjectWithRevision({ ...parameters, revisionId, jsonPatch }, limited);
      } catch (error) {
        if (!isResponseError(error) || error.status !== 409 || attempt === MAX_ATTEMPTS) throw error;
      }
      read = await projectApi.getProject(parameters, limited);
    }
  });
}

/** A setting of the project: its pointer, and its new value, `null` to remove it. */
interface Change {
  pointer: string;
  value: unknown;
}

/** @throws {@link InvalidInputError} a pointer or a value is not valid */
function changesOf(set: OAuth2ConfigChanges): Change[] {
  assertInput(isObject(set), "set", 'must be an object such as { "/strategies/access_token": "jwt" }');
  const pointers = Object.keys(set);
  assertInput(pointers.length, "set", "is empty: name a setting, such as /strategies/access_token");
  return pointers.map((pointer) => {
    const isPointer = /^\/(?!.*~(?![01]))/.test(pointer) && !tokensOf(pointer).includes("__proto__");
    assertInput(isPointer, pointer, "must be a JSON Pointer such as /strategies/access_token (~1 is /, ~0 is ~)");
    assertInput(!`${pointer}/`.startsWith(`${CONFIG}/`), pointer, `must be relative: leave out ${CONFIG}`);
    const inner = pointers.find((other) => other.startsWith(`${pointer}/`));
    assertInput(inner === undefined, pointer, `contains ${inner}: set one of them`);
    const given = set[pointer as `/${string}`];
    const value = asJson(pointer, given);
    // NaN becomes null in JSON.
    const isValue = value !== undefined && (value === null) === (given === null);
    assertInput(isValue, pointer, "has no value: is a variable unset? null removes the setting");
    return { pointer: CONFIG + pointer, value };
  });
}

/** @throws {@link UpdateConflictError} a setting has neither the value that was read first nor its new one */
function assertUnchanged(changes: Change[], before: Project, current: Project): void {
  for (const { pointer, value } of changes) {
    const [expected, actual] = [before, current].map((project) => valueAt(project, tokensOf(pointer)));
    if (isSame(actual, expected) || isSame(actual, value ?? undefined)) continue;
    throw new UpdateConflictError(pointer.slice(CONFIG.length), expected, actual);
  }
}

function valueAt(document: unknown, [name, ...rest]: string[]): unknown {
  if (name === undefined) return document;
  return isObject(document) && Object.hasOwn(document, name) ? valueAt(document[name], rest) : undefined;
}

/**
 * Returns the patch that `project` needs. It does not rely on what RFC 6902 leaves open to the server: a missing parent is
 * added with the setting in it.
 *
 * @throws {@link InvalidInputError} a pointer leads into a list or a single value
 */
function patchFor(changes: Change[], project: Project): JsonPatch[] {
  const document: Record<string, unknown> = structuredClone({ services: project.services });
  return changes.flatMap(({ pointer, value }) => {
    const [names, last] = [tokensOf(pointer).slice(0, -1), tokensOf(pointer).at(-1)!];
    if (isSame(valueAt(document, [...names, last]), value ?? undefined)) return [];
    let parent = document;
    for (const [depth, name] of names.entries()) {
      const child = Object.hasOwn(parent, name) ? parent[name] : undefined;
      if (child == null) {
        const path = pointer.split("/", depth + 2).join("/");
        const rest = [...names.slice(depth + 1), last];
        return [
          edit(
            parent,
            name,
            path,
            rest.reduceRight((inner, key) => ({ [key]: inner }), value),
          ),
        ];
      }
      const field = pointer.slice(CONFIG.length);
      assertInput(isObject(child), field, `leads into ${Array.isArray(child) ? "a list" : "a value"}: set all of it`);
      parent = child;
    }
    return [edit(parent, last, pointer, value)];
  });
}

/** Applies a change to the copy, and returns its operation. */
function edit(parent: Record<string, unknown>, name: string, path: string, value: unknown): JsonPatch {
  const isPresent = Object.hasOwn(parent, name);
  if (value === null) {
    delete parent[name];
    return { op: "remove", path };
  }
  // A copy, because later changes may be made inside it.
  parent[name] = structuredClone(value);
  return { op: isPresent ? "replace" : "add", path, value };
}

/** Whether two values are equal as JSON, durations by their length: the server returns `1h` as `1h0m0s`. */
const isSame = (one: unknown, other: unknown): boolean =>
  isEqual(one, other, (a, b) =>
    typeof a === "string" && typeof b === "string" ? normalizeDuration(a) === normalizeDuration(b) : a === b,
  );
