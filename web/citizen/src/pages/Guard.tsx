// Guard mode: a phone, tablet or PC at a gate. Continuous scanning with colour and sound, one tap for people without a
// code, counts on the screen, with or without a network. The guard sees a colour and nothing about anybody.

import { useEffect, useState } from "react";

import { GuardDesk } from "../guard/GuardDesk";
import { endDuty, forgetShift, keepDuty, onDuty, type OnDuty } from "../guard/shift";
import { useWords } from "../lane/words";
import { useText } from "../i18n";
import { Gate } from "../ui/Gate";
import { Button, ButtonLink, Skeleton } from "../ui/parts";
import { GuardSignIn } from "./GuardSignIn";

export function Guard() {
  const { t } = useText();
  const [duty, setDuty] = useState<OnDuty | null>(); // null: nobody is on duty
  useEffect(() => void onDuty().then((found) => setDuty(found ?? null)), []);

  if (duty === undefined)
    return (
      <Gate title={t("guard.title")}>
        <Skeleton />
      </Gate>
    );
  if (duty === null) return <GuardSignIn onDuty={setDuty} />;
  const change = (next: OnDuty) => {
    setDuty(next);
    void keepDuty(next);
  };
  const only = duty.desk.gates.length === 1 ? duty.desk.gates[0] : undefined;
  const checkpoint = only?.kind === "checkpoint" && duty.place !== only.place; // its lane is offered first
  const gate = (checkpoint ? undefined : only) ?? duty.desk.gates.find((each) => each.place === duty.place);
  if (!gate || (gate.zones.length > 0 && duty.zone === undefined)) return <Choose duty={duty} onChange={change} />;
  return (
    <GuardDesk
      duty={duty}
      gate={gate}
      onChange={(part) =>
        setDuty((now) => {
          if (!now) return now;
          const next = { ...now, ...part(now) };
          void keepDuty(next);
          return next;
        })
      }
      onOver={() => void forgetShift().then(() => setDuty(null))}
      onEnd={() => void endDuty(duty).then(() => setDuty(null))}
    />
  );
}

/** One tap opens my gate. */
function Choose({ duty, onChange }: { duty: OnDuty; onChange: (duty: OnDuty) => void }) {
  const { w, t } = useWords();
  return (
    <Gate title={t("guard.choose")}>
      {duty.desk.gates.length === 0 && (
        <ButtonLink to="/team" wide icon="family">
          {w("team")}
        </ButtonLink>
      )}
      {duty.desk.gates.map((gate) => (
        <section key={gate.place} className="stack-small">
          <h2>{gate.name}</h2>
          {gate.kind === "checkpoint" && (
            <ButtonLink to="/lane" wide icon="door">
              {w("lane")}
            </ButtonLink>
          )}
          <Button wide tone="second" icon="door" onClick={() => onChange({ ...duty, place: gate.place, zone: "", way: "in" })}>
            {gate.zones.length > 0 ? t("guard.whole") : t("guard.open")}
          </Button>
          {gate.zones.map((zone) => (
            <Button
              key={zone.id}
              wide
              tone="second"
              icon="door"
              onClick={() =>
                onChange({ ...duty, place: gate.place, zone: zone.id, way: zone.leaving ? "out" : "in" })
              }
            >
              {zone.name}
            </Button>
          ))}
        </section>
      ))}
    </Gate>
  );
}
