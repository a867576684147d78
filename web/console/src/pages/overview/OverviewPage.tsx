// The first page: what waits for this officer. Every number opens the list it counts.
import { useTranslation } from "react-i18next";

import { useOfficer } from "../../api/session";
import { holds, mayOpen, officerRoles } from "../../logic/navigation";
import { PageHead } from "../../parts/PageHead";
import { Figures } from "./Figures";
import { NobodysPanel } from "./NobodysPanel";
import { OutageAlarm } from "./OutageAlarm";
import { FirstTasks, InForcePanel, RecentCases, WaitingReleases } from "./Panels";
import { TeamWork } from "./TeamWork";
import { WaitingPlaces } from "./WaitingPlaces";
import styles from "./OverviewPage.module.css";

export function OverviewPage() {
  const { t } = useTranslation();
  const session = useOfficer();
  const works = mayOpen(session, "cases");
  const areas = session.grants.map((grant) => {
    const role = officerRoles.find((one) => one === grant.role);
    return `${role ? t(`shell.roles.${role}`) : grant.role} · ${grant.areaName || t("common.wholeCountry")}`;
  });
  return (
    <>
      <PageHead title={t("shell.section.overview")} lead={<>{[...new Set(areas)].join(", ")}</>} />
      {mayOpen(session, "outages") && <OutageAlarm />}
      {works && <Figures approves={mayOpen(session, "releases")} signs={holds(session, "districtOfficer", "provinceOfficer")} />}
      <div className={styles.columns}>
        {works && <FirstTasks />}
        <div className={styles.column}>
          {works && <NobodysPanel />}
          {works && <TeamWork />}
          <InForcePanel mayDecide={holds(session, "commander")} linked={mayOpen(session, "decisions")} />
          {mayOpen(session, "releases") && <WaitingReleases />}
          {mayOpen(session, "places") && <WaitingPlaces />}
          {works && <RecentCases />}
        </div>
      </div>
    </>
  );
}
