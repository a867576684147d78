// A picture that belongs to the answers: taken or chosen, and drawn anew before it stands anywhere (shared/photo.ts). Until it
// is sent it is part of the draft; one that was sent before stays unless another takes its place.

import type { Attachment } from "@luytre/shared/filling";
import type { Field } from "@luytre/shared/forms";
import { asText, redrawn, shownText } from "@luytre/shared/photo";
import { useEffect, useRef, useState } from "react";

import { Button, described, Frame } from "../ui/parts";
import styles from "./Body.module.css";
import { useWords } from "./words";

interface Props extends Field {
  value: Attachment | undefined;
  onValue: (value: Attachment | undefined) => void;
  /** On a device of several people: from its camera alone, never from what others have left on it. */
  camera?: boolean;
}

/** Whether a picture of this form is still drawn: sent now, the answers would go without it. */
export const isDrawing = (form: HTMLFormElement): boolean => form.querySelector("input[type=file][aria-busy]") !== null;

async function taken(photo: File): Promise<Attachment> {
  return {
    contentType: "image/jpeg",
    url: `urn:uuid:${crypto.randomUUID()}`,
    data: await asText(await redrawn(photo)),
  };
}

export function Picture({ value, onValue, wrong, camera, ...field }: Props) {
  const f = useWords();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const flaw = failed ? f("picture.failed") : wrong;
  const hint = busy ? f("picture.busy") : f("picture.hint");
  // Drawing takes a while: other answers are given meanwhile, another picture is chosen, or the question goes.
  const tell = useRef(onValue);
  const turn = useRef(0);
  useEffect(() => {
    tell.current = onValue;
  });
  useEffect(() => () => void (turn.current = -1), []);
  const choose = async (photo: File | undefined) => {
    if (!photo) return;
    const mine = ++turn.current;
    setBusy(true);
    setFailed(false);
    const drawn = await taken(photo).catch(() => undefined);
    if (turn.current !== mine) return;
    if (drawn) tell.current(drawn);
    setFailed(!drawn);
    setBusy(false);
  };
  const remove = () => {
    turn.current += 1;
    setBusy(false);
    onValue(undefined);
  };
  return (
    <Frame {...field} hint={hint} wrong={flaw}>
      {value?.data && <img className={styles.picture} src={shownText(value.data)} alt={f("picture.alt")} />}
      {value && !value.data && <p className="soft">{f("picture.kept")}</p>}
      <input
        className="input"
        id={field.id}
        type="file"
        accept="image/*"
        capture={camera ? "environment" : undefined}
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
        <Button tone="plain" onClick={remove}>
          {f("picture.remove")}
        </Button>
      )}
    </Frame>
  );
}
