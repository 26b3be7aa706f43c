import type { OidcApi } from "../api/oidc.ts";
import type { OAuth2Client } from "../types.ts";

/** The credentials of a client that registered itself. */
export interface RegistrationCredentials {
  /** Authenticates the next call about the client; a successful update replaces it. A secret. */
  registrationAccessToken: string;
  /** Authenticates the client itself, if the server has issued a secret. */
  clientSecret?: string;
}

/**
 * Keeps the credentials of clients: a `Map`, a Keyv, or anything with these three methods, which may be async. A rejection,
 * or `false` from `set`, is a failure. It contains secrets: protect it accordingly.
 *
 * Give the store its own timeout. A `set` that never settles blocks every later one of its handle, even after the store has
 * recovered: then open the client again, with the token of the error.
 */
export interface RegistrationStore {
  /** Returns the credentials of a client; `undefined` or `null` if there is no entry. */
  get(id: string): unknown;
  /** Stores the credentials of a client, which replace earlier ones. */
  set(id: string, credentials: RegistrationCredentials): unknown;
  /** Deletes the credentials of a client that was deleted. */
  delete(id: string): unknown;
}

/** How a {@link DynamicClient} keeps its credentials. */
export interface DynamicClientOptions {
  /** Receives every new token before the caller receives the response. @default none: only the handle has the token */
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
