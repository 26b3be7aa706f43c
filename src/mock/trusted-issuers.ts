import type { Context, Routes } from "./context.ts";

export function trustedIssuerRoutes(_routes: Routes, _context: Context): void {}
