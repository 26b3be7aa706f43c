import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  diffOAuth2Client,
  type Fetch,
  isInvalidInputError,
  type JsonPatch,
  type JsonWebKey,
  OAuth2Api,
  type OAuth2Client,
  type OAuth2ClientTokenLifespans,
  updateOAuth2Client,
} from "../../src/index.ts";
import { createMockHydra } from "../../src/mock/index.ts";
import { targets } from "../contract/targets.ts";
import { json, observe, rejection } from "../support/observe.ts";

const LIFESPANS = [
  "authorization_code_grant_access_token_lifespan",
  "authorization_code_grant_id_token_lifespan",
  "authorization_code_grant_refresh_token_lifespan",
  "client_credentials_grant_access_token_lifespan",
  "device_authorization_grant_access_token_lifespan",
  "device_authorization_grant_id_token_lifespan",
  "device_authorization_grant_refresh_token_lifespan",
  "implicit_grant_access_token_lifespan",
  "implicit_grant_id_token_lifespan",
  "jwt_bearer_grant_access_token_lifespan",
  "refresh_token_grant_access_token_lifespan",
  "refresh_token_grant_id_token_lifespan",
  "refresh_token_grant_refresh_token_lifespan",
] as const satisfies (keyof OAuth2ClientTokenLifespans)[];

/** Public keys, as WebCrypto exports them. */
const KEYS: object[] = [
  {
    kty: "EC",
    crv: "P-256",
    x: "eixLUTMYI-U7SYbAA_IzY4p0p9pBkI20guZp7lcS-Xo",
    y: "Z1k5fhg1aGEKq5FxKsAxD3AZtM2GFidByAM20ygD9J8",
    ext: true,
    key_ops: ["verify"],
  },
  { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", ext: true, key_ops: ["verify"] },
  {
    kty: "RSA",
    n: "ALJq7Wo-Nn4NWTdzXw0yqIcVbT-qJQXR3TCv8xuVK29J6AYIQV4PVa8DsHYhA5kNUHBTc8HbwgtQnLEzvGLKdu0vPp5kX1sFAK6yo0cYPwgpRA9aLdcWZ5iXOTPqbWcYs0fCJ1Xk8oFWCQKQh4nNJ4f3FzKXZsM2oBd0o3TZ4d0r",
    e: "AAEAAQ",
    ext: true,
    key_ops: ["verify"],
  },
];
