// The frame of the pages before sign-in: the hedge, and a form in front of it.
import type { ReactNode } from "react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { LanguageSwitch } from "../../app/Strip";
import { Emblem } from "../../parts/Emblem";
import styles from "./Gate.module.css";
import { Hedge } from "./Hedge";

interface Props {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

export function Gate({ title, lead, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Lũy Tre`;
  }, [title]);
  return (
    <div className={styles.gate}>
      <header className={styles.hedge}>
        <Hedge />
        <div className={styles.brand}>
          <Emblem size={34} />
          <b>{t("shell.name")}</b>
        </div>
        <p className={styles.pledge}>{t("auth.pledge")}</p>
      </header>
      <main className={styles.side}>
        <div className={styles.language}>
          <LanguageSwitch />
        </div>
        <div className={styles.form}>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
