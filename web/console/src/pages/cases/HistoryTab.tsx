import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { caseHistoryQuery } from "../../api/cases";
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
            <span className="quiet">{change.by}</span>
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
            {change.reason && <p className={styles.reason}>{change.reason}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
