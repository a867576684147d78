// A device of a place on which visitors declare, one after the other. It works under a guard's shift and opens nothing else: the guard's page on
// this device knows no shift. Nothing of a visitor outlives their turn.

import type { GateInfo } from "@luytre/shared/api";
import { useEffect, useState } from "react";

import { useAwake } from "../app/hooks";
import { endDuty, forgetShift, giveToVisitors, keepDuty, onDuty, type OnDuty } from "../guard/shift";
import { setLanguage, useText } from "../i18n";
import { GuardSignIn } from "../pages/GuardSignIn";
import { Gate } from "../ui/Gate";
import { Button, Notice, Skeleton } from "../ui/parts";
import { Visitor } from "./Visitor";
import { useWords } from "./words";

const asks = (gate: GateInfo): gate is GateInfo & { form: string } => gate.form !== undefined;

/** The shift on this device; a reload ends a visitor's turn, and with it the language of that visitor. */
async function opened(): Promise<OnDuty | undefined> {
  const found = await onDuty("kiosk");
  if (found?.language) await setLanguage(found.language).catch(() => undefined);
  return found;
}

export function Kiosk() {
  const w = useWords();
  const { language } = useText();
  const [duty, setDuty] = useState<OnDuty | null>(); // null: nobody opened this device
  useEffect(() => void opened().then((found) => setDuty(found ?? null)), []);
  if (duty === undefined)
    return (
      <Gate title={w("title")}>
        <Skeleton />
      </Gate>
    );
  if (duty === null)
    return (
      <GuardSignIn
        onDuty={(begun) => void giveToVisitors(begun, language).then(setDuty)}
        saying={{ title: w("title"), lead: w("lead"), promise: w("promise") }}
      />
    );
  const gates = duty.desk.gates.filter(asks);
  const gate = gates.length === 1 ? gates[0] : gates.find(({ place }) => place === duty.place);
  const close = () => void endDuty(duty, "kiosk").then(() => setDuty(null));
  if (!gate)
    return (
      <Gate title={w("choose")}>
        {gates.length === 0 && <Notice tone="care">{w("noForm")}</Notice>}
        {gates.map(({ place, name }) => (
          <Button
            key={place}
            wide
            tone="second"
            icon="door"
            onClick={() => {
              const next = { ...duty, place };
              setDuty(next);
              void keepDuty(next, "kiosk");
            }}
          >
            {name}
          </Button>
        ))}
        <Button wide tone="plain" onClick={close}>
          {w("end")}
        </Button>
      </Gate>
    );
  return <Turns duty={duty} gate={gate} onOver={() => void forgetShift("kiosk").then(() => setDuty(null))} onEnd={close} />;
}

interface TurnsProps {
  duty: OnDuty;
  gate: GateInfo & { form: string };
  onOver: () => void;
  onEnd: () => void;
}

/** Each visitor begins with an empty screen, in the language of the device. */
function Turns({ duty, gate, onOver, onEnd }: TurnsProps) {
  const [turn, setTurn] = useState(0);
  const { language } = useText();
  const [own] = useState(duty.language ?? language);
  useAwake();
  useEffect(() => {
    const timer = setTimeout(onOver, Math.max(0, Date.parse(duty.shift.ends) - Date.now()));
    return () => clearTimeout(timer);
  }, [duty.shift.ends, onOver]);
  const next = () => {
    setTurn(turn + 1);
    void setLanguage(own).catch(() => undefined); // also ends a choice whose words are still on their way
    scrollTo({ top: 0 });
  };
  return <Visitor key={turn} duty={duty} gate={gate} chosen={language !== own} onNext={next} onEnd={onEnd} />;
}
