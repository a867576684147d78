// Where declarations and recorded visits do not agree: questions, with the person's answer, for an officer to decide.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconGitCompare } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDifferences } from "../../api/differences";
import type { Difference } from "../../api/types";
import { differenceFilter, differenceStates } from "../../logic/filters";
import { sortedBy, type Sorts } from "../../logic/sorting";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { UnitSelect } from "../../parts/UnitSelect";
import { When } from "../../parts/When";

const route = getRouteApi("/office/differences");
const sorts: Sorts<"found"> = [["found", "descending"]];
const tone = { asked: "turmeric", explained: "indigo", referred: "turmeric", decided: "bamboo", gone: "plain" } as const;

export function DifferenceState({ of }: { of: Difference["state"] }) {
  const { t } = useTranslation();
  return <Badge tone={tone[of]}>{t(`differences.state.${of}`)}</Badge>;
}

export function DifferencesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const list = useDifferences(filter);
  const filtered = filter.state !== undefined || filter.unit !== undefined;
  const set = (change: Record<string, unknown>) => void navigate({ to: "/differences", search: (before) => differenceFilter({ ...before, ...change }), replace: true });
  const columns: Column<Difference>[] = [
    {
      key: "person",
      head: t("people.name"),
      lead: true,
      cell: (row) => (
        <TextLink to="/differences/$difference" params={{ difference: row.id }} preload={false} fw={600} c="var(--ink)" underline="hover">
          {row.person?.name} <span className="quiet">{row.person?.birthYear || t("people.bornUnknown")}</span>
        </TextLink>
      ),
    },
    { key: "kind", head: t("differences.kindHead"), grow: true, cell: (row) => t(`differences.kind.${row.kind}`) },
    { key: "state", head: t("differences.stateHead"), cell: (row) => <DifferenceState of={row.state} /> },
    { key: "unit", head: t("people.residence"), cell: (row) => row.unitName },
    { key: "at", head: t("declarations.at"), cell: (row) => <When at={row.declaredAt} /> },
  ];
  return (
    <>
      <PageHead title={t("shell.section.differences")} lead={t("differences.lead")} />
      <FilterBar onClear={filtered ? () => set({ state: undefined, unit: undefined }) : undefined}>
        <Choice
          label={t("differences.stateHead")}
          value={filter.state}
          options={differenceStates.map((value) => ({ value, label: t(`differences.state.${value}`) }))}
          onChange={(state) => set({ state })}
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
        <SortChoice headless sorts={[{ sort: "found", label: t("differences.foundAt") }]} sorted={sortedBy(filter.order ? { order: filter.order } : {}, sorts)} onSort={(_, order) => set({ order })} />
      </FilterBar>
      <LoggedNote>{t("differences.logged")}</LoggedNote>
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconGitCompare size={38} stroke={1.3} />} title={t(filtered ? "differences.noneFound" : "differences.none")}>
            {!filtered && t("differences.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("shell.section.differences")}
            onOpen={(row) => void navigate({ to: "/differences/$difference", params: { difference: row.id } })}
            stale={list.stale}
          />
        )}
      </ListFrame>
    </>
  );
}
