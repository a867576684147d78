// Check-ins at a place that something speaks against: when, where in it, and why; never whose. Each look is logged, so it is asked for.
import { Button, Group } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDoubtfulVisits } from "../../api/places";
import { DayField } from "../../parts/DayField";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";
import styles from "./Inspections.module.css";

export function DoubtfulVisits({ place }: { place: string }) {
  const { t } = useTranslation();
  const [day, setDay] = useState<string>();
  const [asked, setAsked] = useState<{ day?: string }>();
  const list = useDoubtfulVisits(place, asked);
  const looking = list.loading || list.stale;
  const shown = asked !== undefined && !looking && !list.error;
  return (
    <Panel title={t("doubtfulVisits.title")}>
      <p className="quiet">{t("doubtfulVisits.lead")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(day ? { day } : {});
        }}
      >
        <Group align="end" gap="xs" mb="sm">
          <DayField label={t("doubtfulVisits.day")} value={day} onChange={setDay} max={localDate(new Date())} />
          <Button type="submit" variant="default" loading={looking}>
            {t("doubtfulVisits.show")}
          </Button>
        </Group>
      </form>
      <ProblemNote error={list.error} retry={list.retry} />
      {shown && list.rows.length === 0 && <p className="quiet">{t(list.more ? "doubtfulVisits.noneYet" : "doubtfulVisits.none")}</p>}
      {shown && list.rows.length > 0 && (
        <ul className={styles.list}>
          {list.rows.map((row) => (
            <li key={row.id}>
              <Group gap="xs">
                <When at={row.in} /> {row.zoneName && <span className="quiet">{row.zoneName}</span>}
              </Group>
              <p className={styles.words}>{row.doubts.map((doubt) => t(`tracing.doubt.${doubt}`)).join("; ")}</p>
            </li>
          ))}
        </ul>
      )}
      {shown && list.more && (
        <Button size="xs" variant="default" onClick={list.more} loading={list.loadingMore}>
          {t("doubtfulVisits.more")}
        </Button>
      )}
    </Panel>
  );
}
