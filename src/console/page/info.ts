import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** What the server of the console says at `GET /console`, as its `ConsoleFacts`. */
export interface ConsoleInfo {
  readOnly: boolean;
  mock: boolean;
  server: { public?: string; admin?: string; from: string };
  version: string;
  cli: string;
  callbackUrl: string;
}

export const Info = createContext<ConsoleInfo>(undefined as never);

/** What the console is connected to, and whether it may change it. */
export const useInfo = (): ConsoleInfo => useContext(Info);
