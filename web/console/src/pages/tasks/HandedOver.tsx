// A contact who lives elsewhere: the task is handed to the commune there, taken there, each with its time. Until then it stays where it is.
import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconHandGrab } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useOfficer } from "../../api/session";
import { keepTask, takeOutArrivingTasks, takeOverTask, useArrivingTasks } from "../../api/tasks";
import type { Task } from "../../api/types";
import { holds } from "../../logic/navigation";
import { sortedBy, type SortOrder, type Sorts } from "../../logic/sorting";
import { Badge } from "../../parts/Badges";
import { TextLink } from "../../parts/links";
import { ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
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

const sorts: Sorts<"asked"> = [["asked", "ascending"]];
/** The server gives no more in one file (modules/tracing). */
const most = 5000;

interface Arriving {
  unit: string | undefined;
  turned: SortOrder | undefined;
  onTurn: (order: SortOrder) => void;
}

/** What waits for units of the own area, above the list. */
export function ArrivingTasks({ unit, turned, onTurn }: Arriving) {
  const { t } = useTranslation();
  const officer = useOfficer();
  const list = useArrivingTasks({ ...(unit ? { unit } : {}), ...(turned ? { order: turned } : {}) });
  if (list.rows.length === 0) return null;
  const files = holds(officer, "districtOfficer", "provinceOfficer");
  return (
    <Panel
      title={t("tasks.handed.arriving")}
      tight
      actions={
        <Group gap="sm">
          <SortChoice headless sorts={[{ sort: "asked", label: t("tasks.handed.askedAt") }]} sorted={sortedBy(turned ? { order: turned } : {}, sorts)} onSort={(_, way) => onTurn(way)} />
          {files && <TakeOut title={t("tasks.handed.takeOutTitle")} holds={t("tasks.handed.takeOutHolds", { most })} unit={unit} take={takeOutArrivingTasks} />}
        </Group>
      }
    >
      <ListFrame list={list} empty={null} count={false}>
        {(tasks) => (
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
        )}
      </ListFrame>
    </Panel>
  );
}
