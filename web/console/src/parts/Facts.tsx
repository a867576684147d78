// A list of facts: word and value.
import type { ReactNode } from "react";

import styles from "./Facts.module.css";

export function Facts({ children, narrow }: { children: ReactNode; narrow?: boolean }) {
  return (
    <dl className={styles.facts} data-narrow={narrow || undefined}>
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
