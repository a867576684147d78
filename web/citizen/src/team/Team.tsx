// A volunteer of a community team: the same shift as at a gate, on the own phone.

import { useEffect, useState } from "react";

import { endDuty, forgetShift, onDuty, type OnDuty } from "../guard/shift";
import { GuardSignIn } from "../pages/GuardSignIn";
import { Gate } from "../ui/Gate";
import { Skeleton } from "../ui/parts";
import { TeamDesk } from "./TeamDesk";
import { useWords } from "./words";

export function Team() {
  const { w } = useWords();
  const [duty, setDuty] = useState<OnDuty | null>(); // null: nobody is on duty
  useEffect(() => void onDuty().then((found) => setDuty(found ?? null)), []);

  if (duty === undefined)
    return (
      <Gate title={w("title")}>
        <Skeleton />
      </Gate>
    );
  if (duty === null)
    return <GuardSignIn onDuty={setDuty} saying={{ title: w("title"), lead: w("lead"), promise: w("promise") }} />;
  return (
    <TeamDesk duty={duty} onOver={() => void forgetShift().then(() => setDuty(null))} onEnd={() => void endDuty(duty).then(() => setDuty(null))} />
  );
}
