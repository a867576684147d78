import type { ReactNode } from "react";

import styles from "./Pair.module.css";

/** Two fields side by side, one above the other on a phone. (Mantine's grids put style elements into the page, which the policy forbids.) */
export function Pair({ children, top }: { children: ReactNode; top?: boolean }) {
  return (
    <div className={styles.pair} data-top={top || undefined}>
      {children}
    </div>
  );
}
