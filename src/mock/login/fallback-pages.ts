import type { Context, Exchange, Routes } from "../context.ts";
import type { OAuthError } from "../http/oauth-error.ts";
import { escapeHtml, html, redirect } from "../http/reply.ts";

/** The server's own pages, for when no client or application can show one. */
export function fallbackPageRoutes(routes: Routes): void {
  routes.public.get("/oauth2/fallbacks/*", fallbackPage);
}

/** Sends the browser to a page that tells the person what went wrong. */
export function redirectToErrorPage(context: Context, c: Exchange, error: OAuthError): Response {
  const query = new URLSearchParams({ error: error.code, error_description: error.message });
  return redirect(c, `${context.publicUrl}/oauth2/fallbacks/error?${query}`);
}

export function logoutPageUrl(context: Context): string {
  return `${context.publicUrl}/oauth2/fallbacks/logout/callback`;
}

function fallbackPage(c: Exchange): Response {
  const { error, error_description: description = "" } = c.req.query();
  const title = escapeHtml(error ?? "No application is configured to show this page");
  const page = `<!doctype html><title>${title}</title><h1>${title}</h1><p>${escapeHtml(description)}</p>`;
  return html(page, error === undefined ? 200 : 500);
}
