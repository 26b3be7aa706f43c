import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { OAuth2Client } from "../../index.ts";
import { DeleteDialog } from "./delete.tsx";
import { editable, isSame } from "./fields.ts";
import { ClientFields, RawClient, useDraft } from "./form.tsx";
import { clients } from "./hydra.ts";
import { useInfo } from "./info.ts";
import { kindOfClient } from "./kinds.ts";
import { Failure, Loading, Outside, shorten, time, useLoad, View } from "./parts.tsx";
import { go, linkTo, useLeaveWarning } from "./router.ts";
import { SaveDialog } from "./save.tsx";
import { SecretDialog } from "./secret.tsx";

/** One client: all its fields, and what can be done with it. */
export function ClientView({ id }: { id: string }): VNode {
  const {
    data: client,
    error,
    reload,
    set,
  } = useLoad<OAuth2Client>(async (signal) => (await clients.getOAuth2Client({ id }, { signal })).data, id);
  const [revision, setRevision] = useState(0);
  if (client)
    return (
      <Editor
        key={revision}
        id={id}
        client={client}
        isSaved={revision > 0}
        onSaved={(saved) => {
          set(saved);
          setRevision(revision + 1);
        }}
      />
    );
  return (
    <View title="Client">
      {error ? <Failure error={error} retry={reload} /> : <Loading what="the client" />}
      <a href={linkTo("clients")}>All clients</a>
    </View>
  );
}

function Editor(props: {
  id: string;
  client: OAuth2Client;
  isSaved: boolean;
  onSaved(client: OAuth2Client): void;
}): VNode {
  const { readOnly } = useInfo();
  const { id, client, isSaved, onSaved } = props;
  const [before] = useState(() => editable(client));
  const draft = useDraft(before);
  const [isRaw, setRaw] = useState(false);
  const [dialog, setDialog] = useState<"save" | "delete" | "secret">();
  const close = () => setDialog(undefined);
  const changed = [...new Set([...Object.keys(before), ...Object.keys(draft.values)])].filter(
    (name) => !isSame(draft.values[name], before[name]),
  );
  const wrong = Object.keys(draft.errors).length;
  const isDirty = changed.length > 0 || !draft.isParsed;
  useLeaveWarning(isDirty && dialog !== "delete", "The changes are not saved. Leave anyway?");

  const actions = (
    <>
      <a class="button" href={linkTo("try", "", id)}>
        Try it
      </a>
      {!readOnly && client.token_endpoint_auth_method !== "none" && (
        <button type="button" onClick={() => setDialog("secret")}>
          Rotate the secret…
        </button>
      )}
      {!readOnly && (
        <button type="button" class="danger" onClick={() => setDialog("delete")}>
          Delete…
        </button>
      )}
    </>
  );

  return (
    <View title={shorten(client.client_name || "(no name)")} actions={actions}>
      <dl class="facts">
        <dt>ID</dt>
        <dd class="mono">{id}</dd>
        <dt>Kind</dt>
        <dd>{kindOfClient(client)}</dd>
        <dt>Created</dt>
        <dd>{time(client.created_at)}</dd>
        <dt>Updated</dt>
        <dd>{time(client.updated_at)}</dd>
        {client.client_uri && (
          <>
            <dt>Home page</dt>
            <dd>
              <Outside url={client.client_uri} />
            </dd>
          </>
        )}
      </dl>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (changed.length > 0 && !wrong) setDialog("save");
        }}
      >
        <fieldset class="tabs" aria-label="How to show the client">
          <button type="button" aria-pressed={!isRaw} disabled={!draft.isParsed} onClick={() => setRaw(false)}>
            Form
          </button>
          <button type="button" aria-pressed={isRaw} disabled={!draft.isParsed} onClick={() => setRaw(true)}>
            JSON
          </button>
        </fieldset>
        {isRaw ? (
          <RawClient draft={draft} readOnly={readOnly} />
        ) : (
          <ClientFields draft={draft} before={before} readOnly={readOnly} />
        )}
        {!readOnly && (
          <div class="bar">
            <div class="actions">
              <button type="submit" class="primary" disabled={changed.length === 0 || wrong > 0}>
                Save…
              </button>
              <span role="status">
                {wrong > 0 ? (
                  <span class="wrong">{wrong} to correct</span>
                ) : changed.length > 0 ? (
                  `${changed.length} changed`
                ) : isSaved ? (
                  "Saved"
                ) : (
                  "Nothing changed"
                )}
              </span>
            </div>
          </div>
        )}
      </form>
      {dialog === "save" && (
        <SaveDialog id={id} before={client} wanted={draft.values} changed={changed} onClose={close} onSaved={onSaved} />
      )}
      {dialog === "secret" && <SecretDialog id={id} onClose={close} />}
      {dialog === "delete" && <DeleteDialog clients={[client]} onClose={close} onDeleted={() => go("clients")} />}
    </View>
  );
}
