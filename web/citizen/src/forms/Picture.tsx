// A picture that belongs to the answers: taken or chosen, and drawn anew before it stands anywhere (shared/photo.ts). Until it
// is sent it is part of the draft; one that was sent before stays unless another takes its place.

import type { Attachment } from "@luytre/shared/filling";
import type { Field } from "@luytre/shared/forms";
import { asText, redrawn, shownText } from "@luytre/shared/photo";
import { useState } from "react";

import { Button, described, Frame } from "../ui/parts";
import styles from "./Body.module.css";
import { useWords } from "./words";

interface Props extends Field {
  value: Attachment | undefined;
  onValue: (value: Attachment | undefined) => void;
}

async function taken(photo: File): Promise<Attachment> {
  return {
    contentType: "image/jpeg",
    url: `urn:uuid:${crypto.randomUUID()}`,
    data: await asText(await redrawn(photo)),
  };
}

export function Picture({ value, onValue, wrong, ...field }: Props) {
  const w = useWords();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const flaw = failed ? w("picture.failed") : wrong;
  const hint = w("picture.hint");
  const choose = async (photo: File | undefined) => {
    if (!photo) return;
    setBusy(true);
    setFailed(false);
    try {
      onValue(await taken(photo));
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Frame {...field} hint={hint} wrong={flaw}>
      {value?.data && <img className={styles.picture} src={shownText(value.data)} alt={w("picture.alt")} />}
      {value && !value.data && <p className="soft">{w("picture.kept")}</p>}
      <input
        className="input"
        id={field.id}
        type="file"
        accept="image/*"
        aria-busy={busy || undefined}
        aria-invalid={flaw ? true : undefined}
        aria-describedby={described(field.id, hint, flaw)}
        onChange={(event) => {
          const { files } = event.currentTarget;
          void choose(files?.[0]);
          event.currentTarget.value = ""; // the same one may be chosen again
        }}
      />
      {value && (
        <Button tone="plain" onClick={() => onValue(undefined)}>
          {w("picture.remove")}
        </Button>
      )}
    </Frame>
  );
}
