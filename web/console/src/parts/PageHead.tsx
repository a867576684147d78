// The head of a page: where we are, what it is, what can be done.
import { useEffect, type ReactNode } from "react";

import styles from "./PageHead.module.css";

interface Props {
  title: string;
  /** Leads back to the list this page belongs to. */
  back?: ReactNode;
  lead?: ReactNode;
  children?: ReactNode;
}

export function PageHead({ title, back, lead, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Lũy Tre`;
  }, [title]);
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        {back && <div className={styles.back}>{back}</div>}
        <h1>{title}</h1>
        {lead && (
          <div className={styles.lead} data-words={typeof lead === "string" || undefined}>
            {lead}
          </div>
        )}
      </div>
      {children && <div className={`${styles.actions} no-print`}>{children}</div>}
    </header>
  );
}
