// Reads the server's metadata (OpenID Connect Discovery): endpoints, supported methods, keys.
//
//   npx tsx examples/keys/discovery.ts
import { OidcApi, WellknownApi } from "hydra-sdk";
import { configurationFromEnv } from "hydra-sdk/mock";

const configuration = { timeout: 10_000, ...configurationFromEnv() };

const { data: server } = await new OidcApi(configuration).discoverOidcConfiguration();
console.log("issuer:           ", server.issuer);
console.log("authorization:    ", server.authorization_endpoint);
console.log("token:            ", server.token_endpoint);
console.log("grant types:      ", server.grant_types_supported?.join(", "));
console.log("client auth:      ", server.token_endpoint_auth_methods_supported?.join(", "));
console.log("registration:     ", server.registration_endpoint ?? "not advertised");

const { data: jwks } = await new WellknownApi(configuration).discoverJsonWebKeys();
for (const { kid, alg, use } of jwks.keys ?? []) console.log("key:              ", alg, use, kid);
