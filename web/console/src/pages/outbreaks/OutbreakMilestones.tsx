// Where the cases of an outbreak were, as they told it: each case's milestones are read as on its own page, and each look is in the access log.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { milestonesOfCases } from "../../api/interviews";
import { useOutbreakCases } from "../../api/outbreaks";
import type { Outbreak } from "../../api/types";
import { Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { MilestoneMap } from "../cases/interview/MilestoneMap";

const most = 50;

export function OutbreakMilestones({ of, chosen }: { of: Outbreak; chosen: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const list = useOutbreakCases(of.id);
  const [asked, setAsked] = useState<readonly string[]>();
  const members = list.rows.map(({ id }) => id);
  const wanted = (chosen.size > 0 ? members.filter((id) => chosen.has(id)) : members).slice(0, most);
  const told = useQuery({ ...milestonesOfCases(asked ?? []), enabled: asked !== undefined });
  const numbers = new Map(list.rows.map(({ id, number }) => [id, number]));
  const live = (told.data?.milestones ?? []).filter(({ struck }) => !struck).sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
  if (members.length === 0) return null;
  return (
    <Panel
      title={t("outbreaks.milestones")}
      actions={
        <Button variant="default" onClick={() => setAsked(wanted)}>
          {chosen.size > 0 ? t("outbreaks.milestonesChosen", { count: wanted.length }) : t("outbreaks.milestonesAll", { count: wanted.length })}
        </Button>
      }
    >
      <LoggedNote />
      <ProblemNote error={told.error} retry={() => void told.refetch()} />
      {told.isLoading && <Loading rows={3} />}
      {told.data && told.data.refused > 0 && <p className="quiet">{t("outbreaks.milestonesElsewhere", { count: told.data.refused })}</p>}
      {told.data && live.length === 0 && <p className="quiet">{t("outbreaks.noMilestones")}</p>}
      {live.length > 0 && <MilestoneMap milestones={live} unit={of.unit} number={(one) => numbers.get(one.case)} />}
    </Panel>
  );
}
