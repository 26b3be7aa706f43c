/**
 * The supported versions of Hydra, oldest first. `test/contract/` has been run against each of them.
 * `master` is what will be in the release after the last one named here.
 */
export const HYDRA_VERSIONS: readonly HydraVersion[] = ["2.3", "25.4", "26.2", "master"];

/** One of the supported versions of Hydra. */
export type HydraVersion = "2.3" | "25.4" | "26.2" | "master";

/** A behavior that differs between the versions of Hydra. */
export interface FeatureFacts {
  /** A title for the row of a table. */
  title: string;
  /** The first version that has it. */
  since: HydraVersion;
  /** The behavior of older versions. */
  before: string;
  /** The IDs of the operations that older versions do not have. */
  operations?: readonly string[];
}

/** The names of the {@link FEATURES}. */
export type Feature =
  | "deviceFlow"
  | "secretRotation"
  | "slashesInIds"
  | "patchRemovesMembers"
  | "patchEndsRegistrationToken"
  | "jwksUriUpdates"
  | "tosUriCheck"
  | "clientUriChecks"
  | "keysetPages"
  | "refusesPageTokens"
  | "issuerIdCheck"
  | "consentRequestId"
  | "exclusiveRevocation"
  | "ignoresUnknownConsent"
  | "selectAccountPrompt"
  | "logoutTimes"
  | "authorizationServerMetadata"
  | "assertionAudienceOmitted";

/** The changes from version to version that a user of this library can notice. */
export const FEATURES: Readonly<Record<Feature, FeatureFacts>> = {
  deviceFlow: {
    title: "Device flow (RFC 8628)",
    since: "25.4",
    before:
      "Answers 404, leaves the device endpoint out of the discovery document, and ignores a client's lifespans for it.",
    operations: ["oAuth2DeviceFlow", "performOAuth2DeviceVerificationFlow", "acceptUserCodeRequest"],
  },
  secretRotation: {
    title: "Rotation of client secrets",
    since: "master",
    before: "Answers 404. A new secret can only replace the old one at once, by an update.",
    operations: ["rotateOAuth2ClientSecret", "deleteRotatedOAuth2ClientSecrets"],
  },
  slashesInIds: {
    title: "Slashes in the ids of clients, key sets and keys",
    since: "25.4",
    before: "Creates such a client, but then answers 404 to every call that names it. Does not create such a key set.",
  },
  patchRemovesMembers: {
    title: "A JSON Patch that removes a member of a client",
    since: "25.4",
    before: "Answers 200 and leaves the member as it was. Replacing it with an empty value works.",
  },
  patchEndsRegistrationToken: {
    title: "An administrator's PATCH ends the registration access token",
    since: "25.4",
    before: "The token stays valid. An administrator's PUT ends it in every version.",
  },
  jwksUriUpdates: {
    title: "Updates of a client that has a jwks_uri",
    since: "25.4",
    before: "Refuses PATCH and new lifespans with 400, and a PUT as well unless `jwks` is left out of it.",
  },
  tosUriCheck: {
    title: "Refuses a tos_uri that is not a URL",
    since: "25.4",
    before: "Stores it.",
  },
  clientUriChecks: {
    title: "Refuses a client_uri, logo_uri or policy_uri that is not a URL",
    since: "26.2",
    before: "Stores it.",
  },
  keysetPages: {
    title: "Pages that follow the filter of a list",
    since: "25.4",
    before:
      "Pages by number, and goes on as long as there are clients of any kind: a filtered list ends with an empty page. A page token that it cannot read gives the first page.",
  },
  refusesPageTokens: {
    title: "Refuses a page token that it cannot read with 400",
    since: "master",
    before: "Drops the connection, which is a NetworkError of this library. 2.3 answers with the first page.",
  },
  issuerIdCheck: {
    title: "Refuses the id of a trusted issuer that is not a UUID with 400",
    since: "25.4",
    before: "Answers 404, as for any id that it does not know.",
  },
  consentRequestId: {
    title: "Consents have a consent_request_id, by which one of them can be revoked",
    since: "25.4",
    before: "Has no such member, and answers 400 to a revocation by it.",
  },
  exclusiveRevocation: {
    title: "Refuses to revoke consents of a client and all consents in one call",
    since: "25.4",
    before: "Answers 204 and revokes those of the client alone.",
  },
  ignoresUnknownConsent: {
    title: "Ignores members that it does not know when a consent is accepted or rejected",
    since: "25.4",
    before: "Answers 400.",
  },
  selectAccountPrompt: {
    title: "Asks a remembered person for a login again on prompt=select_account",
    since: "master",
    before: "Skips the login of a person whom it remembers.",
  },
  logoutTimes: {
    title: "Says when a logout request was made and when it expires",
    since: "master",
    before: "Says null.",
  },
  authorizationServerMetadata: {
    title: "Serves /.well-known/oauth-authorization-server (RFC 8414)",
    since: "25.4",
    before: "Answers 404. The same document is at /.well-known/openid-configuration.",
  },
  assertionAudienceOmitted: {
    title: "Leaves the audience of a JWT bearer assertion out of the access token",
    since: "master",
    before: "Adds it, the token endpoint's URL in most cases, to the token's audience.",
  },
};

/** Whether a server of `version` has a feature. */
export function hasFeature(version: HydraVersion, feature: Feature): boolean {
  return HYDRA_VERSIONS.indexOf(version) >= HYDRA_VERSIONS.indexOf(FEATURES[feature].since);
}

/**
 * Returns the supported version whose behavior matches the server version `name`, such as `v26.2.0`: the same version or
 * the last one before it. Builds without a release number, such as `master` or `dev`, count as the newest.
 */
export function knownVersion(name: string): HydraVersion {
  const release = /^v?(\d+\.\d+)/.exec(name)?.[1];
  const [oldest, ...newer] = HYDRA_VERSIONS as readonly [HydraVersion, ...HydraVersion[]];
  const last = HYDRA_VERSIONS.at(-2)!;
  if (release === undefined || compareReleases(release, last) > 0) return "master";
  return newer.filter((version) => version !== "master" && compareReleases(version, release) <= 0).at(-1) ?? oldest;
}

/** Negative if `a` is older than `b`. */
function compareReleases(a: string, b: string): number {
  const [major = 0, minor = 0] = a.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = b.split(".").map(Number);
  return major - otherMajor || minor - otherMinor;
}
