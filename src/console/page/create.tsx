import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { OAuth2Client } from "../../index.ts";
import * as equivalents from "./equivalents.ts";
import { isEmpty, type Values } from "./fields.ts";
import { ClientFields, useDraft } from "./form.tsx";
import { clients } from "./hydra.ts";
import { useInfo } from "./info.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { Failure, NewSecret, SameAs, useAction, View } from "./parts.tsx";
import { linkTo, useLeaveWarning } from "./router.ts";

/** Creates a client by what one wants to build. */
export function CreateView({ kind: id }: { kind: string | undefined }): VNode {
  const { readOnly } = useInfo();
  const kind = KINDS.find((each) => each.id === id);
  if (readOnly)
    return (
      <View title="New client">
        <p class="notice">
          The console runs with <code>--read-only</code>: it creates nothing.
        </p>
      </View>
    );
  return kind ? <CreateForm kind={kind} /> : <KindChoice />;
}

const KindChoice = (): VNode => (
  <View title="New client">
    <p class="lead">What do you want to build?</p>
    <ul class="kinds">
      {KINDS.map(({ id, title, summary, why }) => (
        <li key={id}>
          <a class="kind" href={linkTo("new", id)}>
            <strong>{title}</strong>
            <span>{summary}</span>
          </a>
          <p>{why}</p>
        </li>
      ))}
    </ul>
  </View>
);

function CreateForm({ kind }: { kind: Kind }): VNode {
  const [created, setCreated] = useState<OAuth2Client>();
  // The errors of a new client are those of all its fields.
  const [preset] = useState(() => structuredClone(kind.client) as Values);
  const draft = useDraft(preset);
  const wanted = Object.fromEntries(Object.entries(draft.values).filter(([, value]) => !isEmpty(value)));
  const wrong = Object.keys(draft.errors).length;
  const needsRedirect = (draft.values["grant_types"] as string[] | undefined)?.includes("authorization_code");
  const hasRedirect = !isEmpty(draft.values["redirect_uris"]);
  useLeaveWarning(!created && draft.values !== preset, "The client was not created. Leave anyway?");

  const { busy, error, run } = useAction(async () => {
    const { data } = await clients.createOAuth2Client({ oAuth2Client: wanted });
    setCreated(data);
  });

  if (created) return <Created client={created} />;
  return (
    <View title={`New client: ${kind.title.toLowerCase()}`}>
      <p class="notice why">{kind.why}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong) run();
        }}
      >
        <ClientFields draft={draft} before={preset} isNew readOnly={false} />
        <div class="bar">
          <Failure error={error} />
          {needsRedirect && !hasRedirect && (
            <p class="hint">Without a redirect URI nobody can sign in: add one under Redirects, now or later.</p>
          )}
          <div class="actions">
            <button type="submit" class="primary" disabled={busy || wrong > 0}>
              {busy ? "Creating…" : "Create client"}
            </button>
            <a class="button" href={linkTo("new")}>
              Another kind
            </a>
            {wrong > 0 && <span class="wrong">{wrong} to correct</span>}
          </div>
        </div>
        <SameAs {...equivalents.creation(wanted)} />
      </form>
    </View>
  );
}

function Created({ client }: { client: OAuth2Client }): VNode {
  const { client_id: id = "", client_secret: secret, registration_access_token: token, client_name: name } = client;
  return (
    <View title="Client created">
      <dl class="facts">
        <dt>Name</dt>
        <dd>{name || "(no name)"}</dd>
        <dt>ID</dt>
        <dd class="mono">{id}</dd>
      </dl>
      {secret && (
        <div class="notice warn">
          <p>
            <strong>Copy the secret now.</strong> Hydra keeps only a hash of it: this is the one time it is shown.
          </p>
          <NewSecret secret={secret} />
        </div>
      )}
      {!secret && <p>It is a public client, without a secret.</p>}
      {token && (
        <details>
          <summary>Registration access token</summary>
          <p>Only a client that manages its own registration needs it. It is shown this once, too.</p>
          <input class="mono" readOnly aria-label="Registration access token" type="password" value={token} />
        </details>
      )}
      <div class="actions">
        <a class="button primary" href={linkTo("client", id)}>
          Open the client
        </a>
        <a class="button" href={linkTo("try", "", id)}>
          Try it
        </a>
        <a class="button" href={linkTo("clients")}>
          All clients
        </a>
      </div>
    </View>
  );
}
