/** What tests outside this folder need of a person with a browser. */
export { Application, Browser, logInAndConsent, REDIRECT_URI } from "./support/browser.ts";
export { standingClock } from "./support/clock.ts";
export { pkce } from "./support/requests.ts";
