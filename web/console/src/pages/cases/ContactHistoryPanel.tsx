// What the person of a case was before: of whom a contact, and how they were followed until then. Reading it is logged.
import { useTranslation } from "react-i18next";

import type { ContactHistory } from "../../api/types";
import { ClassBadge, LevelBadge } from "../../parts/Badges";
import { CalendarStrip } from "../../parts/CalendarStrip";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { When } from "../../parts/When";
import { Standing } from "../follow-ups/FollowUpList";
import styles from "./CaseOverview.module.css";

export function ContactHistoryPanel({ of }: { of: ContactHistory }) {
  const { t } = useTranslation();
  if (of.exposures.length === 0 && of.followUps.length === 0) return null;
  return (
    <Panel title={t("cases.before.title")}>
      <ul className={styles.before}>
        {of.exposures.map((one) => (
          <li key={one.candidate}>
            {one.class ? <ClassBadge of={one.class} /> : <LevelBadge level={one.level} suspected />}{" "}
            {t("cases.before.of", { number: one.caseNumber })}
            <small>
              {t("cases.before.last")} <When at={one.lastExposure} />
            </small>
          </li>
        ))}
        {of.followUps.map((one) => (
          <li key={one.id}>
            <TextLink to="/follow-ups/$followUp" params={{ followUp: one.id }} preload={false}>
              {t("cases.before.followUp")}
            </TextLink>{" "}
            <Standing of={one} />
            <CalendarStrip of={one} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
