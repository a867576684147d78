// Why a vehicle is turned back: one tap, or a note.

import { useState } from "react";

import { Button, Input } from "../ui/parts";
import type { Why } from "./draft";
import { useWords } from "./words";

const reasons: readonly Why[] = ["colour", "notDeclared", "noPermit", "roadClosed", "refusedTest", "other"];

export function WhyChoice({ onWhy }: { onWhy: (why: Why, note?: string) => void }) {
  const { w, t } = useWords();
  const [other, setOther] = useState(false);
  const [note, setNote] = useState("");
  if (!other)
    return reasons.map((why) => (
      <Button key={why} wide tone="second" onClick={() => (why === "other" ? setOther(true) : onWhy(why))}>
        {w(`whys.${why}`)}
      </Button>
    ));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim()) onWhy("other", note.trim());
      }}
    >
      <Input label={w("note")} hint={w("noteHint")} maxLength={200} value={note} onValue={setNote} />
      <Button type="submit" wide>
        {t("save")}
      </Button>
    </form>
  );
}
