// What was refused when it was sent, and nobody has read yet: entries made without a network or answered late, and what ended
// with its shift.

import { dayAndClock } from "@luytre/shared/time";

import { useText } from "../i18n";
import type { Entry } from "../offline/queue";
import { Button, Notice } from "../ui/parts";
import { isOver } from "./over";
import { useShiftQueue } from "./waiting";

const timesMost = 5;
const ended = ({ refused }: Entry): boolean => refused !== undefined && isOver(refused.code);

/** `said`: of those that are not of a shift that had ended. */
export function RefusedLater({ entries, said }: { entries: readonly Entry[]; said: (count: number) => string }) {
  const others = entries.filter((entry) => entry.refused && !ended(entry));
  return (
    <>
      <ShiftsEnded entries={entries} />
      {others.length > 0 && (
        <Notice tone="care" title={said(others.length)} live>
          <Times entries={others} />
          <Seen entries={others} />
        </Notice>
      )}
    </>
  );
}

/** Whom nobody recorded, because the shift had ended: whoever comes on duty next is told. */
export function ShiftsEnded({ entries }: { entries: readonly Entry[] }) {
  const { t } = useText();
  const lost = entries.filter(ended);
  if (lost.length === 0) return null;
  return (
    <Notice tone="bad" title={t("guard.ended", { count: lost.length })} live>
      <Times entries={lost} />
      <p>{t("guard.endedText")}</p>
      <Seen entries={lost} />
    </Notice>
  );
}

function Times({ entries }: { entries: readonly Entry[] }) {
  const { language } = useText();
  const at = entries.map(({ madeAt }) => dayAndClock(madeAt, language));
  return <p className="numbers">{at.length > timesMost ? `${at[0]} – ${at.at(-1)}` : [...new Set(at)].join("; ")}</p>;
}

function Seen({ entries }: { entries: readonly Entry[] }) {
  const { t } = useText();
  const { queue } = useShiftQueue();
  return (
    <Button tone="second" onClick={() => void Promise.all(entries.map((entry) => queue?.remove(entry.key)))}>
      {t("guard.seen")}
    </Button>
  );
}
