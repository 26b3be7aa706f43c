import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RunningConsole } from "../../console/server.ts";
import { Configuration, InvalidInputError, isInvalidInputError } from "../../index.ts";
import { type Command, command } from "../command.ts";
import type { Context } from "../context.ts";
import { milliseconds } from "../duration.ts";
import type { ExampleServer } from "../example-server.ts";
import { boolean, integer } from "../flags.ts";
import { pageFiles } from "../page-files.ts";
import type { Target } from "../target.ts";
import { VERSION } from "../version.ts";

const FLAGS = {
  "read-only": boolean("refuse every change"),
  port: integer("port of 127.0.0.1 to listen on (default: any that is free)", { placeholder: "PORT" }),
  open: boolean("open the browser (default); --no-open prints the link instead"),
  mock: boolean("show an embedded mock of Hydra with example clients"),
};

/** The server that the console shows. */
interface Shown {
  admin: Configuration;
  public: Configuration | undefined;
  /** What set the URLs. */
  from: string;
  /** The flags that make a command go to the same server. */
  cli: string;
}

export const consoleCommand: Command = command({
  verb: "console",
  summary: "Manage clients on a page in the browser",
  details: `It serves the page to the browser that it opens, at 127.0.0.1 alone, until Ctrl+C. Each start has a link of its own, which
works once. API keys and headers stay in this process.`,
  examples: [
    ["hydra-sdk console --mock", "an embedded mock of Hydra, to try it"],
    ["hydra-sdk console --public http://127.0.0.1:4444 --admin http://127.0.0.1:4445", "a server of your own"],
    ["hydra-sdk console --project my-project --read-only", "look at a project of Ory Network, and change nothing"],
  ],
  flags: FLAGS,
  async run(context) {
    const { flags, io, target } = context;
    const ended = new AbortController();
    const end = () => ended.abort();
    // Also when the terminal is closed: the link must not stay on disk.
    for (const signal of ["SIGHUP", "SIGTERM"] as const) process.once(signal, end);
    io.signal.addEventListener("abort", end);
    let example: ExampleServer | undefined;
    try {
      if (flags.mock) example = await (await import("../example-server.ts")).serveExample(io.now);
      await serve(context, example ? shownExample(example, flags.timeout) : await shownTarget(target), ended.signal);
    } finally {
      io.signal.removeEventListener("abort", end);
      for (const signal of ["SIGHUP", "SIGTERM"] as const) process.off(signal, end);
      await example?.close();
    }
  },
});

function shownExample({ publicUrl, adminUrl }: ExampleServer, timeout: string | undefined): Shown {
  const configuration = new Configuration({
    basePath: publicUrl,
    adminBasePath: adminUrl,
    timeout: milliseconds("--timeout", timeout ?? "30s"),
  });
  const cli = `--public ${publicUrl} --admin ${adminUrl}`;
  return { admin: configuration, public: configuration, from: "--mock", cli };
}

async function shownTarget({ settings, admin, public: publicApi }: Target): Promise<Shown> {
  const configuration = await admin();
  assertHeaders(configuration);
  const isHalf = !settings.project && !settings.public;
  const origins = [settings.public, settings.admin, settings.project].flatMap((setting) => setting?.from ?? []);
  return {
    admin: configuration,
    public: isHalf ? undefined : await publicApi(),
    from: [...new Set(origins)].join(", "),
    cli: flagsFor(settings),
  };
}

/** Rejects before the start what would fail at each request. */
function assertHeaders({ baseOptions }: Configuration): void {
  try {
    new Headers(baseOptions?.headers as Record<string, string>);
  } catch {
    // The runtime's own error quotes the value, which may be secret.
    throw new InvalidInputError("--http-header", "--http-header has a name or a value that HTTP does not allow");
  }
}

/** The flags for the same server. Headers are left out: they may be secret. */
function flagsFor({ public: publicUrl, admin, project, workspace }: Target["settings"]): string {
  const profile = /^profile (.*)/.exec((admin ?? project)?.from ?? "")?.[1];
  const flags = profile
    ? { profile }
    : project
      ? { project: project.value, workspace: workspace?.value }
      : publicUrl?.value === admin?.value
        ? { endpoint: admin?.value }
        : { public: publicUrl?.value, admin: admin?.value };
  const given = Object.entries(flags).flatMap(([name, value]) => (value ? [`--${name} ${quoted(value)}`] : []));
  return given.join(" ");
}

/** A word for a shell. */
const quoted = (text: string): string => (/^[\w./:@%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Serves the page until `ended` is aborted. */
async function serve(context: Context<typeof FLAGS>, shown: Shown, ended: AbortSignal): Promise<void> {
  const { flags, io, terminal } = context;
  const { admin, public: publicApi, from, cli } = shown;
  const { serveConsole } = await import("../../console/server.ts");
  let link: LinkFile | undefined;
  const running = await serveConsole({
    files: await pageFiles(),
    admin,
    public: publicApi,
    port: flags.port,
    facts: {
      readOnly: flags["read-only"] ?? false,
      mock: flags.mock ?? false,
      server: { admin: admin.adminBasePath!, ...(publicApi && { public: publicApi.basePath! }), from },
      version: VERSION,
      cli,
    },
    onSession: () => void link?.remove(),
  }).catch((error) => {
    throw cannotListen(flags.port, error);
  });
  try {
    if (flags.open !== false) link = await writeLink(running);
    const isOpen = link && (await io.openBrowser(link.url));
    await io.stdout.write(`${isOpen ? running.url : linkOf(running)}\n`);
    await terminal.note(
      isOpen
        ? `The console of ${admin.adminBasePath} opens in the browser. If it does not: open ${link!.url}`
        : `Open this link for the console of ${admin.adminBasePath}. It works once.`,
    );
    await terminal.note("Ctrl+C ends it.");
    if (!ended.aborted) await once(ended, "abort");
  } finally {
    await Promise.all([running.close(), link?.remove()]);
  }
}

const linkOf = ({ url, token }: RunningConsole): string => `${url}#${token}`;

interface LinkFile {
  url: string;
  remove(): Promise<void>;
}

/**
 * Writes a page that leads to the console, which only this user can read. Every user of the machine can read the arguments of
 * the command that opens the browser, so the link with its token must not be one of them.
 */
async function writeLink(running: RunningConsole): Promise<LinkFile> {
  const folder = await mkdtemp(join(tmpdir(), "hydra-sdk-console-"));
  const file = join(folder, "console.html");
  const page = `<!doctype html><meta charset="utf-8"><title>hydra-sdk console</title>
<meta http-equiv="refresh" content="0; url=${linkOf(running)}">
<p><a href="${linkOf(running)}">Open the console</a></p>
`;
  await writeFile(file, page, { mode: 0o600 });
  return { url: pathToFileURL(file).href, remove: () => rm(folder, { recursive: true, force: true }) };
}

function cannotListen(port: number | undefined, error: NodeJS.ErrnoException): unknown {
  if (isInvalidInputError(error) || error.code === undefined) return error;
  return new InvalidInputError(
    "--port",
    `--port ${port ?? 0}: cannot listen there (${error.code}): choose another port`,
  );
}
