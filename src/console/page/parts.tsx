import type { ComponentChildren, VNode } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { isNetworkError, isResponseError, isTimeoutError } from "../../index.ts";
import type { Equivalent } from "./equivalents.ts";
import { useInfo } from "./info.ts";
import { useLeaveWarning } from "./router.ts";

/** A view: its title gets the focus when one comes to it, so that a screen reader says where one is. */
export function View(props: { title: string; actions?: ComponentChildren; children: ComponentChildren }): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · hydra-sdk console`;
    heading.current?.focus();
  }, [props.title]);
  return (
    <main>
      <header class="view-header">
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        <div class="actions">{props.actions}</div>
      </header>
      {props.children}
    </main>
  );
}

/** A modal dialog. Closing it, also with Escape, gives the focus back to what opened it. */
export function Dialog(props: { title: string; onClose(): void; children: ComponentChildren }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const onClose = useRef(props.onClose);
  onClose.current = props.onClose;
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current!;
    // The browser closes it without asking when Escape is pressed twice.
    const closed = () => onClose.current();
    element.addEventListener("close", closed);
    element.showModal();
    return () => {
      element.removeEventListener("close", closed);
      element.close();
    };
  }, []);
  const cancelled = (event: Event) => {
    event.preventDefault();
    props.onClose();
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={cancelled}>
      <h2 id={id}>{props.title}</h2>
      {props.children}
    </dialog>
  );
}

/** What a person can do about an error. */
function advice(error: unknown): string {
  if (isNetworkError(error))
    return "The console's server cannot be reached. Is `hydra-sdk console` still running in its terminal?";
  if (isTimeoutError(error)) return "Hydra did not respond in time. Try again, or look at its health under Server.";
  if (!isResponseError(error)) return "";
  if (error.error === "invalid_session")
    return "The session has ended. Start `hydra-sdk console` again and open the new link.";
  if (error.status === 404) return "It does not exist, or this version of Hydra does not have it.";
  if (error.status === 502 || error.status === 504)
    return "Hydra cannot be reached. Does it run, and is the URL right that the console was started with?";
  if (error.status >= 500) return "Hydra failed. Its own log says why; try again afterwards.";
  return "";
}

/** An error, and what to do about it. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }): VNode | null {
  if (!error) return null;
  return (
    <div class="notice bad" role="alert">
      <p>
        <strong>{error instanceof Error ? error.message : String(error)}</strong>
      </p>
      <p>
        <Rich text={advice(error)} />
      </p>
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

export const Loading = ({ what }: { what: string }): VNode => (
  <p class="loading" role="status">
    Loading {what}…
  </p>
);

/** Text in which `code` is marked as in Markdown, and **strong** is not. */
export const Rich = ({ text }: { text: string }): VNode => (
  <>
    {text
      .replaceAll("**", "")
      .split("`")
      .map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part))}
  </>
);

/** Runs one action at a time, and keeps what it failed with. */
export function useAction<Args extends unknown[]>(action: (...args: Args) => Promise<unknown>) {
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const run = async (...args: Args) => {
    if (state.busy) return;
    setState({ busy: true });
    try {
      await action(...args);
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return { ...state, run };
}

/** Loads when `key` changes, and again on `reload`. A result that comes too late is dropped. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, key: string) {
  const [state, setState] = useState<{ data?: T; error?: unknown }>({});
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setState({});
    load(controller.signal).then(
      (data) => controller.signal.aborted || setState({ data }),
      (error) => controller.signal.aborted || setState({ error }),
    );
    return () => controller.abort();
  }, [key, attempt]);
  return { ...state, reload: () => setAttempt(attempt + 1), set: (data: T) => setState({ data }) };
}

/** A button that copies a text, and says so. */
export function Copy({
  text,
  label = "Copy",
  onCopied,
}: {
  text: string;
  label?: string;
  onCopied?: () => void;
}): VNode {
  const [result, setResult] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setResult("Copied");
      onCopied?.();
    } catch {
      setResult("The browser did not allow it: select the text and copy it");
    }
  };
  return (
    <span class="copy">
      <button type="button" onClick={copy}>
        {label}
      </button>
      <span role="status">{result}</span>
    </span>
  );
}

/** Each command line with the flags that make it go to the same server. */
const withFlags = (command: string, flags: string): string =>
  flags ? command.replace(/^hydra-sdk \S+ \S+/gm, (start) => `${start} ${flags}`) : command;

/** The same as a form does, to copy. */
export const SameAs = ({ command, code }: Equivalent): VNode => (
  <details class="same-as">
    <summary>Command and code that do the same</summary>
    {[withFlags(command, useInfo().cli), code].map((text, index) => (
      <div key={index}>
        <pre>{text}</pre>
        <Copy text={text} label={index ? "Copy the code" : "Copy the command"} />
      </div>
    ))}
  </details>
);

export const NOT_COPIED = "The client secret was not copied, and is never shown again. Leave anyway?";

/** A secret that is shown this once. It is only in this view: leaving before it was copied is asked first. */
export function NewSecret({ secret, onCopied }: { secret: string; onCopied?: () => void }): VNode {
  const [isCopied, setCopied] = useState(false);
  const [isShown, setShown] = useState(false);
  const id = useId();
  useLeaveWarning(!isCopied, NOT_COPIED);
  const copied = () => {
    setCopied(true);
    onCopied?.();
  };
  return (
    <div class="secret">
      <label for={id}>Client secret</label>
      <input
        id={id}
        class="mono"
        readOnly
        autocomplete="off"
        type={isShown ? "text" : "password"}
        value={secret}
        onCopy={copied}
      />
      <div class="actions">
        <Copy text={secret} label="Copy the secret" onCopied={copied} />
        <button type="button" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? "Hide" : "Show"}
        </button>
      </div>
    </div>
  );
}

/** A link that a client names. It leads somewhere only if it is http or https. */
export const Outside = ({ url }: { url: string }): VNode =>
  /^https?:\/\//i.test(url) && URL.canParse(url) ? (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {url}
    </a>
  ) : (
    <span>{url}</span>
  );

/** A text of a client can have any length. */
export const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

const format = (text: string | undefined, options: Intl.DateTimeFormatOptions): string => {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleString(undefined, options);
};

export const day = (text: string | undefined): string => format(text, { dateStyle: "medium" });
export const time = (text: string | undefined): string => format(text, { dateStyle: "medium", timeStyle: "short" });
