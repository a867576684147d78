// The states every list has: loading, refused or unreachable, empty, and more to come.
import { Button, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Listing } from "../api/pages";
import styles from "./ListFrame.module.css";
import { ProblemNote } from "./ProblemNote";

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  /** Inside a panel, which has a frame of its own. */
  bare?: boolean;
}

export function Empty({ icon, title, children, bare }: EmptyProps) {
  return (
    <div className={styles.empty} data-bare={bare || undefined}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.more}>{children}</div>}
    </div>
  );
}

export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.loading} role="status" aria-label={t("common.loading")}>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={30} radius="sm" />
      ))}
    </div>
  );
}

interface Props<T> {
  list: Listing<T>;
  empty: ReactNode;
  children: (rows: T[]) => ReactNode;
  /** Says how many rows are shown. */
  count?: boolean;
}

export function ListFrame<T>({ list, empty, children, count = true }: Props<T>) {
  const { t } = useTranslation();
  if (list.error && list.rows.length === 0) return <ProblemNote error={list.error} retry={list.retry} />;
  if (list.loading) return <Loading />;
  if (list.rows.length === 0 && !list.more) return <>{empty}</>; // a page may have nothing and go on
  return (
    <>
      {children(list.rows)}
      <div className={`${styles.foot} no-print`}>
        {count && <span>{t(list.more ? "common.shownMore" : "common.shown", { count: list.rows.length })}</span>}
        {list.more && (
          <Button variant="default" size="xs" onClick={list.more} loading={list.loadingMore}>
            {t("common.more")}
          </Button>
        )}
        {Boolean(list.error) && <ProblemNote error={list.error} retry={list.retry} />}
      </div>
    </>
  );
}
