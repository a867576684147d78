// What is tapped at the lane, where the thumb is: the plate, who sits there, the decision.

import { Decisions } from "./Decisions";
import { heads, isEmpty, lights, next, showPlate, type Decision, type Draft } from "./draft";
import styles from "./LaneDesk.module.css";
import type { Asked } from "./LaneSheet";
import { useWords } from "./words";

interface Props {
  draft: Draft;
  onChange: (part: (now: Draft) => Draft) => void;
  onAsk: (asked: Asked) => void;
  onDecide: (decision: Decision) => void;
  onDeclare: (passage: string) => void;
  onAmbulance: () => void;
}

export function Thumb({ draft, onChange, onAsk, onDecide, onDeclare, onAmbulance }: Props) {
  const { w, t } = useWords();
  const all = lights(draft);
  return (
    <section className={styles.thumb} aria-label={w("vehicle")}>
      <div className={styles.row}>
        <button type="button" className={styles.plate} onClick={() => onAsk("plate")} data-testid="plate">
          {draft.plate ? showPlate(draft.plate) : w("noPlate")}
        </button>
        <button type="button" className={styles.small} disabled={!!draft.declares} onClick={() => onAsk("vehicle")}>
          {w(`vehicles.${draft.vehicle}`)}
        </button>
        <button
          type="button"
          className={styles.small}
          disabled={!!draft.declares}
          aria-label={`${w("direction")}: ${w(draft.direction)}`}
          onClick={() => onChange((now) => ({ ...now, direction: now.direction === "in" ? "out" : "in" }))}
        >
          {w(draft.direction)}
        </button>
      </div>
      <div className={styles.row}>
        <button
          type="button"
          className={styles.step}
          aria-label={w("less")}
          onClick={() => onChange((now) => ({ ...now, unnamed: Math.max(0, now.unnamed - 1) }))}
        >
          −
        </button>
        <button type="button" className={styles.people} disabled={draft.people.length === 0 || !!draft.declares} onClick={() => onAsk("each")}>
          <span className="hidden">{w("people")}</span>
          <span className="numbers" data-testid="people">
            {heads(draft)}
          </span>
          <span className={styles.lights} aria-hidden="true">
            {all.slice(0, 12).map((tone, i) => (
              <span key={i} data-tone={tone ?? "unknown"} />
            ))}
          </span>
        </button>
        <button
          type="button"
          className={styles.step}
          aria-label={w("more")}
          onClick={() => onChange((now) => ({ ...now, unnamed: Math.min(60, now.unnamed + 1) }))}
        >
          +1
        </button>
      </div>
      <Decisions draft={draft} onDecide={onDecide} onDeclare={onDeclare} />
      <div className={styles.row}>
        {!draft.declares && (
          <button type="button" className={styles.quiet} onClick={onAmbulance}>
            {w("ambulance")}
          </button>
        )}
        <button type="button" className={styles.quiet} onClick={() => onAsk("phone")}>
          {w("phone")}
        </button>
        <button type="button" className={styles.quiet} onClick={() => onAsk("card")}>
          {t("guard.typeCard")}
        </button>
        <button type="button" className={styles.quiet} onClick={() => onAsk("paper")}>
          {t("guard.passport")}
        </button>
        {(draft.declares || !isEmpty(draft)) && (
          <button type="button" className={styles.quiet} onClick={() => onChange(next)}>
            {draft.declares ? w("declareLater") : w("clear")}
          </button>
        )}
      </div>
    </section>
  );
}
