// Who should stand at a checkpoint: who is absent now, and when nobody will be there.

import type { LanePlan } from "@luytre/shared/api";
import { clock, dayAndClock } from "@luytre/shared/time";
import type { ReactNode } from "react";

import { Notice } from "../ui/parts";
import { useWords } from "./words";

type Planned = LanePlan["shifts"][number];

export function Plan({ plan, children }: { plan: LanePlan; children?: (shift: Planned) => ReactNode }) {
  const { w, language } = useWords();
  return (
    <>
      {plan.gaps.map((gap) => (
        <Notice key={gap.from} tone="care" title={w("plan.gap", { from: dayAndClock(gap.from, language), until: dayAndClock(gap.until, language) })} />
      ))}
      <ul className="list">
        {plan.shifts.map((shift) => (
          <li key={shift.id} className="line">
            <span className="grow">
              <span className="strong">{shift.name}</span>
              <br />
              <span className="small soft numbers">
                {dayAndClock(shift.from, language)} – {clock(shift.until, language)}
              </span>
            </span>
            {shift.attendance !== "planned" && <span className="tag">{w(`plan.${shift.attendance}`)}</span>}
            {children?.(shift)}
          </li>
        ))}
      </ul>
    </>
  );
}
