import { useEffect, useState } from "preact/hooks";

/** Returns the question to ask before the present view is left; `undefined` if nothing would be lost. */
let question: () => string | undefined = () => undefined;

const path = () => (location.hash.startsWith("#/") ? location.hash : "#/clients");
let current = path();

/** Link to a view: `linkTo("clients", id)`. */
export const linkTo = (...parts: string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;

/** Opens a view. */
export function go(...parts: string[]): void {
  location.hash = linkTo(...parts);
}

/** The parts of the present path. Leaving a view that has something to lose is asked first. */
export function useRoute(): string[] {
  const [route, setRoute] = useState(path());
  useEffect(() => {
    const changed = () => {
      const asked = path() === current ? undefined : question();
      if (asked && !confirm(asked)) return history.pushState(null, "", current);
      current = path();
      setRoute(current);
    };
    const leaving = (event: BeforeUnloadEvent) => {
      if (question()) event.preventDefault();
    };
    addEventListener("hashchange", changed);
    addEventListener("beforeunload", leaving);
    return () => {
      removeEventListener("hashchange", changed);
      removeEventListener("beforeunload", leaving);
    };
  }, []);
  return route.slice(2).split("/").map(decodePart);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Asks `text` before the view is left, while `isNeeded`. */
export function useLeaveWarning(isNeeded: boolean, text: string): void {
  useEffect(() => {
    if (!isNeeded) return;
    const before = question;
    question = () => text;
    return () => {
      question = before;
    };
  }, [isNeeded, text]);
}
