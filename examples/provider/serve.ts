// Serves the login and consent application until Ctrl+C, with a mock or the Hydra that your environment names.
//
//   npx tsx examples/provider/serve.ts
//   HYDRA_PUBLIC_URL=http://127.0.0.1:4444 HYDRA_ADMIN_URL=http://127.0.0.1:4445 npx tsx examples/provider/serve.ts
//
// DEMO_EMAIL and DEMO_PASSWORD are the credentials of the only user who can log in.
import { interrupted, startStage } from "../support/serve.ts";

const stage = await startStage();
console.log("Hydra:              ", stage.configuration.basePath);
console.log("login and consent:  ", stage.app);
console.log("log in as:          ", stage.loginHint);
console.log("Press Ctrl+C to stop. provider/sign-in.ts --serve also serves an application to log in to.");
await interrupted();
await stage.close();
