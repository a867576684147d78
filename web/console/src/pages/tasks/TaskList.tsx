import { Checkbox } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { IconClipboardCheck, IconDoor, IconPhoneCall } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Task } from "../../api/types";
import { groupTasks, spokenNotClassified } from "../../logic/tasks";
import { Badge, LevelBadge, Risk, TaskState } from "../../parts/Badges";
import { Whose } from "../../parts/Give";
import { useMarkedRow } from "../../parts/useMarkedRow";
import { useDiseaseName } from "../../parts/useNames";
import { Due, useNow } from "../../parts/When";
import styles from "./TaskList.module.css";

export const taskIcons = { assess: IconClipboardCheck, call: IconPhoneCall, door: IconDoor };

/** Tasks that have not ended can be marked, to be taken or given together. */
export interface Marking {
  marked: ReadonlySet<string>;
  mark: (task: string, on: boolean) => void;
}

interface Props {
  tasks: readonly Task[];
  marking: Marking;
  /** As they come, not in groups by urgency. */
  asSorted?: boolean;
}

export function TaskList({ tasks, marking, asSorted }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const now = useNow();
  const groups = asSorted ? [{ due: undefined, tasks }] : groupTasks(tasks, now);
  const ordered = groups.flatMap((group) => group.tasks);
  const list = useRef<HTMLDivElement>(null);
  const { marked, index } = useMarkedRow({
    rows: ordered,
    rowKey: (task) => task.id,
    onOpen: (task) => void navigate({ to: "/tasks/$task", params: { task: task.id } }),
    keys: [{ keys: "x", says: t("staff.markKey"), run: (task) => marking.mark(task.id, !marking.marked.has(task.id)) }],
  });
  useEffect(() => {
    if (index >= 0) list.current?.querySelector("[data-marked]")?.scrollIntoView({ block: "nearest" });
  }, [index]);
  return (
    <div ref={list} className={styles.list}>
      {groups.map((group) => (
        <section key={group.due ?? "all"} data-due={group.due}>
          {group.due && (
            <h2>
              {t(`tasks.due.${group.due}`)} <span>{group.tasks.length}</span>
            </h2>
          )}
          <ul>
            {group.tasks.map((task) => (
              <li key={task.id} data-marked={task.id === marked || undefined}>
                {(task.state === "open" || task.state === "acknowledged") && (
                  <Checkbox
                    size="md"
                    className={styles.mark}
                    aria-label={t("tasks.mark", { name: task.person.name })}
                    checked={marking.marked.has(task.id)}
                    onChange={(event) => marking.mark(task.id, event.currentTarget.checked)}
                  />
                )}
                <Row task={task} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Row({ task }: { task: Task }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const Icon = taskIcons[task.kind];
  return (
    <Link to="/tasks/$task" params={{ task: task.id }} className={styles.row}>
      <span className={styles.kind}>
        <Icon size={21} stroke={1.6} aria-hidden />
        <span>{t(`tasks.kind.${task.kind}`)}</span>
      </span>
      <span className={styles.person}>
        <b>{task.person.name}</b> <span>{task.person.birthYear || t("people.bornUnknown")}</span>
        <small>{task.unitName}</small>
      </span>
      <span className={styles.why}>
        {disease(task.disease)} <small>{task.caseNumber}</small>
      </span>
      <span className={styles.level}>
        <LevelBadge level={task.level} suspected />
      </span>
      <span className={styles.risk}>
        <Risk of={task.risk} />
      </span>
      <span className={styles.state}>
        <TaskState of={task.state} />
        {spokenNotClassified(task) && <Badge tone="lacquer">{t("tasks.unclassified")}</Badge>}
        {task.untaken && <Badge tone="lacquer">{t("tasks.untaken")}</Badge>}
        <Whose of={task} />
        {task.transfer && <Badge tone="turmeric">{t("followUps.transfer.towards", { unit: task.transfer.toName })}</Badge>}
        {task.attempts > 0 && <small>{t("tasks.attempts", { count: task.attempts })}</small>}
      </span>
      <span className={styles.due}>
        <Due at={task.dueAt} />
      </span>
    </Link>
  );
}
