// Organisations whose people must declare: how many have today. Counts alone; who, their heads see.
import { IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { dutyRulesQuery, useOrganisations } from "../../api/duties";
import { useOfficer } from "../../api/session";
import type { DutyRule, Organisation } from "../../api/types";
import { holds } from "../../logic/navigation";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { Day, useLanguage } from "../../parts/When";
import { Travellers } from "./Travellers";

/** One line for each organisation and rule. */
interface Line {
  organisation: Organisation;
  duty: Organisation["duties"][number] | undefined;
}

export function DutiesPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const heads = holds(useOfficer(), "stationOfficer", "districtOfficer", "provinceOfficer");
  const [unit, setUnit] = useState<string>();
  const list = useOrganisations(unit);
  const lines = (rows: readonly Organisation[]): Line[] =>
    rows.flatMap((organisation): Line[] =>
      organisation.duties.length > 0
        ? organisation.duties.map((duty) => ({ organisation, duty }))
        : [{ organisation, duty: undefined }],
    );
  const columns: Column<Line>[] = [
    { key: "name", head: t("duties.organisation"), lead: true, grow: true, cell: ({ organisation }) => organisation.name },
    { key: "sector", head: t("duties.sector"), cell: ({ organisation }) => t(`duties.sectors.${organisation.sector}`) },
    { key: "unit", head: t("common.unit"), cell: ({ organisation }) => organisation.unitName },
    { key: "rule", head: t("duties.rule"), cell: ({ duty }) => (duty ? (duty.title[language] ?? duty.rule) : t("duties.noRule")) },
    { key: "members", head: t("duties.members"), align: "right", cell: ({ organisation }) => organisation.members },
    {
      key: "declared",
      head: t("duties.declared"),
      align: "right",
      cell: ({ duty }) => (duty ? (duty.declared ?? t("duties.tooFew")) : "–"),
    },
    {
      key: "not",
      head: t("duties.notYet"),
      align: "right",
      cell: ({ organisation, duty }) => (duty?.declared === undefined ? "–" : organisation.members - duty.declared),
    },
  ];
  return (
    <>
      <PageHead title={t("duties.title")} lead={t("duties.lead")} back={<TextLink to="/declarations">{t("shell.section.declarations")}</TextLink>}>
        {heads && (
          <ButtonLink to="/declarations/rosters" variant="default">
            {t("rosters.title")}
          </ButtonLink>
        )}
      </PageHead>
      <Rules />
      <FilterBar>
        <UnitSelect aria-label={t("common.unit")} value={unit} onChange={setUnit} w={300} maw="100%" />
      </FilterBar>
      {heads && <Travellers key={unit} unit={unit} />}
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconUsersGroup size={38} stroke={1.3} />} title={t("duties.none")}>
            {t("duties.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={lines(rows)}
            columns={columns}
            rowKey={({ organisation, duty }) => `${organisation.id} ${duty?.rule ?? ""}`}
            caption={t("duties.title")}
            stale={list.stale}
          />
        )}
      </ListFrame>
    </>
  );
}

function Rules() {
  const { t } = useTranslation();
  const language = useLanguage();
  const rules = useQuery(dutyRulesQuery);
  const columns: Column<DutyRule>[] = [
    { key: "title", head: t("duties.rule"), lead: true, grow: true, cell: (row) => row.title[language] ?? row.id },
    {
      key: "force",
      head: t("duties.inForce"),
      cell: (row) =>
        row.inForce.length === 0
          ? t("duties.off")
          : row.inForce.map((one, i) => (
              <div key={i}>
                {one.unitName ?? t("common.wholeCountry")} · {t("decisions.until")} <Day at={one.until} />
              </div>
            )),
    },
  ];
  return (
    <Panel title={t("duties.rules")}>
      {rules.error && <ProblemNote error={rules.error} retry={() => void rules.refetch()} />}
      {rules.data && <DataTable rows={rules.data} columns={columns} rowKey={(row) => row.id} caption={t("duties.rules")} />}
    </Panel>
  );
}
