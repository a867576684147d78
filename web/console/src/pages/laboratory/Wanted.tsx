// Somebody of whom a sample is wanted: the officer comes from a case or a follow-up, and goes on to a session of its disease.
import { Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { caseQuery } from "../../api/cases";
import { followUpQuery } from "../../api/follow-ups";
import { useSamplings } from "../../api/laboratory";
import type { PersonBrief } from "../../api/types";
import type { WantedOf } from "../../logic/filters";
import { ButtonLink } from "../../parts/links";
import { ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { useDiseaseName } from "../../parts/useNames";
import { When } from "../../parts/When";

interface Wanted {
  person: PersonBrief;
  disease: string;
}

/** What the officer read on the page before; read again, it is a look like any other. */
export function useWanted({ case: kase, followed }: WantedOf): { data: Wanted | undefined; error: unknown } {
  const ofCase = useQuery({ ...caseQuery(kase ?? ""), enabled: kase !== undefined });
  const ofFollowUp = useQuery({ ...followUpQuery(followed ?? ""), enabled: kase === undefined && followed !== undefined });
  const { data, error } = kase === undefined ? ofFollowUp : ofCase;
  return { data, error };
}

export function WantedPanel({ of, wanted }: { of: WantedOf; wanted: ReturnType<typeof useWanted> }) {
  if (wanted.error) return <ProblemNote error={wanted.error} />;
  return wanted.data ? <OpenSessions of={of} wanted={wanted.data} /> : null;
}

function OpenSessions({ of, wanted }: { of: WantedOf; wanted: Wanted }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const list = useSamplings({ disease: wanted.disease });
  return (
    <Panel title={t("laboratory.wantedOf", { name: wanted.person.name })}>
      <p>{t("laboratory.wantedLead", { disease: disease(wanted.disease) })}</p>
      <ListFrame list={{ ...list, rows: list.rows.filter((one) => !one.closedAt) }} empty={<p className="quiet">{t("laboratory.wantedNone")}</p>} count={false}>
        {(open) => (
          <Group>
            {open.map((one) => (
              <ButtonLink key={one.id} to="/laboratory/sessions/$session" params={{ session: one.id }} search={of} variant="default">
                <span>
                  {one.place?.name ?? one.site ?? one.unitName} · <When at={one.openedAt} />
                </span>
              </ButtonLink>
            ))}
          </Group>
        )}
      </ListFrame>
    </Panel>
  );
}
