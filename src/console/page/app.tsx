import type { VNode } from "preact";
import { ClientView } from "./client.tsx";
import { ClientList } from "./clients.tsx";
import { CreateView } from "./create.tsx";
import { type ConsoleInfo, Info } from "./info.ts";
import { IssuersView, KeysView, ServerView, SessionsView } from "./look.tsx";
import { linkTo, useRoute } from "./router.ts";
import { TryView } from "./try.tsx";

const VIEWS = [
  ["clients", "Clients"],
  ["try", "Try it"],
  ["server", "Server"],
  ["keys", "Key sets"],
  ["issuers", "Trusted issuers"],
  ["sessions", "Sessions"],
] as const;

function CurrentView({ route: [view, first, second] }: { route: string[] }): VNode {
  switch (view) {
    case "new":
      return <CreateView key={first} kind={first} />;
    case "client":
      return <ClientView key={first} id={first ?? ""} />;
    case "try":
      return <TryView key={second} trial={first ?? ""} clientId={second} />;
    case "server":
      return <ServerView />;
    case "keys":
      return <KeysView />;
    case "issuers":
      return <IssuersView />;
    case "sessions":
      return <SessionsView />;
    default:
      return <ClientList />;
  }
}

export function App({ info }: { info: ConsoleInfo }): VNode {
  const route = useRoute();
  const here = route[0] === "client" || route[0] === "new" ? "clients" : route[0];
  const { admin, public: publicUrl } = info.server;
  return (
    <Info.Provider value={info}>
      <header class="top">
        <a class="brand" href={linkTo("clients")}>
          hydra-sdk <span>console</span>
        </a>
        <nav aria-label="Views">
          {VIEWS.map(([view, title]) => (
            <a key={view} href={linkTo(view)} aria-current={view === here ? "page" : undefined}>
              {title}
            </a>
          ))}
        </nav>
        <p class="server">
          {info.mock && <span class="badge">mock</span>}
          {info.readOnly && <span class="badge">read-only</span>}
          <span class="mono">{admin ?? publicUrl}</span>
        </p>
      </header>
      <CurrentView route={route} />
    </Info.Provider>
  );
}
