/**
 * A mock of Ory Hydra, for development and tests: {@link createMockHydra} creates one, with a fetch function.
 * {@link createMockConsole} creates a mock of Ory Network's console, with a mock Hydra for each project.
 *
 * @module hydra-sdk/mock
 */

export { createMockConsole, type MockConsole, type MockConsoleOptions, type MockProject } from "./console/console.ts";
export type { ConsoleState, StoredProject, StoredWorkspace } from "./console/state.ts";
export type { Fault, FaultTrigger } from "./controls/faults.ts";
export type { RecordedRequest } from "./controls/request-log.ts";
export { configurationFromEnv } from "./environment.ts";
export { createMockHydra, type MockHydra } from "./hydra.ts";
export type { Operation } from "./operations.ts";
export type {
  AccessTokenStrategy,
  HydraVersion,
  MockHydraOptions,
  MockTtl,
  MockUrls,
  ScopeClaim,
  SubjectType,
} from "./options.ts";
export type {
  ConsentAcceptance,
  Denial,
  DeviceRequest,
  Flow,
  GrantedFlow,
  LoginAcceptance,
  LoginSession,
  LogoutRequest,
} from "./state/flow-state.ts";
export type { State, StoredClient, StoredIssuer } from "./state/state.ts";
export type { Grant, Token } from "./state/token-table.ts";
export type {
  TokenHook,
  TokenHookIdTokenClaims,
  TokenHookRequest,
  TokenHookResponse,
  TokenHookSession,
  TokenHookTokenRequest,
} from "./token-hook.ts";
