// The time line of a case's person, and where its milestones lie to each other. Composed of what the officer may see anyway; each look is logged
// by the room it belongs to.
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { contactHistoryQuery } from "../../../api/follow-ups";
import { milestonesQuery } from "../../../api/interviews";
import { timelineOf, type Moment } from "../../../logic/case-timeline";
import { Empty, Loading } from "../../../parts/ListFrame";
import { Panel } from "../../../parts/Panel";
import { ProblemNote } from "../../../parts/ProblemNote";
import { Day, When, WhenSpan } from "../../../parts/When";
import { useCase } from "../useCase";
import styles from "./Interview.module.css";
import { MilestoneMap } from "./MilestoneMap";

export function TimelineTab() {
  const { t } = useTranslation();
  const file = useCase();
  const milestones = useQuery(milestonesQuery(file.id));
  const before = useQuery(contactHistoryQuery(file.id));
  const loading = milestones.isLoading || before.isLoading;
  const live = (milestones.data ?? []).filter(({ struck }) => !struck);
  // What could not be read is said, and the rest is shown.
  const all = timelineOf(file, live, before.data ?? { exposures: [], followUps: [] });
  return (
    <Stack>
      <ProblemNote error={milestones.error ?? before.error} retry={() => void Promise.all([milestones.refetch(), before.refetch()])} />
      {loading && <Loading rows={4} />}
      {!loading && (
        <Panel title={t("caseTimeline.tab")}>
          {all.length === 0 && <Empty title={t("caseTimeline.none")} bare />}
          <ol className={styles.line}>
            {all.map((one) => (
              <li key={`${one.what} ${one.key}`}>
                <span className="quiet">
                  <Time of={one} />
                </span>
                <Words of={one} />
              </li>
            ))}
          </ol>
        </Panel>
      )}
      {live.length > 0 && <MilestoneMap milestones={live} unit={file.unit} />}
    </Stack>
  );
}

function Time({ of }: { of: Moment }) {
  if (!of.to) return of.day ? <Day at={of.at} /> : <When at={of.at} />;
  if (!of.day) return <WhenSpan from={of.at} to={of.to} />;
  return (
    <>
      <Day at={of.at} /> – <Day at={of.to} />
    </>
  );
}

function Words({ of }: { of: Moment }) {
  const { t } = useTranslation();
  switch (of.what) {
    case "fact":
      return <b>{t(`caseTimeline.fact.${of.fact}`)}</b>;
    case "hospital":
      return <span>{t(`caseTimeline.${of.step}`, { hospital: of.hospital })}</span>;
    case "milestone":
      return (
        <span>
          {of.name}
          {of.approximate && <span className="quiet"> · {t("caseTimeline.told")}</span>}
        </span>
      );
    case "exposure":
      return <span>{t("caseTimeline.exposure", { number: of.number })}</span>;
    case "followUp":
      return <span>{t("caseTimeline.followUp")}</span>;
  }
}
