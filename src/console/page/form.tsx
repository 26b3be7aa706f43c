import type { VNode } from "preact";
import { useId, useState } from "preact/hooks";
import { clientErrors, type Errors } from "./check.ts";
import { type Field, groupsOf, isEmpty, isSame, parseText, textOf, type Values } from "./fields.ts";
import { Rich } from "./parts.tsx";

/** A client that is being edited. */
export interface Draft {
  /** The client as it would be saved. */
  values: Values;
  /** What was typed, by field: it may be on the way to a value. */
  texts: Readonly<Record<string, string>>;
  errors: Errors;
  /** Whether all that was typed is a value, so that the form and the JSON show the same. */
  isParsed: boolean;
  set(name: string, value: unknown): void;
  type(field: Field, text: string): void;
  /** Replaces the entire client by JSON. */
  typeJson(text: string): void;
}

/** The error of a text that is not JSON is at this name. */
const RAW = "JSON";

/** Edits a copy of `before`. A field that is not touched keeps its value, also one that the form cannot show. */
export function useDraft(before: Values): Draft {
  const [values, setValues] = useState(before);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [unparsed, setUnparsed] = useState<Errors>({});

  function parse(name: string, parseIt: () => Values) {
    const { [name]: _, ...others } = unparsed;
    try {
      setValues(parseIt());
      setUnparsed(others);
    } catch (error) {
      // The error is shown until the text is a value.
      setUnparsed({ ...others, [name]: `is not valid: ${(error as Error).message}` });
    }
  }

  return {
    values,
    texts,
    errors: { ...clientErrors(values, before), ...unparsed },
    isParsed: Object.keys(unparsed).length === 0,
    set: (name, value) => setValues({ ...values, [name]: value }),
    type(field, text) {
      setTexts({ ...texts, [field.name]: text });
      parse(field.name, () => ({ ...values, [field.name]: parseText(field, text) }));
    },
    typeJson(text) {
      setTexts({});
      parse(RAW, () => {
        const client: unknown = JSON.parse(text);
        if (Object(client) !== client || Array.isArray(client)) throw new SyntaxError("a client is an object");
        return client as Values;
      });
    },
  };
}

/** The form of a client, in groups. */
export function ClientFields(props: { draft: Draft; before: Values; isNew?: boolean; readOnly: boolean }): VNode {
  const { draft, before, isNew = false, readOnly } = props;
  return (
    <fieldset class="client" disabled={readOnly}>
      <legend class="hidden">Fields of the client</legend>
      {groupsOf(isNew).map(({ title, fields }, index) => {
        const count = fields.filter(({ name }) => !isEmpty(draft.values[name]) && draft.values[name] !== false).length;
        const changed = fields.filter(({ name }) => !isSame(draft.values[name], before[name])).length;
        const wrong = fields.filter(({ name }) => draft.errors[name]).length;
        return (
          <details key={title} open={index < 2}>
            <summary>
              <h2>{title}</h2>
              <span class="count">
                {count} of {fields.length} set
                {changed > 0 && !isNew && `, ${changed} changed`}
                {wrong > 0 && <strong class="wrong">, {wrong} to correct</strong>}
              </span>
            </summary>
            {fields.map((field) => (
              <FieldRow key={field.name} field={field} draft={draft} />
            ))}
          </details>
        );
      })}
    </fieldset>
  );
}

function FieldRow({ field, draft }: { field: Field; draft: Draft }): VNode {
  const id = useId();
  const error = draft.errors[field.name];
  const Label = field.kind === "choices" ? "span" : "label";
  return (
    <div class={`field ${error ? "invalid" : ""}`}>
      <div class="about">
        <Label id={`${id}l`} {...(field.kind !== "choices" && { for: id })}>
          {field.label}
        </Label>
        <code class="name">{field.name}</code>
        <p id={`${id}d`}>
          <Rich text={field.description} />
        </p>
      </div>
      <div class="control">
        <Control id={id} field={field} draft={draft} />
        <p class="error" id={`${id}e`} aria-live="polite">
          {error}
        </p>
      </div>
    </div>
  );
}

function Control({ id, field, draft }: { id: string; field: Field; draft: Draft }): VNode {
  const { name, kind, known } = field;
  const value = draft.values[name];
  const text = draft.texts[name] ?? textOf(field, value);
  const shared = {
    id,
    name,
    "aria-describedby": `${id}e ${id}d`,
    "aria-invalid": Boolean(draft.errors[name]),
    onInput: (event: { currentTarget: { value: string } }) => draft.type(field, event.currentTarget.value),
  };
  if (kind === "boolean")
    return (
      <input
        {...shared}
        type="checkbox"
        checked={value === true}
        onInput={(event) => draft.set(name, event.currentTarget.checked)}
      />
    );
  if (kind === "choices") {
    const chosen = (Array.isArray(value) ? value : []) as string[];
    return (
      <fieldset class="choices" aria-labelledby={`${id}l`} aria-describedby={`${id}d`}>
        {[...new Set([...known, ...chosen])].map((option) => (
          <label key={option}>
            <input
              type="checkbox"
              name={name}
              value={option}
              checked={chosen.includes(option)}
              onInput={(event) =>
                draft.set(
                  name,
                  event.currentTarget.checked ? [...chosen, option] : chosen.filter((each) => each !== option),
                )
              }
            />
            {option}
          </label>
        ))}
      </fieldset>
    );
  }
  if (kind === "choice" || kind === "optional-boolean") {
    const options = kind === "choice" ? known : ["true", "false"];
    return (
      <select {...shared} value={text}>
        <option value="">{kind === "choice" ? "(the server's default)" : "(never set)"}</option>
        {[...new Set([...options, ...(text ? [text] : [])])].map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    );
  }
  if (kind === "list" || kind === "json") {
    const rows = Math.min(14, Math.max(kind === "json" ? 4 : 2, text.split("\n").length));
    return (
      <textarea
        {...shared}
        class="mono"
        rows={rows}
        spellcheck={false}
        value={text}
        placeholder={kind === "list" ? "One on each line" : ""}
      />
    );
  }
  return (
    <input
      {...shared}
      class={/name|owner/.test(name) ? "" : "mono"}
      type={name === "client_secret" ? "password" : "text"}
      autocomplete={name === "client_secret" ? "new-password" : "off"}
      spellcheck={false}
      value={text}
      placeholder={name.endsWith("_lifespan") ? "1h30m" : ""}
    />
  );
}

/** The same client as JSON. What is valid goes into the form. */
export function RawClient({ draft, readOnly }: { draft: Draft; readOnly: boolean }): VNode {
  const [text, setText] = useState(() => JSON.stringify(draft.values, null, 2));
  const id = useId();
  const errors = Object.entries(draft.errors).map(([name, error]) => `${name} ${error}`);
  return (
    <div class="raw">
      <label for={id}>The client as JSON, without what only the server sets</label>
      <textarea
        id={id}
        class="mono"
        rows={24}
        spellcheck={false}
        readOnly={readOnly}
        value={text}
        aria-describedby={`${id}e`}
        aria-invalid={errors.length > 0}
        onInput={(event) => {
          setText(event.currentTarget.value);
          draft.typeJson(event.currentTarget.value);
        }}
      />
      <ul class="error" id={`${id}e`} aria-live="polite">
        {errors.map((error) => (
          <li key={error}>{error}</li>
        ))}
      </ul>
    </div>
  );
}
