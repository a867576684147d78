import { Button, Group, Textarea } from "@mantine/core";
import { IconDoorExit, IconHeartHandshake, IconHomeMove, IconPhoneOff, IconPhoneX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { recordOutcome } from "../../api/tasks";
import type { Outcome, Task } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { When } from "../../parts/When";
import styles from "./OutcomeForm.module.css";

const outcomes = [
  { outcome: "reached", icon: IconHeartHandshake },
  { outcome: "noAnswer", icon: IconPhoneOff },
  { outcome: "wrongNumber", icon: IconPhoneX },
  { outcome: "moved", icon: IconHomeMove },
  { outcome: "refused", icon: IconDoorExit },
] as const;

interface Props {
  task: Task;
  onSaved: (task: Task, said: { outcome: Outcome; note?: string }) => void;
  onKept: (task: Task) => void;
}

/** What came of it. Only reaching the person, or a refusal, ends the task; anything else sets the next attempt. */
export function OutcomeForm({ task, onSaved, onKept }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Outcome>();
  const [note, setNote] = useState("");
  const edit = useEdit<Task, { outcome: Outcome; note?: string }>({
    save: (change, version) => recordOutcome(task.id, version, change),
    compare: (change, current) => [
      { name: t("tasks.outcomeTitle"), mine: t(`tasks.outcome.${change.outcome}`), theirs: t(`tasks.state.${current.state}`) },
      { name: t("tasks.attemptsTitle"), mine: task.attempts + 1, theirs: current.attempts },
      { name: t("tasks.isDue"), mine: undefined, theirs: <When at={current.dueAt} /> },
    ],
    onSaved: (fresh, said) => {
      say(t(fresh.state === "done" ? "tasks.closed" : "tasks.againLater"));
      setChosen(undefined);
      setNote("");
      onSaved(fresh, said);
    },
    onKept,
  });
  return (
    <Panel title={t("tasks.outcomeTitle")} tight>
      <div className={styles.outcomes} role="group" aria-label={t("tasks.outcomeTitle")}>
        {outcomes.map(({ outcome, icon: Icon }) => (
          <button key={outcome} type="button" aria-pressed={chosen === outcome} data-outcome={outcome} onClick={() => setChosen(outcome)}>
            <Icon size={22} stroke={1.6} aria-hidden />
            {t(`tasks.outcome.${outcome}`)}
          </button>
        ))}
      </div>
      {chosen && (
        <div className={styles.more}>
          <p>{t(`tasks.then.${chosen}`)}</p>
          <Textarea label={t("tasks.note")} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} maxLength={1000} />
          <ProblemNote error={edit.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setChosen(undefined)}>
              {t("common.cancel")}
            </Button>
            <Button loading={edit.busy} onClick={() => edit.save({ outcome: chosen, ...(note.trim() ? { note: note.trim() } : {}) }, task.version)}>
              {t("tasks.save")}
            </Button>
          </Group>
        </div>
      )}
      {edit.dialog}
    </Panel>
  );
}
