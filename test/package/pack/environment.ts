/** The environment variables that examples and their servers read. Tests run without them, as on a new machine. */
const VARIABLES = /^(ORY|HYDRA|TLS|DEMO)_|_PROXY$|^(PORT|PAGE_PORT|REDIS_URL|NO_COLOR|FORCE_COLOR)$/i;

for (const name in process.env) if (VARIABLES.test(name)) delete process.env[name];
