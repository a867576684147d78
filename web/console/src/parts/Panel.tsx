// A white sheet on the paper.
import type { ReactNode } from "react";

import styles from "./Panel.module.css";

interface Props {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  tight?: boolean;
}

export function Panel({ title, actions, children, tight }: Props) {
  return (
    <section className={styles.panel} data-tight={tight || undefined}>
      {(title || actions) && (
        <header className={styles.head}>
          <h2>{title}</h2>
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}
