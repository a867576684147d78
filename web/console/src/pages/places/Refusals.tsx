// Who was turned back at the doors of a place: when, why and by which guard; nothing about whom.
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useRefusals } from "../../api/gates";
import { Badge } from "../../parts/Badges";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";
import styles from "./Inspections.module.css";

const reasons = ["colour", "full", "closed", "noMask", "other"] as const;

export function Refusals({ place }: { place: string }) {
  const { t } = useTranslation();
  const list = useRefusals(place);
  const counts = reasons.map((reason) => ({ reason, count: list.rows.filter((row) => row.reason === reason).length }));
  return (
    <Panel title={t("refusals.title")}>
      <ProblemNote error={list.error} retry={list.retry} />
      {!list.loading && !list.error && list.rows.length === 0 && <p className="quiet">{t("refusals.none")}</p>}
      {list.rows.length > 0 && (
        <>
          <Group gap="xs" mb="sm">
            {counts
              .filter(({ count }) => count > 0)
              .map(({ reason, count }) => (
                <Badge key={reason} tone="plain">
                  {t(`refusals.reason.${reason}`)}: {count}
                </Badge>
              ))}
          </Group>
          {list.more && <p className="quiet">{t("refusals.counted", { count: list.rows.length })}</p>}
          <ul className={styles.list}>
            {list.rows.map((row) => (
              <li key={row.id}>
                <Group gap="xs">
                  <When at={row.at} /> {t(`refusals.reason.${row.reason}`)} <span className="quiet">{row.guard}</span>
                </Group>
                {row.note && <p className={styles.words}>{row.note}</p>}
              </li>
            ))}
          </ul>
        </>
      )}
      {list.more && (
        <Button size="xs" variant="default" onClick={list.more} loading={list.loadingMore}>
          {t("refusals.more")}
        </Button>
      )}
    </Panel>
  );
}
