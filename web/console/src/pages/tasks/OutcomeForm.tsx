import { useState } from "react";
import { useTranslation } from "react-i18next";

import { recordOutcome } from "../../api/tasks";
import type { Outcome, Task } from "../../api/types";
import { OutcomeChoice } from "../../parts/OutcomeChoice";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useEdit } from "../../parts/useEdit";
import { When } from "../../parts/When";

const outcomes = ["reached", "noAnswer", "wrongNumber", "moved", "refused"] as const satisfies readonly Outcome[];

const isLast = (outcome: Outcome) => outcome === "reached" || outcome === "refused";

interface Props {
  task: Task;
  onSaved: (task: Task, said: { outcome: Outcome; note?: string }) => void;
  onKept: (task: Task) => void;
}

/** What came of it. Reaching the person, or a refusal, ends a call or a visit; a contact who is to be asked waits for the class. */
export function OutcomeForm({ task, onSaved, onKept }: Props) {
  const { t } = useTranslation();
  const asks = task.kind === "assess" && task.unclassified;
  const [unit, setUnit] = useState<string>();
  const edit = useEdit<Task, { outcome: Outcome; note?: string; unit?: string }>({
    save: (change, version) => recordOutcome(task.id, version, change),
    compare: (change, current) => [
      { name: t("tasks.outcomeTitle"), mine: t(`tasks.outcome.${change.outcome}`), theirs: t(`tasks.state.${current.state}`) },
      { name: t("tasks.attemptsTitle"), mine: task.attempts + 1, theirs: current.attempts },
      { name: t("tasks.isDue"), mine: undefined, theirs: <When at={current.dueAt} /> },
    ],
    onSaved: (fresh, said) => {
      say(t(fresh.state === "done" ? "tasks.closed" : said.unit ? "tasks.handed.sent" : asks && isLast(said.outcome) ? "tasks.classifyNext" : "tasks.againLater"));
      setUnit(undefined);
      onSaved(fresh, said);
    },
    onKept,
  });
  return (
    <>
      <OutcomeChoice
        key={task.version}
        room="tasks"
        outcomes={outcomes}
        name={(outcome) => t(`tasks.outcome.${outcome}`)}
        then={(outcome) => t(asks && isLast(outcome) ? `tasks.thenAsk.${outcome}` : `tasks.then.${outcome}`)}
        asks={(outcome) => outcome === "moved" && <UnitSelect label={t("tasks.handed.to")} description={t("tasks.handed.lead")} value={unit} onChange={setUnit} />}
        busy={edit.busy}
        error={edit.error}
        onSave={(said) => edit.save(said.outcome === "moved" && unit ? { ...said, unit } : said, task.version)}
      />
      {edit.dialog}
    </>
  );
}
