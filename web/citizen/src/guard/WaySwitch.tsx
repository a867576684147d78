// Whether people come in or go out: one of two, remembered for the shift.

import styles from "./GuardDesk.module.css";
import { useGateWords } from "./words";

export type Way = "in" | "out";

export function WaySwitch({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  const { g } = useGateWords();
  return (
    <div className={styles.way} role="radiogroup" aria-label={g("way.label")} data-way={way}>
      {(["in", "out"] as const).map((each) => (
        <button key={each} type="button" role="radio" aria-checked={way === each} onClick={() => onWay(each)}>
          {g(`way.${each}`)}
        </button>
      ))}
    </div>
  );
}
