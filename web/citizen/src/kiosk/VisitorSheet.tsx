// A guard asks a visitor who has no phone at hand.

import type { GateInfo } from "@luytre/shared/api";
import { useState } from "react";

import { useText } from "../i18n";
import { Button, Sheet } from "../ui/parts";
import { TypedName } from "./TypedName";
import { VisitorForm, type VisitorDeclared } from "./VisitorForm";
import type { Who } from "./who";
import { useWords } from "./words";

interface Props {
  shift: string;
  gate: GateInfo & { form: string };
  /** Whoever was just let in by a code. */
  shown: Who | undefined;
  online: boolean;
  onDeclared: (declared: VisitorDeclared) => void;
  onKept: () => void;
  onClose: () => void;
}

export function VisitorSheet({ shift, gate, shown, online, onDeclared, onKept, onClose }: Props) {
  const w = useWords();
  const { t } = useText();
  const [who, setWho] = useState(shown);
  return (
    <Sheet title={w("ask.do")} onClose={onClose}>
      <p>{w("ask.lead")}</p>
      {!online && <p>{w("ask.offline")}</p>}
      {who ? (
        <VisitorForm shift={shift} gate={gate} hand="guard" who={who} onDeclared={onDeclared} onKept={onKept} />
      ) : (
        <TypedName onWho={setWho} />
      )}
      <Button tone="plain" wide onClick={onClose}>
        {t("cancel")}
      </Button>
    </Sheet>
  );
}
