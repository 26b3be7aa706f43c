import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { diffOAuth2Client, type JsonPatch, mayBeDynamic, type OAuth2Client } from "../../index.ts";
import { Changes, fieldOf } from "./diff.tsx";
import * as equivalents from "./equivalents.ts";
import { isSame, type Values } from "./fields.ts";
import { clients } from "./hydra.ts";
import { Dialog, Failure, Loading, SameAs, useAction, useLoad } from "./parts.tsx";

interface SaveProps {
  id: string;
  /** The client as it was when it was opened. */
  before: OAuth2Client;
  /** The client as it should be. */
  wanted: Values;
  /** The fields that the person changed. */
  changed: string[];
  onClose(): void;
  onSaved(client: OAuth2Client): void;
}

/** What is on the server, and what others and this person changed. */
interface Review {
  current: OAuth2Client;
  theirs: JsonPatch[];
  /** The fields that both changed, to different values. */
  conflicts: string[];
}

async function read({ id, before, wanted, changed }: SaveProps): Promise<Review> {
  const { data: current } = await clients.getOAuth2Client({ id });
  const theirs = await diffOAuth2Client(before, current);
  const both = changed.filter((name) => theirs.some((operation) => fieldOf(operation) === name));
  return { current, theirs, conflicts: both.filter((name) => !isSame(wanted[name], (current as Values)[name])) };
}

/** Shows what saving changes, and sends only that. */
export function SaveDialog(props: SaveProps): VNode {
  const review = useLoad(() => read(props), "");
  const { data, error, reload } = review;
  return (
    <Dialog title="Save these changes?" onClose={props.onClose}>
      {data ? (
        <Decision {...props} review={data} again={review.set} />
      ) : error ? (
        <Failure error={error} retry={reload} />
      ) : (
        <Loading what="the present state" />
      )}
      {!data && (
        <div class="actions">
          <button type="button" onClick={props.onClose}>
            Cancel
          </button>
        </div>
      )}
    </Dialog>
  );
}

function Decision(props: SaveProps & { review: Review; again(review: Review): void }): VNode {
  const { id, wanted, changed, review, again, onClose, onSaved } = props;
  const { current, theirs, conflicts } = review;
  const [overwritten, setOverwritten] = useState<ReadonlySet<string>>(new Set());
  const [isNew, setNew] = useState(false);
  const kept = conflicts.filter((name) => !overwritten.has(name));

  const after: Values = { ...current };
  for (const name of changed) if (!kept.includes(name)) after[name] = wanted[name];
  const difference = useLoad(() => diffOAuth2Client(current, after), JSON.stringify(after));
  const patch = difference.data;

  // The button that had the focus while the client was read is gone.
  const save = useRef<HTMLButtonElement>(null);
  useEffect(() => save.current?.focus(), [patch]);

  const { busy, error, run } = useAction(async () => {
    const latest = await read(props);
    if ((await diffOAuth2Client(current, latest.current)).length > 0) {
      setNew(true);
      return again(latest);
    }
    const { data } = await clients.patchOAuth2Client({ id, jsonPatch: patch! });
    onSaved(data);
    onClose();
  });

  return (
    <>
      {theirs.length > 0 && (
        <section class="notice warn" role={isNew ? "alert" : undefined}>
          <h3>Someone else changed this client meanwhile</h3>
          <Changes patch={theirs} before={props.before as Values} />
          {conflicts.map((name) => (
            <fieldset key={name}>
              <legend>
                You both changed <code>{name}</code>
              </legend>
              {["Keep theirs", "Overwrite with mine"].map((label, index) => (
                <label key={label}>
                  <input
                    type="radio"
                    name={name}
                    checked={overwritten.has(name) === Boolean(index)}
                    onChange={() =>
                      setOverwritten(
                        new Set(index ? [...overwritten, name] : [...overwritten].filter((each) => each !== name)),
                      )
                    }
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          ))}
          {conflicts.length === 0 && <p>None of it is what you changed: it stays.</p>}
        </section>
      )}
      {patch && patch.length > 0 && <Changes patch={patch} before={current as Values} />}
      {patch?.length === 0 && <p>There is nothing left to change: the server has these values.</p>}
      {mayBeDynamic(current) && (
        <p class="notice warn">
          If this client registered itself, saving ends its registration access token: it can then no longer manage its
          own registration. Hydra does not say whether it did.
        </p>
      )}
      <Failure error={difference.error ?? error} />
      <div class="actions">
        <button type="button" class="primary" ref={save} disabled={busy || !patch?.length} onClick={run}>
          {busy ? "Saving…" : "Save"}
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
      {patch && patch.length > 0 && <SameAs {...equivalents.update(id, patch)} />}
    </>
  );
}
