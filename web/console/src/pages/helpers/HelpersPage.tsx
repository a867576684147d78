// Who helps people to install and declare: named by phone, for a unit, until a day. Helpers see nobody's data.
import { noon } from "@luytre/shared/time";
import { Button, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { endHelper, useHelpers } from "../../api/helpers";
import type { Helper } from "../../api/types";
import { helperFilter, organisations } from "../../logic/filters";
import { sortedBy, type Sorts } from "../../logic/sorting";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { SortChoice } from "../../parts/SortChoice";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { Day } from "../../parts/When";
import { NameHelper } from "./NameHelper";

const route = getRouteApi("/office/people/helpers");
const sorts: Sorts<"named"> = [["named", "descending"]];

export function HelpersPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const filtered = filter.unit !== undefined || filter.organisation !== undefined;
  const set = (change: Record<string, unknown>) => void navigate({ to: "/people/helpers", search: (before) => helperFilter({ ...before, ...change }), replace: true });
  const list = useHelpers(filter);
  const [naming, setNaming] = useState(false);
  const ending = useMutation({
    mutationFn: endHelper,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["helpers"] });
      say(t("helpers.ended"));
    },
  });
  const columns: Column<Helper>[] = [
    { key: "name", head: t("helpers.fullName"), lead: true, grow: true, cell: (row) => row.name },
    { key: "organisation", head: t("helpers.organisation"), cell: (row) => t(`helpers.organisations.${row.organisation}`) },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    { key: "first", head: t("helpers.firstDay"), cell: (row) => <Day at={noon(row.firstDay)} /> },
    { key: "last", head: t("helpers.lastDay"), cell: (row) => <Day at={noon(row.lastDay)} /> },
    { key: "installed", head: t("helpers.installed"), align: "right", cell: (row) => row.installed },
    { key: "declared", head: t("helpers.declared"), align: "right", cell: (row) => row.declared },
    {
      key: "end",
      head: t("helpers.end"),
      silent: true,
      cell: (row) =>
        row.ended ? (
          <span className="quiet">{t("helpers.over")}</span>
        ) : (
          <Button size="xs" variant="default" aria-label={`${t("helpers.end")}: ${row.name}`} onClick={() => ending.mutate(row.id)} loading={ending.isPending && ending.variables === row.id}>
            {t("helpers.end")}
          </Button>
        ),
    },
  ];
  return (
    <>
      <PageHead title={t("helpers.title")} lead={t("helpers.lead")} back={<TextLink to="/people">{t("shell.section.people")}</TextLink>}>
        <Button onClick={() => setNaming(true)}>{t("helpers.name")}</Button>
      </PageHead>
      <FilterBar onClear={filtered ? () => set({ unit: undefined, organisation: undefined }) : undefined}>
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
        <Select
          aria-label={t("helpers.organisation")}
          placeholder={t("helpers.organisation")}
          data={organisations.map((value) => ({ value, label: t(`helpers.organisations.${value}`) }))}
          value={filter.organisation ?? null}
          onChange={(organisation) => set({ organisation: organisation ?? undefined })}
          clearable
          w={210}
          maw="100%"
        />
        <SortChoice headless sorts={[{ sort: "named", label: t("helpers.namedAt") }]} sorted={sortedBy(filter.order ? { order: filter.order } : {}, sorts)} onSort={(_, order) => set({ order })} />
      </FilterBar>
      <ProblemNote error={ending.error} />
      <Panel>
        <ListFrame list={list} empty={<Empty bare title={t(filtered ? "helpers.noneFound" : "helpers.none")} />}>
          {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("helpers.title")} tone={(row) => (row.ended ? "faded" : undefined)} stale={list.stale} />}
        </ListFrame>
      </Panel>
      <NameHelper opened={naming} onClose={() => setNaming(false)} />
    </>
  );
}
