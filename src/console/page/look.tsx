import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import type { JsonWebKey, OAuth2ConsentSession, TrustedOAuth2JwtGrantIssuer } from "../../index.ts";
import * as equivalents from "./equivalents.ts";
import { clients, keySets, metadata, oidc } from "./hydra.ts";
import { useInfo } from "./info.ts";
import { Dialog, Failure, Loading, SameAs, time, useAction, useLoad, View } from "./parts.tsx";
import { linkTo } from "./router.ts";

/** The most items of a list that is shown as a whole. */
const LIST_SIZE = 500;

/** What Hydra says of itself: health, version, endpoints, algorithms. */
export function ServerView(): VNode {
  const { server, version, mock } = useInfo();
  const discovery = useLoad(async (signal) => (await oidc.discoverOidcConfiguration({ signal })).data, "");
  const health = useLoad(async (signal) => {
    const [alive, ready, version] = await Promise.allSettled([
      metadata.isAlive({ signal }),
      metadata.isReady({ signal }),
      metadata.getVersion({ signal }),
    ]);
    const state = (result: PromiseSettledResult<unknown>, good: string) =>
      result.status === "fulfilled" ? good : `no: ${(result.reason as Error).message}`;
    return [
      ["Alive", state(alive, "yes")],
      ["Ready", state(ready, "yes")],
      ["Version", version.status === "fulfilled" ? version.value.data.version || "(not given)" : state(version, "")],
    ] as const;
  }, "");
  return (
    <View title="Server">
      <h2>Connection</h2>
      <dl class="facts">
        <dt>Public URL</dt>
        <dd class="mono">{server.public ?? "(not configured)"}</dd>
        <dt>Admin URL</dt>
        <dd class="mono">{server.admin ?? "(not configured)"}</dd>
        <dt>Configured by</dt>
        <dd>{mock ? "the embedded mock" : server.from}</dd>
        <dt>hydra-sdk</dt>
        <dd>{version}</dd>
      </dl>
      <h2>Health</h2>
      {health.data ? (
        <dl class="facts">
          {health.data.map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
        </dl>
      ) : (
        <Loading what="the health" />
      )}
      <h2>Discovery</h2>
      <Failure error={discovery.error} retry={discovery.reload} />
      {discovery.data ? (
        <dl class="facts">
          {Object.entries(discovery.data).map(([name, value]) => (
            <>
              <dt class="mono">{name}</dt>
              <dd class="mono">{Array.isArray(value) ? value.map(textOf).join(", ") : textOf(value)}</dd>
            </>
          ))}
        </dl>
      ) : (
        !discovery.error && <Loading what="the discovery document" />
      )}
    </View>
  );
}

const textOf = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** The members of a key that anyone may see. */
const PUBLIC_MEMBERS = ["kid", "use", "alg", "kty", "crv", "n", "e", "x", "y"] as const;

/** The set that signs ID tokens. Hydra cannot list its sets. */
const FIRST_SET = "hydra.openid.id-token";

/** The public halves of the keys of a set. */
export function KeysView(): VNode {
  const [set, setSet] = useState(FIRST_SET);
  const { data, error, reload } = useLoad(async (signal) => {
    const { data } = await keySets.getJsonWebKeySet({ set }, { signal });
    return (data.keys ?? []).map((key) =>
      Object.fromEntries(PUBLIC_MEMBERS.map((member) => [member, key[member]])),
    ) as Partial<JsonWebKey>[];
  }, set);
  return (
    <View title="Key sets">
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          setSet(String(new FormData(event.currentTarget).get("set")).trim());
        }}
      >
        <label>
          Name of a key set
          <input name="set" class="mono" required defaultValue={FIRST_SET} />
        </label>
        <button type="submit">Show</button>
      </form>
      <p class="summary">
        The public halves of the keys in <code>{set}</code>. Access tokens are signed by{" "}
        <code>hydra.jwt.access-token</code>.
      </p>
      <Failure error={error} retry={reload} />
      {!data && !error && <Loading what="the keys" />}
      {data?.length === 0 && <p class="empty">The set has no keys.</p>}
      {data && data.length > 0 && (
        <Table titles={["Key ID", "Algorithm", "Use", "Type"]}>
          {data.map((key) => (
            <tr key={key.kid}>
              <td class="mono">
                <details>
                  <summary>{key.kid}</summary>
                  <pre>{JSON.stringify(key, null, 2)}</pre>
                </details>
              </td>
              <td>{key.alg}</td>
              <td>{key.use}</td>
              <td>
                {key.kty} {key.crv}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </View>
  );
}

const Table = ({ titles, children }: { titles: string[]; children: ComponentChildren }): VNode => (
  <table>
    <thead>
      <tr>
        {titles.map((title) => (
          <th key={title}>{title || <span class="hidden">Actions</span>}</th>
        ))}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
);

interface ConfirmationProps {
  title: string;
  text: string;
  act(): Promise<unknown>;
  onClose(): void;
  same: equivalents.Equivalent;
}

/** Asks before something ends that cannot be brought back. */
function Confirmation(props: ConfirmationProps): VNode {
  const { title, text, act, onClose, same } = props;
  const { busy, error, run } = useAction(async () => {
    await act();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <Failure error={error} />
      <div class="actions">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="danger" disabled={busy} onClick={run}>
          {title}
        </button>
      </div>
      <SameAs {...same} />
    </Dialog>
  );
}

/** The issuers whose assertions Hydra exchanges for tokens. */
export function IssuersView(): VNode {
  const { readOnly } = useInfo();
  const [doomed, setDoomed] = useState<TrustedOAuth2JwtGrantIssuer>();
  const { data, error, reload } = useLoad(
    async (signal) => (await clients.listTrustedOAuth2JwtGrantIssuers({ pageSize: LIST_SIZE }, { signal })).data,
    "",
  );
  return (
    <View title="Trusted issuers">
      <p class="lead">Hydra exchanges the assertions of these issuers for access tokens (RFC 7523).</p>
      <Failure error={error} retry={reload} />
      {!data && !error && <Loading what="the issuers" />}
      {data?.length === 0 && (
        <p class="empty">
          Hydra trusts no issuer. <code>hydra-sdk create trusted-issuer</code> adds one.
        </p>
      )}
      {data && data.length > 0 && (
        <Table titles={["Issuer", "Subject", "Scope", "Expires", ""]}>
          {data.map((issuer) => (
            <tr key={issuer.id}>
              <td class="mono">{issuer.issuer}</td>
              <td>{issuer.allow_any_subject ? "(any)" : issuer.subject}</td>
              <td>{issuer.scope?.join(" ")}</td>
              <td>{time(issuer.expires_at)}</td>
              <td>
                {!readOnly && (
                  <button type="button" class="danger" onClick={() => setDoomed(issuer)}>
                    End<span class="hidden"> the trust in {issuer.issuer}</span>…
                  </button>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {doomed && (
        <Confirmation
          title="End the trust"
          text={`Hydra rejects the assertions of ${doomed.issuer} from then on.`}
          act={async () => {
            await clients.deleteTrustedOAuth2JwtGrantIssuer({ id: doomed.id! });
            reload();
          }}
          onClose={() => setDoomed(undefined)}
          same={equivalents.trustRevocation(doomed.id!)}
        />
      )}
    </View>
  );
}

const clientOf = ({ consent_request }: OAuth2ConsentSession) => consent_request?.client;

/** The consents and the login sessions of a person, and their revocation. */
export function SessionsView(): VNode {
  const { readOnly } = useInfo();
  const [subject, setSubject] = useState("");
  const [ending, setEnding] = useState<Omit<ConfirmationProps, "onClose">>();
  const { data, error, reload } = useLoad(
    async (signal) =>
      subject ? (await clients.listOAuth2ConsentSessions({ subject, pageSize: LIST_SIZE }, { signal })).data : [],
    subject,
  );
  const revoke = (client?: string) =>
    setEnding({
      title: client === undefined ? "Revoke all consents" : "Revoke the consent",
      text: `The tokens that ${client ?? "any client"} got from ${subject} end, and the next sign-in asks for consent again.`,
      act: () =>
        clients.revokeOAuth2ConsentSessions(client === undefined ? { subject, all: true } : { subject, client }),
      same: equivalents.revocation(subject, client),
    });
  const endLogins = () =>
    setEnding({
      title: "End the login sessions",
      text: `${subject} has to log in again at the next sign-in. Tokens that were issued stay valid.`,
      act: () => clients.revokeOAuth2LoginSessions({ subject }),
      same: equivalents.loginRevocation(subject),
    });
  return (
    <View title="Sessions">
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          setSubject(String(new FormData(event.currentTarget).get("subject")).trim());
        }}
      >
        <label>
          Subject, the ID of a person
          <input name="subject" class="mono" required />
        </label>
        <button type="submit">Show</button>
      </form>
      <Failure error={error} retry={reload} />
      {!data && !error && <Loading what="the sessions" />}
      {data && !subject && <p class="empty">Enter a subject to see to what that person consented.</p>}
      {data && subject && (
        <>
          <h2>
            {data.length} {data.length === 1 ? "consent" : "consents"} of <code>{subject}</code>
          </h2>
          {data.length > 0 && (
            <Table titles={["Client", "Scope", "When", ""]}>
              {data.map((consent) => {
                const client = clientOf(consent);
                const id = client?.client_id ?? "";
                return (
                  <tr key={consent.consent_request_id}>
                    <td>
                      <a href={linkTo("client", id)}>{client?.client_name || id}</a>
                    </td>
                    <td>{consent.grant_scope?.join(" ")}</td>
                    <td>{time(consent.handled_at)}</td>
                    <td>
                      {!readOnly && (
                        <button type="button" class="danger" onClick={() => revoke(id)}>
                          Revoke<span class="hidden"> the consent for {id}</span>…
                        </button>
                      )}
                    </td>
                  </tr>
                );
              })}
            </Table>
          )}
          {!readOnly && (
            <div class="actions">
              <button type="button" class="danger" disabled={data.length === 0} onClick={() => revoke()}>
                Revoke all consents…
              </button>
              <button type="button" class="danger" onClick={endLogins}>
                End the login sessions…
              </button>
            </div>
          )}
        </>
      )}
      {ending && (
        <Confirmation
          {...ending}
          act={async () => {
            await ending.act();
            reload();
          }}
          onClose={() => setEnding(undefined)}
        />
      )}
    </View>
  );
}
