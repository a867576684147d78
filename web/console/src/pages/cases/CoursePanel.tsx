// How the illness went: stays in hospital, and how it ended.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { caseQuery } from "../../api/cases";
import type { Case, HospitalStay } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Fact, Facts } from "../../parts/Facts";
import { Panel } from "../../parts/Panel";
import { CourseDialog } from "./CourseDialog";
import styles from "./CoursePanel.module.css";

export function CoursePanel({ file }: { file: Case }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  // The case as the officer saw it when beginning: a newer one must not be overwritten unseen.
  const [seen, setSeen] = useState<Case>();
  const show = (fresh: Case) => {
    setSeen(undefined);
    client.setQueryData(caseQuery(file.id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: ["cases"], predicate: (query) => query.queryKey[1] !== "one" });
  };
  return (
    <Panel
      title={t("cases.course.title")}
      actions={
        <Button variant="default" size="xs" className="no-print" onClick={() => setSeen(file)}>
          {t("cases.course.record")}
        </Button>
      }
    >
      <Facts>
        <Fact name={t("cases.course.outcome")}>
          {file.outcome ? `${t(`cases.course.outcomes.${file.outcome}`)}${file.outcomeOn ? `, ${showDay(file.outcomeOn)}` : ""}` : t("cases.course.noOutcome")}
        </Fact>
        <Fact name={t("cases.course.stays")}>{file.stays.length > 0 ? <Stays of={file.stays} /> : t("cases.course.noStays")}</Fact>
      </Facts>
      {seen && <CourseDialog file={seen} onClose={() => setSeen(undefined)} onChanged={show} />}
    </Panel>
  );
}

export function Stays({ of }: { of: readonly HospitalStay[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.stays}>
      {of.map((stay) => (
        <li key={stay.admittedOn + stay.hospital}>
          {t("cases.course.stay", {
            hospital: stay.hospital,
            from: showDay(stay.admittedOn),
            to: stay.dischargedOn ? showDay(stay.dischargedOn) : t("cases.course.stillThere"),
          })}
        </li>
      ))}
    </ul>
  );
}
