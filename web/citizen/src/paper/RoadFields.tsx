// What a slip of a checkpoint says besides: which way, what was decided, and why somebody was turned back.

import type { SlipLine } from "@luytre/shared/api";

import { useWords } from "../lane/words";
import { Select } from "../ui/parts";
import { usePaperWords } from "./words";

export type Decided = Pick<SlipLine, "direction" | "decision" | "why">;

const directions = ["in", "out"] as const;
const decisions = ["pass", "test", "isolate", "turnBack"] as const;
const reasons = ["colour", "notDeclared", "noPermit", "roadClosed", "refusedTest", "other"] as const;

interface Props {
  decided: Decided;
  flaw: (field: string) => string | undefined;
  onDecided: (decided: Decided) => void;
}

export function RoadFields({ decided: { direction, decision, why }, flaw, onDecided }: Props) {
  const { p } = usePaperWords();
  const { w } = useWords();
  const set = (part: Partial<Record<keyof Decided, string>>) => {
    const next = { direction, decision, why, ...part };
    onDecided({
      ...(next.direction ? { direction: next.direction as (typeof directions)[number] } : {}),
      ...(next.decision ? { decision: next.decision as (typeof decisions)[number] } : {}),
      ...(next.decision === "turnBack" && next.why ? { why: next.why as (typeof reasons)[number] } : {}),
    });
  };
  return (
    <>
      <Select
        id="slip-direction"
        label={w("direction")}
        value={direction ?? ""}
        onValue={(value) => set({ direction: value })}
        options={directions.map((value) => ({ value, text: w(value) }))}
        wrong={flaw("direction")}
      />
      <Select
        id="slip-decision"
        label={p("slips.field.decision")}
        value={decision ?? ""}
        onValue={(value) => set({ decision: value })}
        options={decisions.map((value) => ({ value, text: w(`decide.${value}`) }))}
        wrong={flaw("decision")}
      />
      {decision === "turnBack" && (
        <Select
          id="slip-why"
          label={w("why")}
          value={why ?? ""}
          onValue={(value) => set({ why: value })}
          options={reasons.map((value) => ({ value, text: w(`whys.${value}`) }))}
          wrong={flaw("why")}
        />
      )}
    </>
  );
}
