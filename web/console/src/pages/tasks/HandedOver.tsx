// A contact who lives elsewhere: the task is handed to the commune there, taken there, each with its time. Until then it stays where it is.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconHandGrab } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { keepTask, takeOverTask } from "../../api/tasks";
import type { Task } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { When } from "../../parts/When";
import styles from "./TaskPage.module.css";

export function HandedOver({ task }: { task: Task }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const again = (text: string) => () => {
    say(text);
    void client.invalidateQueries({ queryKey: ["tasks"] });
  };
  const taking = useMutation({ mutationFn: () => takeOverTask(task.id), onSuccess: again(t("tasks.handed.taken")) });
  const keeping = useMutation({ mutationFn: () => keepTask(task.id), onSuccess: again(t("tasks.handed.kept")) });
  // The answer to handing it over holds the one that waits alone.
  const known = task.transfers ?? [];
  const all = task.transfer && !known.some((one) => one.id === task.transfer?.id) ? [...known, task.transfer] : known;
  if (all.length === 0) return null;
  return (
    <Panel title={t("tasks.handed.title")} tight>
      <ol className={styles.attempts}>
        {all.map((one) => (
          <li key={one.id}>
            <b>{t("followUps.transfer.line", { from: one.fromName, to: one.toName })}</b>{" "}
            <Badge tone={one.state === "waiting" ? "turmeric" : "plain"}>{t(`followUps.transfer.state.${one.state}`)}</Badge>{" "}
            {one.state === "waiting" && one.escalated && <Badge tone="lacquer">{t("followUps.escalated", { level: t(`referrals.level.${one.level}`) })}</Badge>}{" "}
            <span className="quiet">
              {one.by} · <When at={one.at} />
              {one.ended && (
                <>
                  {" → "}
                  {one.endedBy} <When at={one.ended} />
                </>
              )}
            </span>
            {one.reason && <div>{one.reason}</div>}
          </li>
        ))}
      </ol>
      <ProblemNote error={taking.error ?? keeping.error} />
      {task.transfer?.yours && (
        <Button leftSection={<IconHandGrab size={19} />} onClick={() => taking.mutate()} loading={taking.isPending}>
          {t("tasks.handed.take")}
        </Button>
      )}
      {task.transfer && !task.transfer.yours && (
        <Button variant="default" onClick={() => keeping.mutate()} loading={keeping.isPending}>
          {t("tasks.handed.keep")}
        </Button>
      )}
    </Panel>
  );
}

/** What waits for units of the own area, above the list. */
export function ArrivingTasks({ tasks }: { tasks: readonly Task[] }) {
  const { t } = useTranslation();
  if (tasks.length === 0) return null;
  return (
    <Panel title={t("tasks.handed.arriving")} tight>
      <ul className={styles.attempts}>
        {tasks.map((task) => (
          <li key={task.id}>
            <TextLink to="/tasks/$task" params={{ task: task.id }}>
              {task.person.name}
            </TextLink>{" "}
            <span className="quiet">{task.person.birthYear}</span>{" "}
            {task.transfer && (
              <>
                {t("followUps.transfer.line", { from: task.transfer.fromName, to: task.transfer.toName })} <When at={task.transfer.at} />{" "}
                {task.transfer.escalated && <Badge tone="lacquer">{t("followUps.escalated", { level: t(`referrals.level.${task.transfer.level}`) })}</Badge>}
              </>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
