// Places to be seen again: the day that comes first, first.
import { Select } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconCalendarCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDueInspections } from "../../api/inspections";
import type { Inspection } from "../../api/types";
import { dueFilter, inspectionOutcomes } from "../../logic/filters";
import { showDay } from "../../logic/moments";
import { pressed, sortedBy, type Sorts } from "../../logic/sorting";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { SortChoice } from "../../parts/SortChoice";
import { UnitSelect } from "../../parts/UnitSelect";
import { Day, UnitName } from "../../parts/When";
import { InspectionOutcome } from "./Inspections";

const route = getRouteApi("/office/places/inspections");
const sorts: Sorts<"day"> = [["day", "ascending"]];

export function DueInspectionsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const { order, ...asked } = filter;
  const filtered = Object.keys(asked).length > 0;
  const by = order ? { order } : {};
  const sorted = sortedBy(by, sorts);
  const list = useDueInspections(filter);
  const set = (change: Record<string, unknown>) => void navigate({ to: "/places/inspections", search: (before) => dueFilter({ ...before, ...change }), replace: true });
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
    { key: "again", sort: "day", head: t("inspections.followUp"), cell: (row) => row.followUp && <span className="number">{showDay(row.followUp)}</span> },
  ];
  return (
    <>
      <PageHead title={t("inspections.dueTitle")} lead={t("inspections.dueLead")} back={<TextLink to="/places">{t("shell.section.places")}</TextLink>}>
        <TextLink to="/statistics">{t("statistics.silent")}</TextLink>
      </PageHead>
      <FilterBar onClear={filtered ? () => set({ unit: undefined, outcome: undefined }) : undefined}>
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={300} maw="100%" />
        <Select
          aria-label={t("inspections.outcomeHead")}
          placeholder={t("inspections.outcomeHead")}
          data={inspectionOutcomes.map((value) => ({ value, label: t(`inspections.outcome.${value}`) }))}
          value={filter.outcome ?? null}
          onChange={(outcome) => set({ outcome: outcome ?? undefined })}
          clearable
          w={210}
          maw="100%"
        />
        <SortChoice sorts={[{ sort: "day", label: t("inspections.followUp") }]} sorted={sorted} onSort={(_, way) => set({ order: way })} />
      </FilterBar>
      <ListFrame list={list} empty={<Empty icon={<IconCalendarCheck size={38} stroke={1.3} />} title={t(filtered ? "inspections.dueNoneFound" : "inspections.dueNone")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("inspections.dueTitle")}
            stale={list.stale}
            sorting={{ ...sorted, onSort: () => set({ order: pressed(by, "day", sorts).order }) }}
          />
        )}
      </ListFrame>
    </>
  );
}
