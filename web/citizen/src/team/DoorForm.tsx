// A declaration written down at the door: who answers is asked first, nothing is filled in beforehand, and when it is sent
// nothing of it stays here.

import type { DoorHousehold } from "@luytre/shared/api";
import type { Questionnaire } from "@luytre/shared/filling";
import { useFilling } from "@luytre/shared/forms";
import { useEffect, useState } from "react";

import { Body } from "../forms/Body";
import { kit } from "../forms/kit";
import { Button, Choices, Notice, Skeleton } from "../ui/parts";
import { formOf } from "../guard/form";
import type { DoorDeclaration } from "./list";
import { useWords } from "./words";

interface Props {
  form: string;
  member: DoorHousehold["members"][number];
  household: DoorHousehold;
  onDeclared: (declaration: Omit<DoorDeclaration, "shift">) => Promise<void>;
  onBack: () => void;
}

export function DoorForm(props: Props) {
  const { w } = useWords();
  const [form, setForm] = useState<Questionnaire | null>();
  useEffect(() => void formOf(props.form).then((found) => setForm(found ?? null)), [props.form]);
  if (form === undefined) return <Skeleton />;
  if (form === null) return <Notice tone="care">{w("noForm")}</Notice>;
  return <Asking {...props} asked={form} />;
}

function Asking({ asked: form, member, household, onDeclared, onBack }: Props & { asked: Questionnaire }) {
  const { w, t } = useWords();
  const { open, tried, finish, body } = useFilling(form, kit.useWords());
  const [informant, setInformant] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const finished = finish();
    if (!finished || !informant || busy) return;
    const { at, response } = finished;
    setBusy(true);
    await onDeclared({ member: member.id, informant, at, version: form.version ?? "", response });
    setBusy(false);
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Choices
        label={w("informant")}
        hint={w("informantHint")}
        value={informant}
        onValue={setInformant}
        options={household.members.map((each) => ({ value: each.id, text: each.id === member.id ? w("self", { name: each.name }) : each.name }))}
        wrong={tried && !informant ? w("informantNeeded") : undefined}
      />
      <Body {...body} />
      {tried && open.length > 0 && <Notice tone="care" title={t("form.left", { count: open.length })} live />}
      <p className="small soft">{w("forgotten")}</p>
      <Button type="submit" wide busy={busy}>
        {t("form.send")}
      </Button>
      <Button tone="plain" wide onClick={onBack}>
        {w("back")}
      </Button>
    </form>
  );
}
