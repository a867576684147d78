// How much work each team and unit has, and how much is nobody's; each number opens its list.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { workloadQuery } from "../../api/overview";
import { countByTeam, countByUnit } from "../../logic/giving";
import { Badge } from "../../parts/Badges";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import styles from "./Panels.module.css";

const shown = 6;

export function TeamWork() {
  const { t } = useTranslation();
  const work = useQuery(workloadQuery).data;
  if (!work || work.pending.length === 0) return null;
  const { teams, officers, nobodys } = countByTeam(work.pending);
  const units = countByUnit(work.pending);
  return (
    <Panel title={t("staff.workTitle")} actions={<TextLink to="/tasks/teams">{t("staff.teamsTitle")}</TextLink>}>
      <ul className={styles.list}>
        {nobodys > 0 && (
          <li>
            <Link to="/tasks" search={{ nobodys: true }} className={styles.row}>
              <span className={styles.name}>
                <b>{t("staff.onlyNobodys")}</b>
              </span>
              <Badge tone="lacquer">{t("staff.count", { count: nobodys })}</Badge>
            </Link>
          </li>
        )}
        {teams.map((team) => (
          <li key={team.id}>
            <Link to="/tasks" search={{ team: team.id }} className={styles.row}>
              <span className={styles.name}>
                <b>{team.name}</b>
              </span>
              {t("staff.count", { count: team.count })}
            </Link>
          </li>
        ))}
        {officers > 0 && (
          <li className={styles.row}>
            <span className={styles.name}>
              <b>{t("staff.officers")}</b>
            </span>
            {t("staff.count", { count: officers })}
          </li>
        )}
        {units.length > 1 &&
          units.slice(0, shown).map((unit) => (
            <li key={unit.id}>
              <Link to="/tasks" search={{ unit: unit.id }} className={styles.row}>
                <span className={styles.name}>
                  {unit.name}
                  {unit.nobodys > 0 && <small>{t("staff.nobodysOf", { count: unit.nobodys })}</small>}
                </span>
                {t("staff.count", { count: unit.count })}
              </Link>
            </li>
          ))}
      </ul>
      {work.more && <p className="quiet">{t("staff.atLeast")}</p>}
    </Panel>
  );
}
