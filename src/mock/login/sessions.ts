import type { Context, Routes } from "../context.ts";
import { OAuthError } from "../http/oauth-error.ts";
import { pageOf } from "../http/paging.ts";
import { json, noContent, refusal } from "../http/reply.ts";
import { endLogins, type GrantedFlow } from "../state/flow-state.ts";
import { consentRequest, consentRequestId } from "./login-consent.ts";
import { clientsOfSession, endSession } from "./logout.ts";
import { isConsentExpired } from "./remembered-consent.ts";

/** The admin API that lists and revokes consents and login sessions. */
export function sessionRoutes(routes: Routes, context: Context): void {
  const path = "/admin/oauth2/auth/sessions";

  routes.admin.get(`${path}/consent`, (c) => {
    const { subject, login_session_id: sessionId } = c.req.query();
    if (!subject) throw new OAuthError("invalid_request", "The query parameter 'subject' is missing.");
    const isListed = (flow: GrantedFlow): boolean =>
      flow.subject === subject &&
      (!sessionId || flow.loginSessionId === sessionId) &&
      !flow.consentSkip &&
      !isConsentExpired(context, flow);
    const refuse = (parameter: string, why: string): Error =>
      parameter === "page_token" ? refusal(400, "invalid pagination token") : new OAuthError("invalid_request", why);
    const { items, link } = pageOf(context, c, context.state.consents, ({ id }) => id, isListed, refuse);
    // An empty page comes without a Link header.
    const headers: Record<string, string> = items.length > 0 ? { link } : {};
    const sessions = items.map((flow) => consentSession(context, flow));
    return json(sessions, 200, headers);
  });

  routes.admin.delete(`${path}/consent`, (c) => {
    const { subject, client, consent_request_id: id, all } = c.req.query();
    const [bySubject, byClient, everything] = [Boolean(subject), Boolean(client), all === "true"];
    const isExclusive = context.has("exclusiveRevocation") ? byClient !== everything : byClient || everything;
    const isById = id && context.has("consentRequestId");
    const isValid = isById ? !bySubject && !byClient : bySubject && isExclusive;
    if (!isValid) {
      const choices = "subject and client, subject and all=true, or consent_request_id";
      throw new OAuthError("invalid_request", `Required query parameters: ${choices}.`);
    }
    for (const flow of [...context.state.consents.values()]) {
      const isRevoked = isById
        ? flow.consentRequestId === id
        : flow.subject === subject && (!client || flow.clientId === client);
      if (!isRevoked) continue;
      context.state.consents.delete(flow.id);
      context.state.tokens.deleteOfGrant(flow.consentRequestId);
    }
    return noContent();
  });

  routes.admin.delete(`${path}/login`, async (c) => {
    const { subject, sid } = c.req.query();
    if (!subject && !sid)
      throw new OAuthError("invalid_request", "The query parameter 'subject' or 'sid' is required.");
    const { logins } = context.state;
    const session = logins.get(sid ?? "");
    if (session?.remember) {
      await endSession(context, session.id, clientsOfSession(context, session.subject, session.id));
    }
    const all = sid ? [] : [...logins.values()].filter((login) => login.subject === subject).map(({ id }) => id);
    endLogins(context.state, all);
    return noContent();
  });
}

function consentSession(context: Context, flow: GrantedFlow): Record<string, unknown> {
  const { consent } = flow;
  const client = context.state.clients.get(flow.clientId)?.client;
  return {
    ...consentRequestId(context, flow),
    grant_scope: consent.scope,
    grant_access_token_audience: consent.audience,
    session: consent.session,
    remember: consent.remember,
    remember_for: consent.rememberFor,
    handled_at: new Date(consent.handledAt).toISOString(),
    context: flow.context,
    // Unlike the flow, the list shows the client as it is now.
    consent_request: consentRequest(context, flow, client, ""),
  };
}
