import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { OAuth2Client } from "../../index.ts";
import { DeleteDialog } from "./delete.tsx";
import * as equivalents from "./equivalents.ts";
import { clients } from "./hydra.ts";
import { useInfo } from "./info.ts";
import { kindOfClient } from "./kinds.ts";
import { day, Failure, Loading, SameAs, shorten, View } from "./parts.tsx";
import { go, linkTo } from "./router.ts";

/** Clients of one request, and of one screen. */
const REQUEST_SIZE = 250;
const SCREEN_SIZE = 50;

const shortGrant = (grant: string) => grant.split(":").at(-1);

interface Column {
  title: string;
  value(client: OAuth2Client): string;
  class: string;
}

/** What the list shows. A narrow window leaves out what is `wide`. */
const COLUMNS: readonly Column[] = [
  { title: "Name", value: (client) => client.client_name ?? "", class: "name" },
  { title: "ID", value: (client) => client.client_id ?? "", class: "id mono" },
  { title: "Kind", value: kindOfClient, class: "kind-of" },
  { title: "Grants", value: (client) => (client.grant_types ?? []).map(shortGrant).join(", "), class: "wide grants" },
  { title: "Authentication", value: (client) => client.token_endpoint_auth_method ?? "", class: "wide auth" },
  { title: "Owner", value: (client) => client.owner ?? "", class: "wide owner" },
  { title: "Created", value: (client) => client.created_at ?? "", class: "wide created" },
];

/** The `page_token` of the link to the next page (RFC 8288). */
function nextPage(link = ""): string | undefined {
  const [, query] = /\?([^>]*)>;\s*rel="?next/.exec(link) ?? [];
  return new URLSearchParams(query).get("page_token") ?? undefined;
}

interface Loaded {
  rows: OAuth2Client[];
  /** The token of the page that follows, if there are more. */
  next?: string | undefined;
  busy: boolean;
  error?: unknown;
}

/**
 * Reads the clients that the server's filters choose, as many as are asked for. Not with `paginate`: a page that failed can be
 * asked for again.
 */
function useClients({ owner, name }: { owner: string; name: string }) {
  const [state, setState] = useState<Loaded>({ rows: [], busy: true });
  const left = useRef<AbortController | null>(null);
  const [attempt, setAttempt] = useState(0);

  async function read({ rows, next }: Pick<Loaded, "rows" | "next">, wanted: number) {
    const { signal } = left.current!;
    setState({ rows, next, busy: true });
    try {
      do {
        const filters = { owner: owner || undefined, clientName: name || undefined };
        const page = await clients.listOAuth2Clients(
          { pageSize: REQUEST_SIZE, pageToken: next, ...filters },
          { signal },
        );
        rows = [...rows, ...page.data];
        next = page.data.length > 0 ? nextPage(page.headers.link) : undefined;
        setState({ rows, next, busy: Boolean(next) && rows.length < wanted });
      } while (next && rows.length < wanted);
    } catch (error) {
      if (!signal.aborted) setState({ rows, next, busy: false, error });
    }
  }

  useEffect(() => {
    left.current = new AbortController();
    read({ rows: [] }, 1);
    return () => left.current?.abort();
  }, [owner, name, attempt]);

  return {
    ...state,
    more: state.next !== undefined,
    load: (wanted: number) => read(state, wanted),
    reload: () => setAttempt(attempt + 1),
    remove: (ids: string[]) => setState({ ...state, rows: state.rows.filter((row) => !ids.includes(row.client_id!)) }),
  };
}

export function ClientList(): VNode {
  const { readOnly } = useInfo();
  const [filter, setFilter] = useState({ owner: "", name: "" });
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState({ column: -1, down: false });
  const [screen, setScreen] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isDeleting, setDeleting] = useState(false);
  const { rows, more, busy, error, load, reload, remove } = useClients(filter);

  const shown = arrange(rows, search, sort);
  const screens = Math.max(1, Math.ceil(shown.length / SCREEN_SIZE));
  const at = Math.min(screen, screens - 1);
  const visible = shown.slice(at * SCREEN_SIZE, (at + 1) * SCREEN_SIZE);
  const isFiltered = filter.owner !== "" || filter.name !== "";

  function apply(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const id = String(form.get("id")).trim();
    if (id) return go("client", id);
    setChosen(new Set());
    setScreen(0);
    setFilter({ owner: String(form.get("owner")).trim(), name: String(form.get("name")).trim() });
  }

  const choose = (ids: string[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) isChosen ? next.add(id) : next.delete(id);
    setChosen(next);
  };

  const create = !readOnly && (
    <a class="button primary" href={linkTo("new")}>
      New client
    </a>
  );

  return (
    <View title="Clients" actions={create}>
      <form class="filters" onSubmit={apply}>
        <label>
          Name is <input name="name" />
        </label>
        <label>
          Owner is <input name="owner" />
        </label>
        <label>
          ID is <input name="id" class="mono" />
        </label>
        <button type="submit">Find</button>
        <label class="search">
          Search what is loaded
          <input
            type="search"
            value={search}
            onInput={(event) => {
              setSearch(event.currentTarget.value);
              setScreen(0);
            }}
          />
        </label>
      </form>
      <Failure error={error} retry={rows.length ? () => load(rows.length + 1) : reload} />
      {rows.length === 0 && busy && <Loading what="clients" />}
      {rows.length === 0 && !busy && !error && <Empty isFiltered={isFiltered} create={create} />}
      {rows.length > 0 && (
        <>
          <p class="summary" role="status">
            {search && `${shown.length} of `}
            {rows.length.toLocaleString()}{" "}
            {more ? "clients loaded, and there are more" : rows.length === 1 ? "client" : "clients"}
            {chosen.size > 0 && `, ${chosen.size} chosen`}
          </p>
          <table class="clients">
            <thead>
              <tr>
                <th class="tick">
                  {!readOnly && (
                    <input
                      type="checkbox"
                      aria-label="Choose all on this page"
                      checked={visible.length > 0 && visible.every((client) => chosen.has(client.client_id!))}
                      onChange={(event) =>
                        choose(
                          visible.map((client) => client.client_id!),
                          event.currentTarget.checked,
                        )
                      }
                    />
                  )}
                </th>
                {COLUMNS.map(({ title, class: name }, column) => {
                  const isSorted = sort.column === column;
                  return (
                    <th
                      key={title}
                      class={name.replace("mono", "")}
                      aria-sort={isSorted ? (sort.down ? "descending" : "ascending") : undefined}
                    >
                      <button
                        type="button"
                        onClick={() => {
                          setSort({ column, down: isSorted && !sort.down });
                          setScreen(0);
                        }}
                      >
                        {title}
                        <span aria-hidden="true">{isSorted ? (sort.down ? " ↓" : " ↑") : ""}</span>
                      </button>
                    </th>
                  );
                })}
              </tr>
            </thead>
            <tbody>
              {visible.map((client) => (
                <Row
                  key={client.client_id}
                  client={client}
                  isChosen={chosen.has(client.client_id!)}
                  choose={readOnly ? undefined : choose}
                />
              ))}
            </tbody>
          </table>
          <div class="pages">
            <button type="button" disabled={at === 0} onClick={() => setScreen(at - 1)}>
              Previous
            </button>
            <span role="status">
              Page {at + 1} of {screens}
              {more && "+"}
            </span>
            <button
              type="button"
              disabled={(at + 1 >= screens && !more) || busy}
              onClick={async () => {
                if (at + 1 >= screens) await load(rows.length + 1);
                setScreen(at + 1);
              }}
            >
              Next
            </button>
            {more && (
              <button type="button" disabled={busy} onClick={() => load(Number.POSITIVE_INFINITY)}>
                {busy ? "Loading…" : "Load all"}
              </button>
            )}
            {chosen.size > 0 && (
              <button type="button" class="danger" onClick={() => setDeleting(true)}>
                Delete {chosen.size} chosen…
              </button>
            )}
          </div>
        </>
      )}
      <SameAs {...equivalents.list(filter.owner, filter.name)} />
      {isDeleting && (
        <DeleteDialog
          clients={rows.filter((client) => chosen.has(client.client_id!))}
          onClose={() => setDeleting(false)}
          onDeleted={(ids) => {
            remove(ids);
            choose(ids, false);
          }}
        />
      )}
    </View>
  );
}

function arrange(rows: OAuth2Client[], search: string, { column, down }: { column: number; down: boolean }) {
  const wanted = search.toLowerCase();
  const found = wanted
    ? rows.filter((client) => COLUMNS.some(({ value }) => value(client).toLowerCase().includes(wanted)))
    : rows;
  const { value } = COLUMNS[column] ?? {};
  if (!value) return found;
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const keyed = found.map((client) => [value(client), client] as const);
  return keyed.sort(([a], [b]) => (down ? compare(b, a) : compare(a, b))).map(([, client]) => client);
}

function Row(props: {
  client: OAuth2Client;
  isChosen: boolean;
  choose: ((ids: string[], isChosen: boolean) => void) | undefined;
}): VNode {
  const { client, isChosen, choose } = props;
  const id = client.client_id!;
  const name = client.client_name || "(no name)";
  return (
    <tr>
      <td class="tick">
        {choose && (
          <input
            type="checkbox"
            aria-label={`Choose ${shorten(name)}, ${id}`}
            checked={isChosen}
            onChange={(event) => choose([id], event.currentTarget.checked)}
          />
        )}
      </td>
      <td>
        <a class="clip" href={linkTo("client", id)}>
          {shorten(name)}
        </a>
      </td>
      {COLUMNS.slice(1).map(({ title, value, class: className }) => (
        <td key={title} class={className}>
          <span class="clip">{title === "Created" ? day(client.created_at) : shorten(value(client))}</span>
        </td>
      ))}
    </tr>
  );
}

const Empty = ({ isFiltered, create }: { isFiltered: boolean; create: VNode | false }): VNode => (
  <div class="empty">
    <h2>{isFiltered ? "No client matches" : "There is no client yet"}</h2>
    <p>
      {isFiltered
        ? "Hydra compares the whole name and the whole owner, also upper and lower case. Empty the fields to see all clients."
        : "A client is an application that may ask this server for tokens. Create the first one by what you want to build."}
    </p>
    {!isFiltered && create}
  </div>
);
