/** What of the environment examples and their servers heed, so that a test begins as on a fresh machine. */
const HEEDED = /^(ORY|HYDRA|TLS|DEMO)_|_PROXY$|^(PORT|PAGE_PORT|REDIS_URL|NO_COLOR|FORCE_COLOR)$/i;

for (const name in process.env) if (HEEDED.test(name)) delete process.env[name];
