// How much nobody has yet that has come to this officer's level, by kind; opens the list.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { waitingQuery } from "../../api/staff";
import { Badge } from "../../parts/Badges";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import styles from "./Panels.module.css";

export function NobodysPanel() {
  const { t } = useTranslation();
  const waiting = useQuery(waitingQuery(true));
  const counts = waiting.data?.counts ?? [];
  if (counts.length === 0) return waiting.error ? <ProblemNote error={waiting.error} retry={() => void waiting.refetch()} /> : null;
  return (
    <Panel title={t("staff.waiting.title")} actions={<TextLink to="/waiting">{t("staff.waiting.open")}</TextLink>}>
      <ul className={styles.list}>
        {counts.map((one) => (
          <li key={one.kind} className={styles.row}>
            <span className={styles.name}>{t(`staff.waiting.kind.${one.kind}`)}</span>
            <Badge tone="lacquer">{one.count}</Badge>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
