import type { OAuth2Client } from "../types.ts";
import type { Context, Routes } from "./context.ts";

export function clientRoutes(_routes: Routes, _context: Context): void {}

export function storeClient(_context: Context, client: OAuth2Client): OAuth2Client & { client_id: string } {
  return { client_id: "", ...client };
}
