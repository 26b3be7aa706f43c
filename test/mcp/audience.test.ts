import { describe, expect, it } from "vitest";
import { audienceFromResource, isHydraError, isInvalidInputError, isInvalidTargetError } from "../../src/index.ts";

const MCP = "https://mcp.example.com/mcp";

/** A consent request whose authorization request had these parameters. */
const consent = (parameters: string[][], requested?: string[]) => ({
  request_url: `https://auth.example.com/oauth2/auth?${new URLSearchParams([["client_id", "app"], ...parameters])}`,
  ...(requested && { requested_access_token_audience: requested }),
});
const resource = (...values: string[]) => consent(values.map((value) => ["resource", value]));

function errorOf(call: () => unknown): unknown {
  try {
    return expect.fail(`returned ${JSON.stringify(call())}`);
  } catch (error) {
    return error;
  }
}

describe("audienceFromResource", () => {
  it("grants the requested resources, each once", () => {
    const allowed = [MCP, "https://api.example.com", "urn:example:orders"];
    expect(audienceFromResource(resource(MCP), { allowed })).toEqual([MCP]);
    expect(audienceFromResource(resource("urn:example:orders", MCP, MCP), { allowed })).toEqual([
      "urn:example:orders",
      MCP,
    ]);
  });

  it("grants nothing to a request without a resource", () => {
    expect(audienceFromResource(consent([]), { allowed: [MCP] })).toEqual([]);
  });

  it.each([
    ["https://MCP.example.com/mcp", MCP],
    ["https://mcp.example.com:443/mcp/", MCP],
    ["https://mcp.example.com/", "https://mcp.example.com"],
    ["https://mcp.example.com", "https://mcp.example.com/"],
  ])("grants %s as %s, as it is allowed", (requested, allowed) => {
    expect(audienceFromResource(resource(requested), { allowed: [allowed] })).toEqual([allowed]);
  });

  it.each([
    "https://other.example.com/mcp",
    "http://mcp.example.com/mcp",
    "https://mcp.example.com/",
    "https://mcp.example.com/mcp/admin",
    "https://mcp.example.com/MCP",
    "https://mcp.example.com/mcp?tenant=2",
    "https://mcp.example.com:8443/mcp",
    "https://mcp.example.com.evil.example/mcp",
  ])("refuses %s, which is not allowed", (requested) => {
    const error = errorOf(() => audienceFromResource(resource(MCP, requested), { allowed: [MCP] }));
    expect(isInvalidTargetError(error)).toBe(true);
    expect(error).toMatchObject({
      name: "InvalidTargetError",
      error: "invalid_target",
      errorDescription: "This server does not issue tokens for the requested resource.",
      resource: requested,
    });
    expect(isHydraError(error)).toBe(true);
  });

  it.each(["", "/mcp", "mcp.example.com", `${MCP}#part`, `${MCP}#`])("refuses %j, which RFC 8707 does", (requested) => {
    const error = errorOf(() => audienceFromResource(resource(requested), { allowed: [MCP] }));
    expect(error).toMatchObject({
      name: "InvalidTargetError",
      errorDescription: "The resource must be an absolute URI without a fragment.",
      resource: requested,
    });
  });

  it("checks Hydra's own parameter audience as well: clients that register themselves choose what they may request", () => {
    const allowed = [MCP, "orders"];
    expect(audienceFromResource(consent([["resource", MCP]], ["orders", MCP]), { allowed })).toEqual([MCP, "orders"]);
    const error = errorOf(() => audienceFromResource(consent([["resource", MCP]], ["payments"]), { allowed }));
    expect(error).toMatchObject({ name: "InvalidTargetError", resource: "payments" });
  });

  it.each([undefined, "", "/oauth2/auth"])("rejects a consent request with the request_url %s", (request_url) => {
    const request = request_url === undefined ? {} : { request_url };
    const error = errorOf(() => audienceFromResource(request, { allowed: [MCP] }));
    expect(isInvalidInputError(error) && error.field).toBe("request_url");
  });

  it.each([[`${MCP}#part`], undefined, MCP])("rejects the list of allowed resources %s", (allowed) => {
    const error = errorOf(() => audienceFromResource(resource(MCP), { allowed: allowed as string[] }));
    expect(isInvalidInputError(error) && error.field).toBe("allowed");
  });
});
