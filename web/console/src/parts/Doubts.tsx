// Why a visit is doubtful: facts to ask about. Nothing was left out or counted otherwise because of them.
import { useTranslation } from "react-i18next";

import type { Doubt } from "../api/types";
import styles from "./Doubts.module.css";

interface Props {
  of: readonly Doubt[];
  /** Whose visit it is about, if that is not said already. */
  whose?: "contact" | "other";
}

export function Doubts({ of, whose }: Props) {
  const { t } = useTranslation();
  if (of.length === 0) return null;
  return (
    <span className={styles.doubts}>
      {t(whose ? `tracing.doubtful.${whose}` : "tracing.doubtful.short")} {of.map((doubt) => t(`tracing.doubt.${doubt}`)).join("; ")}
    </span>
  );
}
