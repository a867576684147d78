// Today's visits on paper: only what is needed at the door. No phones, no disease, no case number: paper gets lost.
import { Button } from "@mantine/core";
import { dayAndClock } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { IconPrinter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { visitFilter, visitsQuery } from "../../api/rounds";
import { useOfficer } from "../../api/session";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { useLanguage, useNow } from "../../parts/When";
import styles from "../tasks/TasksPrintPage.module.css";

const route = getRouteApi("/office/follow-ups/print");
const boxes = ["well", "unwell", "notMet"] as const;

export function VisitsPrintPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const officer = useOfficer();
  const now = useNow();
  const filter = route.useSearch();
  const { data: visits, error, refetch } = useQuery(visitsQuery(visitFilter(filter)));
  return (
    <>
      <PageHead
        title={t("tasks.printTitle")}
        back={
          <span className="no-print">
            <TextLink to="/follow-ups" search={filter}>
              {t("shell.section.followUps")}
            </TextLink>
          </span>
        }
        lead={<span className="no-print">{t("tasks.printLead")}</span>}
      >
        <Button leftSection={<IconPrinter size={17} />} onClick={() => window.print()} disabled={!visits?.length}>
          {t("common.print")}
        </Button>
      </PageHead>
      {barring({ data: visits, error }) && <ProblemNote error={error} retry={() => void refetch()} />}
      {!visits && !error && <Loading />}
      {visits?.length === 0 && <Empty title={t("followUps.none")} />}
      {visits && visits.length > 0 && (
        <>
          <p className={styles.by}>{t("tasks.printedBy", { name: officer.name, at: dayAndClock(now, language), count: visits.length })}</p>
          <div className={styles.frame} role="region" aria-label={t("tasks.printTitle")} tabIndex={0}>
            <table className={styles.sheet}>
              <thead>
                <tr>
                  <th>#</th>
                  <th>{t("people.name")}</th>
                  <th>{t("people.birthYear")}</th>
                  <th>{t("people.residence")}</th>
                  <th className={styles.result}>{t("tasks.printResult")}</th>
                </tr>
              </thead>
              <tbody>
                {visits.map((visit, i) => (
                  <tr key={visit.id}>
                    <td>{i + 1}</td>
                    <td>
                      <b>{visit.name}</b>
                    </td>
                    <td>{visit.birthYear || t("people.bornUnknown")}</td>
                    <td>{[visit.address, visit.unitName].filter(Boolean).join(", ")}</td>
                    <td className={styles.boxes}>
                      {boxes.map((one) => (
                        <span key={one}>☐ {t(`followUps.round.box.${one}`)}</span>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className={styles.foot}>{t("tasks.printFoot")}</p>
        </>
      )}
    </>
  );
}
