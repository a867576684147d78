// Places to be seen again: the day that comes first, first.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconCalendarCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { dueInspectionsQuery } from "../../api/inspections";
import type { Inspection } from "../../api/types";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { Day, UnitName } from "../../parts/When";
import { InspectionOutcome } from "./Inspections";

const route = getRouteApi("/office/places/inspections");

export function DueInspectionsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { unit } = route.useSearch();
  const { data, error, refetch } = useQuery(dueInspectionsQuery(unit));
  const columns: Column<Inspection>[] = [
    {
      key: "name",
      head: t("places.name"),
      lead: true,
      grow: true,
      cell: (row) => (
        <TextLink to="/places/$place" params={{ place: row.place.id }}>
          {row.place.name}
        </TextLink>
      ),
    },
    { key: "unit", head: t("common.unit"), cell: (row) => <UnitName path={row.unitPath} /> },
    { key: "outcome", head: t("inspections.outcomeHead"), cell: (row) => <InspectionOutcome of={row.outcome} /> },
    { key: "seen", head: t("inspections.seen"), cell: (row) => <Day at={row.at} /> },
    { key: "again", head: t("inspections.followUp"), cell: (row) => row.followUp && <span className="number">{showDay(row.followUp)}</span> },
  ];
  return (
    <>
      <PageHead title={t("inspections.dueTitle")} lead={t("inspections.dueLead")} back={<TextLink to="/places">{t("shell.section.places")}</TextLink>}>
        <TextLink to="/statistics">{t("statistics.silent")}</TextLink>
      </PageHead>
      <FilterBar onClear={unit ? () => void navigate({ to: "/places/inspections", search: {}, replace: true }) : undefined}>
        <UnitSelect
          aria-label={t("common.unit")}
          value={unit}
          onChange={(chosen) => void navigate({ to: "/places/inspections", search: chosen ? { unit: chosen } : {}, replace: true })}
          w={300}
          maw="100%"
        />
      </FilterBar>
      <ProblemNote error={error} retry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <Empty icon={<IconCalendarCheck size={38} stroke={1.3} />} title={t("inspections.dueNone")} />}
      {data && data.items.length > 0 && <DataTable rows={data.items} columns={columns} rowKey={(row) => row.id} caption={t("inspections.dueTitle")} />}
    </>
  );
}
