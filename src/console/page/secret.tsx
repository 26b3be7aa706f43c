import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { isResponseError } from "../../index.ts";
import * as equivalents from "./equivalents.ts";
import { clients } from "./hydra.ts";
import { Dialog, Failure, NewSecret, NOT_COPIED, SameAs, useAction } from "./parts.tsx";

/** 256 random bits, for a server that cannot make a secret for a client that exists. */
const randomSecret = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replace(/[+/=]/g, "-");

/** Rotates the secret of a client, or replaces it on a server without rotation. */
export function SecretDialog({ id, onClose }: { id: string; onClose(): void }): VNode {
  const [secret, setSecret] = useState("");
  const [isReplaced, setReplaced] = useState(false);
  const [isUnsupported, setUnsupported] = useState(false);
  const [isEnded, setEnded] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const close = () => {
    if (!secret || isCopied || confirm(NOT_COPIED)) onClose();
  };

  const rotate = useAction(async () => {
    try {
      const { data } = await clients.rotateOAuth2ClientSecret({ id });
      setSecret(data.client_secret!);
    } catch (error) {
      const isMissing = isResponseError(error) && [404, 405].includes(error.status);
      if (!isMissing) throw error;
      // Either the client or the operation does not exist.
      await clients.getOAuth2Client({ id });
      setUnsupported(true);
    }
  });
  const replace = useAction(async () => {
    const value = randomSecret();
    await clients.patchOAuth2Client({ id, jsonPatch: [{ op: "replace", path: "/client_secret", value }] });
    setReplaced(true);
    setSecret(value);
  });
  const end = useAction(async () => {
    await clients.deleteRotatedOAuth2ClientSecrets({ id });
    setEnded(true);
  });

  return (
    <Dialog title="Rotate the secret" onClose={close}>
      {secret ? (
        <>
          <p>
            <strong>Copy the secret now.</strong> This is the one time it is shown.{" "}
            {isReplaced
              ? "The old secret has ended."
              : "The old secret keeps working, so that you can deploy the new one first."}
          </p>
          <NewSecret key={secret} secret={secret} onCopied={() => setCopied(true)} />
        </>
      ) : isUnsupported ? (
        <p class="notice warn">
          This version of Hydra cannot rotate. The console can replace the secret instead: the old one ends at once, and
          the application fails until it has the new one. Saving also ends the registration access token of a client
          that registered itself.
        </p>
      ) : (
        <p>
          Hydra issues a new secret, and keeps the old one valid beside it. When the application uses the new secret,
          end the old one here.
        </p>
      )}
      {isEnded && (
        <p role="status" class="notice">
          Only the newest secret is valid now.
        </p>
      )}
      <Failure error={rotate.error ?? replace.error ?? end.error} />
      <div class="actions">
        {isUnsupported && !secret ? (
          <button type="button" class="danger" disabled={replace.busy} onClick={replace.run}>
            Replace the secret
          </button>
        ) : (
          !secret && (
            <button type="button" class="primary" disabled={rotate.busy} onClick={rotate.run}>
              Rotate
            </button>
          )
        )}
        {!isUnsupported && !isEnded && (
          <button type="button" class="danger" disabled={end.busy} onClick={end.run}>
            End the old secrets
          </button>
        )}
        <button type="button" onClick={close}>
          {secret ? "Done" : "Cancel"}
        </button>
      </div>
      <SameAs {...equivalents.rotation(id)} />
    </Dialog>
  );
}
