import { render } from "preact";
import { App } from "./app.tsx";
import { openConsole, SessionError } from "./hydra.ts";

const page = document.createElement("div");
page.id = "page";
document.body.append(page);

try {
  render(<App info={await openConsole()} />, page);
} catch (error) {
  const isSession = error instanceof SessionError;
  render(
    <main>
      <h1>{isSession ? "This link was used already" : "The console cannot start"}</h1>
      <p>
        {isSession
          ? "Each link of the console opens it once. "
          : `${(error as Error).message}. Its server may have ended. `}
        Start <code>hydra-sdk console</code> again in the terminal, and open the link that it shows.
      </p>
    </main>,
    page,
  );
}
