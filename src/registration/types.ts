import type { OAuth2Api } from "../api/oauth2.ts";
import type { OidcApi } from "../api/oidc.ts";
import type { CallOptions } from "../core/transport.ts";
import type { OAuth2Client } from "../types.ts";

/** The credentials of a client that registered itself. */
export interface RegistrationCredentials {
  /** Authenticates the next call about the client; a successful update replaces it. A secret. */
  registrationAccessToken: string;
  /** Authenticates the client itself, if the server has issued a secret. */
  clientSecret?: string;
}

/**
 * What a handle writes to the store before it sends an update, under the key `<client_id>#update`: plain JSON. It contains
 * the credentials with which the update is sent. As long as the store has that token under the `client_id` as well, the
 * outcome of the update is unknown.
 */
export interface UpdateRecord extends RegistrationCredentials {
  /**
   * When the update began, in milliseconds since the Unix epoch, by the clock of the process that began it. Missing if the
   * server has not processed it.
   */
  updateStarted?: number;
  /** The client that `DynamicClient.recover` deletes and creates again. If its process is killed, this is the only copy. */
  client?: OAuth2Client;
}

/**
 * Keeps the credentials of clients: a `Map`, a Keyv, or anything with these three methods, which may be async. A rejection,
 * or `false` from `set`, is a failure. It contains secrets: protect it accordingly.
 *
 * It has two keys for each client: the `client_id` for the credentials, and `<client_id>#update` for an
 * {@link UpdateRecord}. Store all members of a value, and let `set` resolve when they are safe: on disk, for example.
 *
 * Give the store its own timeout. A `set` that never settles blocks every later one of its handle, even after the store has
 * recovered: then open the client again, with the token of the error.
 */
export interface RegistrationStore {
  /** Returns the value of a key; `undefined` or `null` if there is none. */
  get(key: string): unknown;
  /** Stores a value, which replaces an earlier one. */
  set(key: string, value: RegistrationCredentials | UpdateRecord): unknown;
  /** Deletes the value of a key, because the client was deleted. */
  delete(key: string): unknown;
}

/** How a {@link DynamicClient} keeps its credentials. */
export interface DynamicClientOptions {
  /**
   * Receives a record of each update before it is sent, and every new token before the caller receives the response.
   * @default none: only the handle has the token
   */
  store?: RegistrationStore | undefined;
  /**
   * Called with credentials that replace earlier ones, after they are stored and before the caller receives the response;
   * not called with those of a registration. May be async. If it fails, it is called again before the next call.
   */
  onRotate?: ((credentials: RegistrationCredentials & { id: string }) => unknown) | undefined;
}

/** The settings of {@link DynamicClient.open}: a token, a store, or both. */
export type OpenDynamicClientOptions = DynamicClientOptions & {
  /** The `client_id`. */
  id: string;
  /** Authenticates the client itself; it is saved in the store. @default the one in the store */
  clientSecret?: string | undefined;
} & (
    | {
        /**
         * The token to use; it is saved in the store. If the store contains another one, the first call finds out which of
         * them is valid and keeps that one.
         */
        registrationAccessToken: string;
      }
    | {
        /** Contains the token; credentials that are passed as well are saved there. */
        store: RegistrationStore;
        /** As above. @default the one in the store */
        registrationAccessToken?: string | undefined;
      }
  );

/** The fields that {@link DynamicClient.update} sets, `undefined` for the server's default. */
export type OAuth2ClientChanges = { [Name in keyof OAuth2Client]?: OAuth2Client[Name] | undefined };

/** The methods of `OidcApi` that a {@link DynamicClient} needs. */
export type RegistrationApi = Pick<
  OidcApi,
  "createOidcDynamicClient" | "getOidcDynamicClient" | "setOidcDynamicClient" | "deleteOidcDynamicClient"
>;

/** The options of {@link DynamicClient.recover}. */
export interface RecoverOptions extends CallOptions {
  /** The admin API of the same server, to create the client again if its token is lost. */
  oAuth2Api?: RecreationApi | undefined;
}

/** The methods of `OAuth2Api` that {@link DynamicClient.recover} needs. */
export type RecreationApi = Pick<
  OAuth2Api,
  "getOAuth2Client" | "setOAuth2Client" | "deleteOAuth2Client" | "createOAuth2Client"
>;

/**
 * What {@link DynamicClient.recover} found or did: `"unchanged"`, the token is valid, so that the call was not processed;
 * `"lost"`, the server has replaced the token, or deleted the client. With an `OAuth2Api`, instead of `"lost"`:
 * `"recreated"`, the client was deleted and created again, with a new token; or `"deleted"`, the client does not exist.
 */
export type Recovery = "unchanged" | "lost" | "recreated" | "deleted";
