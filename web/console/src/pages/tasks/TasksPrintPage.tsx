// The work list on paper: only what is needed at the door. No phones, no disease, no case number: paper gets lost.
import { Button } from "@mantine/core";
import { dayAndClock } from "@luytre/shared/time";
import { getRouteApi } from "@tanstack/react-router";
import { IconPrinter } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useOfficer } from "../../api/session";
import { useTasks } from "../../api/tasks";
import { dueGroup, groupTasks, isOverdue } from "../../logic/tasks";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { useLanguage, useNow, When } from "../../parts/When";
import styles from "./TasksPrintPage.module.css";

const route = getRouteApi("/office/tasks/print");
const mostRows = 400;

export function TasksPrintPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const officer = useOfficer();
  const now = useNow();
  const search = route.useSearch();
  const { arriving: _, ...filter } = search;
  const list = useTasks(filter);
  const { more, loadingMore, rows } = list;
  useEffect(() => {
    // Paper has no "show more": the rest is fetched first, up to what one round can hold.
    if (more && !loadingMore && rows.length < mostRows) more();
  }, [more, loadingMore, rows.length]);
  const ordered = (filter.sort ? rows : groupTasks(rows, now).flatMap((group) => group.tasks)).filter((task) => dueGroup(task, now) !== "closed");
  return (
    <>
      <PageHead
        title={t("tasks.printTitle")}
        back={
          <span className="no-print">
            <TextLink to="/tasks" search={search}>
              {t("shell.section.tasks")}
            </TextLink>
          </span>
        }
        lead={<span className="no-print">{t("tasks.printLead")}</span>}
      >
        <Button leftSection={<IconPrinter size={17} />} onClick={() => window.print()} disabled={ordered.length === 0}>
          {t("common.print")}
        </Button>
      </PageHead>
      <ListFrame list={{ ...list, rows: ordered }} empty={<Empty title={t("tasks.none")} />} count={false}>
        {(tasks) => (
          <>
            <p className={styles.by}>{t("tasks.printedBy", { name: officer.name, at: dayAndClock(now, language), count: tasks.length })}</p>
            <div className={styles.frame} role="region" aria-label={t("tasks.printTitle")} tabIndex={0}>
              <table className={styles.sheet}>
                <thead>
                  <tr>
                    <th>#</th>
                    <th>{t("people.name")}</th>
                    <th>{t("people.birthYear")}</th>
                    <th>{t("people.residence")}</th>
                    <th>{t("tasks.kindHead")}</th>
                    <th>{t("tasks.isDue")}</th>
                    <th className={styles.result}>{t("tasks.printResult")}</th>
                  </tr>
                </thead>
                <tbody>
                  {tasks.map((task, i) => (
                    <tr key={task.id}>
                      <td>{i + 1}</td>
                      <td>
                        <b>{task.person.name}</b>
                      </td>
                      <td>{task.person.birthYear || t("people.bornUnknown")}</td>
                      <td>{task.unitName}</td>
                      <td>{t(`tasks.kind.${task.kind}`)}</td>
                      <td>
                        <When at={task.dueAt} />
                        {isOverdue(task, now) && <div className={styles.late}>{t("tasks.due.overdue")}</div>}
                      </td>
                      <td className={styles.boxes}>
                        {(["reached", "noAnswer", "moved", "refused"] as const).map((outcome) => (
                          <span key={outcome}>☐ {t(`tasks.outcome.${outcome}`)}</span>
                        ))}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </ListFrame>
      <p className={styles.foot}>{t("tasks.printFoot")}</p>
    </>
  );
}
