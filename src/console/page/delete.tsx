import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { isMissing, type OAuth2Client } from "../../index.ts";
import * as equivalents from "./equivalents.ts";
import { clients as api } from "./hydra.ts";
import { Dialog, Failure, SameAs, shorten, useAction } from "./parts.tsx";

/** Deletes clients after the name or the ID of the one was typed, or the number of them. */
export function DeleteDialog(props: {
  clients: OAuth2Client[];
  onClose(): void;
  onDeleted(ids: string[]): void;
}): VNode {
  const [typed, setTyped] = useState("");
  const [done, setDone] = useState(0);
  const { clients, onClose, onDeleted } = props;
  const [first] = clients;
  const isOne = clients.length === 1;
  const accepted = isOne ? [first?.client_name, first?.client_id] : [String(clients.length)];

  const { busy, error, run } = useAction(async () => {
    const deleted: string[] = [];
    try {
      for (const { client_id: id = "" } of clients) {
        await api.deleteOAuth2Client({ id }).catch((error) => {
          // Someone else was faster: it is gone, as it should be.
          if (!isMissing(error)) throw error;
        });
        deleted.push(id);
        setDone(deleted.length);
      }
    } finally {
      onDeleted(deleted);
    }
    onClose();
  });

  return (
    <Dialog title={isOne ? "Delete this client" : `Delete ${clients.length} clients`} onClose={onClose}>
      <p>{isOne ? "It stops" : "They stop"} working at once, and the tokens are invalidated. This cannot be undone.</p>
      <ul class="doomed" aria-label="What is deleted">
        {clients.map((client) => (
          <li key={client.client_id}>
            {shorten(client.client_name || "(no name)")} <span class="mono">{client.client_id}</span>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (accepted.includes(typed)) run();
        }}
      >
        <label>
          {isOne ? "Type its name or its ID to delete it" : `Type ${clients.length}, their number, to delete them`}
          <input autocomplete="off" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
        <Failure error={error} />
        <div class="actions">
          <button type="submit" class="danger" disabled={busy || !typed || !accepted.includes(typed)}>
            {busy ? `Deleting… ${done} of ${clients.length}` : "Delete"}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
      <SameAs {...equivalents.deletion(clients.map((client) => client.client_id!))} />
    </Dialog>
  );
}
