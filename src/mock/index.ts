/**
 * A mock of Ory Hydra, for development and tests: {@link createMockHydra} makes one, as a fetch function.
 *
 * @module hydra-sdk/mock
 */

export { configurationFromEnv } from "./environment.ts";
export type { Fault, FaultTrigger } from "./faults.ts";
export type {
  ConsentAcceptance,
  Denial,
  DeviceRequest,
  Flow,
  GrantedFlow,
  LoginAcceptance,
  LoginSession,
  LogoutRequest,
} from "./flow-state.ts";
export { createMockHydra, type MockHydra } from "./hydra.ts";
export type { Operation } from "./operations.ts";
export type { MockHydraOptions, MockUrls } from "./options.ts";
export type { RecordedRequest } from "./requests.ts";
export type { State, StoredClient, StoredIssuer } from "./state.ts";
export type { Grant, Token } from "./token-table.ts";
