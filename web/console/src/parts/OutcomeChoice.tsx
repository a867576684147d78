import { Button, Group, Textarea } from "@mantine/core";
import { type Icon, IconCircleOff, IconDoorExit, IconHeartHandshake, IconHomeMove, IconPhoneOff, IconPhoneX } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import styles from "./OutcomeChoice.module.css";
import { Panel } from "./Panel";
import { ProblemNote } from "./ProblemNote";

type Known = "reached" | "noAnswer" | "wrongNumber" | "moved" | "refused" | "notNeeded";

const icons: Record<Known, Icon> = {
  reached: IconHeartHandshake,
  noAnswer: IconPhoneOff,
  wrongNumber: IconPhoneX,
  moved: IconHomeMove,
  refused: IconDoorExit,
  notNeeded: IconCircleOff,
};

interface Props<O extends Known> {
  /** Whose words are on the frame: `<room>.outcomeTitle`, `<room>.note`, `<room>.save`. */
  room: "tasks" | "referrals";
  outcomes: readonly O[];
  name: (outcome: O) => string;
  /** What follows from it. */
  then: (outcome: O) => string;
  /** Outcomes that need a word why. */
  reasoned?: readonly O[];
  /** What else is asked of it. */
  asks?: (outcome: O) => ReactNode;
  busy: boolean;
  error: unknown;
  onSave: (said: { outcome: O; note?: string }) => void;
}

/** What came of a call or a visit: one tap, what follows from it, a note. Give it the record's version as its key, so that it begins anew once saved. */
export function OutcomeChoice<O extends Known>({ room, outcomes, name, then, reasoned = [], asks, busy, error, onSave }: Props<O>) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<O>();
  const [note, setNote] = useState("");
  const required = chosen !== undefined && reasoned.includes(chosen);
  return (
    <Panel title={t(`${room}.outcomeTitle`)} tight>
      <div className={styles.outcomes} role="group" aria-label={t(`${room}.outcomeTitle`)}>
        {outcomes.map((outcome) => {
          const Sign: Icon = icons[outcome];
          return (
            <button key={outcome} type="button" aria-pressed={chosen === outcome} data-outcome={outcome} onClick={() => setChosen(outcome)}>
              <Sign size={22} stroke={1.6} aria-hidden />
              {name(outcome)}
            </button>
          );
        })}
      </div>
      {chosen && (
        <div className={styles.more}>
          <p>{then(chosen)}</p>
          {asks?.(chosen)}
          <Textarea label={t(`${room}.note`)} value={note} required={required} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} maxLength={1000} />
          <ProblemNote error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setChosen(undefined)}>
              {t("common.cancel")}
            </Button>
            <Button disabled={required && !note.trim()} loading={busy} onClick={() => onSave({ outcome: chosen, ...(note.trim() ? { note: note.trim() } : {}) })}>
              {t(`${room}.save`)}
            </Button>
          </Group>
        </div>
      )}
    </Panel>
  );
}
