// Serves the login and consent application until Ctrl+C, with a mock, or with the Hydra of your environment.
//
//   npx tsx examples/provider/serve.ts
//   HYDRA_PUBLIC_URL=http://127.0.0.1:4444 HYDRA_ADMIN_URL=http://127.0.0.1:4445 npx tsx examples/provider/serve.ts
//
// DEMO_EMAIL and DEMO_PASSWORD name the one person who can log in.
import { interrupted, startStage } from "../support/serve.ts";

const stage = await startStage();
console.log("Hydra:              ", stage.configuration.basePath);
console.log("login and consent:  ", stage.app);
console.log("who can log in:     ", stage.who);
console.log("Ctrl+C ends it. provider/sign-in.ts --serve serves the same, and an application to log in to.");
await interrupted();
await stage.close();
