import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { caseFigureQuery, releaseFigureQuery, workloadQuery, type Figure } from "../../api/overview";
import { waitingQuery } from "../../api/staff";
import styles from "./Figures.module.css";

/** The row of numbers. */
export function Figures({ approves, signs }: { approves: boolean; signs: boolean }) {
  const { t } = useTranslation();
  const work = useQuery(workloadQuery);
  const suspect = useQuery(caseFigureQuery("suspect"));
  const confirmed = useQuery(caseFigureQuery("confirmed"));
  return (
    <div className={styles.row}>
      <Link to="/tasks" search={{ overdue: true }} className={styles.figure} data-alarm={(work.data?.overdue.count ?? 0) > 0 || undefined}>
        <Number of={work.data?.overdue} failed={work.isError} />
        {t("overview.overdue")}
      </Link>
      <Link to="/tasks" search={{ state: "open" }} className={styles.figure}>
        <Number of={work.data?.open} failed={work.isError} />
        {t("overview.open")}
      </Link>
      <Link to="/tasks" search={{ state: "acknowledged" }} className={styles.figure}>
        <Number of={work.data?.acknowledged} failed={work.isError} />
        {t("overview.acknowledged")}
      </Link>
      <Link to="/cases" search={{ classification: "suspect" }} className={styles.figure}>
        <Number of={suspect.data} failed={suspect.isError} />
        {t("overview.suspect")}
      </Link>
      <Link to="/cases" search={{ classification: "confirmed" }} className={styles.figure}>
        <Number of={confirmed.data} failed={confirmed.isError} />
        {t("overview.confirmed")}
      </Link>
      {approves && <Awaiting>{t("overview.awaiting")}</Awaiting>}
      {signs && <Unsigned>{t("overview.unsigned")}</Unsigned>}
    </div>
  );
}

function Awaiting({ children }: { children: ReactNode }) {
  const { data, isError } = useQuery(releaseFigureQuery("awaiting"));
  return (
    <Link to="/releases" search={{ state: "awaiting" }} className={styles.figure} data-attention={(data?.count ?? 0) > 0 || undefined}>
      <Number of={data} failed={isError} />
      {children}
    </Link>
  );
}

/** The server reads no more of one room (modules/staff). */
const mostWaiting = 200;

/** Orders that should have been signed by now, without names: a number is no look at anybody. */
function Unsigned({ children }: { children: ReactNode }) {
  const { data, isError } = useQuery(waitingQuery(true));
  const count = data && (data.counts.find((one) => one.kind === "order")?.count ?? 0);
  return (
    <Link to="/orders" search={{ view: "waiting" }} className={styles.figure} data-alarm={(count ?? 0) > 0 || undefined}>
      <Number of={count === undefined ? undefined : { count, more: count >= mostWaiting }} failed={isError} />
      {children}
    </Link>
  );
}

function Number({ of, failed }: { of: Figure | undefined; failed: boolean }) {
  return (
    <b>
      {of ? of.count : failed ? "?" : "…"}
      {of?.more && "+"}
    </b>
  );
}
