// What can be decided about the vehicle at the barrier; of an ambulance that has passed only that it is declared.

import { clock } from "@luytre/shared/time";

import type { Decision, Draft } from "./draft";
import styles from "./LaneDesk.module.css";
import { useWords } from "./words";

const decisions: readonly Decision[] = ["turnBack", "isolate", "test", "pass"];

interface Props {
  draft: Draft;
  onDecide: (decision: Decision) => void;
  onDeclare: (passage: string) => void;
}

export function Decisions({ draft: { declares }, onDecide, onDeclare }: Props) {
  const { w, language } = useWords();
  return (
    <div className={styles.decisions}>
      {declares ? (
        <>
          <p className={styles.declares}>{w("declares", { time: clock(declares.passedAt, language) })}</p>
          <button type="button" data-decision="pass" onClick={() => onDeclare(declares.passage)}>
            {w("declareDone")}
          </button>
        </>
      ) : (
        decisions.map((decision) => (
          <button key={decision} type="button" data-decision={decision} onClick={() => onDecide(decision)}>
            {w(`decide.${decision}`)}
          </button>
        ))
      )}
    </div>
  );
}
