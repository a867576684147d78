import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { caseHistoryQuery } from "../../api/cases";
import type { CaseHistory } from "../../api/types";
import { outcomes } from "../../logic/course";
import { byWhom } from "../../logic/by-whom";
import { showDay } from "../../logic/moments";
import { ClassificationBadge } from "../../parts/Badges";
import { Loading } from "../../parts/ListFrame";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";
import styles from "./HistoryTab.module.css";
import { useCase } from "./useCase";

/** What happened to the case, newest first; what was undone stays, struck through. */
export function HistoryTab() {
  const { t } = useTranslation();
  const { id } = useCase();
  const { data, error, refetch } = useQuery(caseHistoryQuery(id));
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={3} />;
  return (
    <ol className={styles.history}>
      {data.items.map((change, index) => (
        <li key={data.items.length - index} data-undone={change.undone || undefined}>
          <div className={styles.when}>
            <When at={change.at} />
            <span className="quiet">{byWhom(change.by, t)}</span>
          </div>
          <div>
            <p className={styles.what}>
              <b>{t(`cases.what.${change.what}`)}</b>
              {change.from !== change.to && (
                <>
                  <ClassificationBadge of={change.from} /> → <ClassificationBadge of={change.to} />
                </>
              )}
              {change.undone && <span className={styles.undone}>{t("cases.wasUndone")}</span>}
            </p>
            {change.altered.map((one) => (
              <AlteredFact key={one.fact} of={one} />
            ))}
            {change.reason && <p className={styles.reason}>{change.reason}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

const days = { onset: "cases.onset", outcomeOn: "cases.course.outcomeDay" } as const;
const moments = {
  sampleAt: "cases.sampleAt",
  resultAt: "cases.resultAt",
  isolatedAt: "cases.isolatedAt",
  diagnosedAt: "cases.diagnosedAt",
  notifyBy: "cases.notice.by",
  notifiedAt: "cases.notice.at",
  publishedAt: "cases.notice.publishedAt",
} as const;

const named = <T extends object>(words: T, fact: string): T[keyof T] | undefined =>
  fact in words ? words[fact as keyof T] : undefined;

/** A date or the outcome that a change altered. Window and rule set follow from these, method and source stand in the file. */
function AlteredFact({ of: { fact, before, after } }: { of: CaseHistory["altered"][number] }) {
  const { t } = useTranslation();
  const day = named(days, fact);
  const moment = named(moments, fact);
  const show = (value: string | undefined): ReactNode => {
    if (!value) return t("common.unknown");
    if (day) return showDay(value);
    if (moment) return <When at={value} />;
    const outcome = outcomes.find((one) => one === value);
    return outcome ? t(`cases.course.outcomes.${outcome}`) : value;
  };
  if (!day && !moment && fact !== "outcome") return null;
  return (
    <p className={styles.reason}>
      {t(day ?? moment ?? "cases.course.outcome")}: {before && <>{show(before)} → </>}
      {show(after)}
    </p>
  );
}
