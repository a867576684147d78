// A declaration written down at the door: who answers is asked first, nothing is filled in beforehand, and when it is sent
// nothing of it stays here.

import type { DoorHousehold } from "@luytre/shared/api";
import { useEffect, useMemo, useState } from "react";

import { Body } from "../forms/Body";
import { flaws, respond, standing, withInstance, withoutInstance, type Answers, type Node, type Questionnaire } from "../forms/questionnaire";
import { Button, Choices, Notice, Skeleton } from "../ui/parts";
import { formOf } from "./desk";
import type { DoorDeclaration } from "./list";
import { useWords } from "./words";

interface Props {
  form: string;
  member: DoorHousehold["members"][number];
  household: DoorHousehold;
  onDeclared: (declaration: Omit<DoorDeclaration, "shift">) => Promise<void>;
  onBack: () => void;
}

export function DoorForm({ form: id, member, household, onDeclared, onBack }: Props) {
  const { w, t } = useWords();
  const [form, setForm] = useState<Questionnaire | null>();
  const [answers, setAnswers] = useState<Answers>({});
  const [informant, setInformant] = useState<string>();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => void formOf(id).then((found) => setForm(found ?? null)), [id]);
  const nodes = useMemo(() => (form ? standing(form, answers) : []), [form, answers]);
  const open = useMemo(() => (form ? flaws(form, answers) : []), [form, answers]);

  if (form === undefined) return <Skeleton />;
  if (form === null) return <Notice tone="care">{w("noForm")}</Notice>;
  const wrong = ({ key }: Node) => {
    const found = tried ? open.find((each) => each.key === key) : undefined;
    return found && t(`form.flaw.${found.flaw}`, { most: found.item.maxLength });
  };
  const send = async () => {
    setTried(true);
    if (open.length > 0 || !informant || busy) return;
    setBusy(true);
    const at = new Date().toISOString();
    await onDeclared({ member: member.id, informant, at, version: form.version ?? "", response: respond(form, answers, at) });
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
      <Body
        nodes={nodes}
        answers={answers}
        wrong={wrong}
        onAnswer={(key, said) => setAnswers({ ...answers, [key]: said })}
        onAdd={(group) => setAnswers(withInstance(group, answers))}
        onRemove={(instance) => {
          const rest = withoutInstance(instance, answers);
          rest[instance.of] = Array.from({ length: instance.count - 1 }, () => ({}));
          setAnswers(rest);
        }}
      />
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
