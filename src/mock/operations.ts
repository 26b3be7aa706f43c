/** The routes of every operation: listener, method and path. */
const OPERATIONS = {
  discoverJsonWebKeys: ["public GET /.well-known/jwks.json"],
  discoverOidcConfiguration: ["public GET /.well-known/openid-configuration"],
  listOAuth2Clients: ["admin GET /admin/clients"],
  createOAuth2Client: ["admin POST /admin/clients"],
  deleteOAuth2Client: ["admin DELETE /admin/clients/:id"],
  getOAuth2Client: ["admin GET /admin/clients/:id"],
  patchOAuth2Client: ["admin PATCH /admin/clients/:id"],
  setOAuth2Client: ["admin PUT /admin/clients/:id"],
  setOAuth2ClientLifespans: ["admin PUT /admin/clients/:id/lifespans"],
  deleteRotatedOAuth2ClientSecrets: ["admin DELETE /admin/clients/:id/secrets/rotate"],
  rotateOAuth2ClientSecret: ["admin POST /admin/clients/:id/secrets/rotate"],
  deleteJsonWebKeySet: ["admin DELETE /admin/keys/:set"],
  getJsonWebKeySet: ["admin GET /admin/keys/:set"],
  createJsonWebKeySet: ["admin POST /admin/keys/:set"],
  setJsonWebKeySet: ["admin PUT /admin/keys/:set"],
  deleteJsonWebKey: ["admin DELETE /admin/keys/:set/:kid"],
  getJsonWebKey: ["admin GET /admin/keys/:set/:kid"],
  setJsonWebKey: ["admin PUT /admin/keys/:set/:kid"],
  getOAuth2ConsentRequest: ["admin GET /admin/oauth2/auth/requests/consent"],
  acceptOAuth2ConsentRequest: ["admin PUT /admin/oauth2/auth/requests/consent/accept"],
  rejectOAuth2ConsentRequest: ["admin PUT /admin/oauth2/auth/requests/consent/reject"],
  acceptUserCodeRequest: ["admin PUT /admin/oauth2/auth/requests/device/accept"],
  getOAuth2LoginRequest: ["admin GET /admin/oauth2/auth/requests/login"],
  acceptOAuth2LoginRequest: ["admin PUT /admin/oauth2/auth/requests/login/accept"],
  rejectOAuth2LoginRequest: ["admin PUT /admin/oauth2/auth/requests/login/reject"],
  getOAuth2LogoutRequest: ["admin GET /admin/oauth2/auth/requests/logout"],
  acceptOAuth2LogoutRequest: ["admin PUT /admin/oauth2/auth/requests/logout/accept"],
  rejectOAuth2LogoutRequest: ["admin PUT /admin/oauth2/auth/requests/logout/reject"],
  revokeOAuth2ConsentSessions: ["admin DELETE /admin/oauth2/auth/sessions/consent"],
  listOAuth2ConsentSessions: ["admin GET /admin/oauth2/auth/sessions/consent"],
  revokeOAuth2LoginSessions: ["admin DELETE /admin/oauth2/auth/sessions/login"],
  introspectOAuth2Token: ["admin POST /admin/oauth2/introspect"],
  deleteOAuth2Token: ["admin DELETE /admin/oauth2/tokens"],
  listTrustedOAuth2JwtGrantIssuers: ["admin GET /admin/trust/grants/jwt-bearer/issuers"],
  trustOAuth2JwtGrantIssuer: ["admin POST /admin/trust/grants/jwt-bearer/issuers"],
  deleteTrustedOAuth2JwtGrantIssuer: ["admin DELETE /admin/trust/grants/jwt-bearer/issuers/:id"],
  getTrustedOAuth2JwtGrantIssuer: ["admin GET /admin/trust/grants/jwt-bearer/issuers/:id"],
  createVerifiableCredential: ["public POST /credentials"],
  isAlive: ["admin GET /admin/health/alive", "public GET /health/alive"],
  isReady: ["admin GET /admin/health/ready", "public GET /health/ready"],
  oAuth2Authorize: ["public GET /oauth2/auth", "public POST /oauth2/auth"],
  oAuth2DeviceFlow: ["public POST /oauth2/device/auth"],
  performOAuth2DeviceVerificationFlow: ["public GET /oauth2/device/verify"],
  createOidcDynamicClient: ["public POST /oauth2/register"],
  deleteOidcDynamicClient: ["public DELETE /oauth2/register/:id"],
  getOidcDynamicClient: ["public GET /oauth2/register/:id"],
  setOidcDynamicClient: ["public PUT /oauth2/register/:id"],
  revokeOAuth2Token: ["public POST /oauth2/revoke"],
  revokeOidcSession: ["public GET /oauth2/sessions/logout", "public POST /oauth2/sessions/logout"],
  oauth2TokenExchange: ["public POST /oauth2/token"],
  getOidcUserInfo: ["public GET /userinfo", "public POST /userinfo"],
  getVersion: ["admin GET /admin/version"],
} as const;

/** The `operationId` of one of the 52 operations, as the API classes name their methods. */
export type Operation = keyof typeof OPERATIONS;

export type Listener = "public" | "admin";

export function isOperation(name: string): name is Operation {
  return Object.hasOwn(OPERATIONS, name);
}

let operationsByRoute: Map<string, Operation> | undefined;

/** The operation that a route serves; `undefined` for a route that does not belong to an operation. */
export function operationOf(listener: Listener, method: string, path: string): Operation | undefined {
  operationsByRoute ??= new Map(
    Object.entries(OPERATIONS).flatMap(([operation, routes]) =>
      routes.map((route): [string, Operation] => [route, operation as Operation]),
    ),
  );
  return operationsByRoute.get(`${listener} ${method} ${path}`);
}
