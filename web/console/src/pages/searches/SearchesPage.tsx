// Whom police or military tracers were asked to find, and what they answered: what is overdue first.
import { Button, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { takeOutSearches, useSearches, withdrawSearch, type SearchSort } from "../../api/searches";
import { useOfficer } from "../../api/session";
import type { GivenSearch } from "../../api/types";
import { searchFilter, searchSorts, searchStates } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { pressed, sortedBy } from "../../logic/sorting";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { ProblemNote } from "../../parts/ProblemNote";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { UnitName, When } from "../../parts/When";
import { GiveSearch } from "./GiveSearch";

const route = getRouteApi("/office/searches");
/** The server gives no more in one file (platform/identity/list_file.h). */
const mostSearches = 5000;

export function SearchesPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const officer = useOfficer();
  const filter = route.useSearch();
  const filtered = filter.state !== undefined || filter.unit !== undefined;
  const set = (change: Record<string, unknown>) => void navigate({ to: "/searches", search: (before) => searchFilter({ ...before, ...change }), replace: true });
  const list = useSearches(filter);
  const sorted = sortedBy(filter, searchSorts);
  const [giving, setGiving] = useState(false);
  const withdrawing = useMutation({
    mutationFn: withdrawSearch,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["searches"] });
      say(t("searches.withdrawn"));
    },
  });
  const columns: Column<GivenSearch>[] = [
    { key: "name", head: t("searches.person"), lead: true, grow: true, cell: (row) => row.person.name },
    { key: "unit", head: t("searches.unit"), cell: (row) => <UnitName path={row.unitName} /> },
    { key: "ask", head: t("searches.ask"), cell: (row) => row.ask },
    { key: "by", head: t("searches.by"), cell: (row) => row.givenBy },
    { key: "given", head: t("searches.sort.given"), sort: "given", cell: (row) => <When at={row.givenAt} /> },
    { key: "due", head: t("searches.due"), sort: "due", cell: (row) => <When at={row.dueAt} /> },
    {
      key: "state",
      head: t("searches.state"),
      cell: (row) => (
        <>
          {t(`searches.states.${row.state}`)} {row.overdue && <Badge tone="lacquer">{t("searches.overdue")}</Badge>}
          {row.metAt && (
            <div className="quiet">
              {row.answeredBy} · <When at={row.metAt} />
            </div>
          )}
        </>
      ),
    },
    { key: "words", head: t("searches.answer"), cell: (row) => row.words ?? "" },
    {
      key: "withdraw",
      head: t("searches.withdraw"),
      silent: true,
      cell: (row) =>
        row.state === "open" && (
          <Button size="xs" variant="default" aria-label={`${t("searches.withdraw")}: ${row.person.name}`} onClick={() => withdrawing.mutate(row.id)} loading={withdrawing.isPending && withdrawing.variables === row.id}>
            {t("searches.withdraw")}
          </Button>
        ),
    },
  ];
  return (
    <>
      <PageHead title={t("searches.title")} lead={t("searches.lead")}>
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("searches.takeOutTitle")}
            holds={t("searches.takeOutHolds", { most: mostSearches })}
            unit={filter.unit}
            take={(unit, format, reason) => takeOutSearches(unit, format, reason, filter.state)}
          />
        )}
        <Button onClick={() => setGiving(true)}>{t("searches.give")}</Button>
      </PageHead>
      <FilterBar onClear={filtered ? () => set({ state: undefined, unit: undefined }) : undefined}>
        <Select
          aria-label={t("searches.state")}
          placeholder={t("searches.anyState")}
          data={searchStates.map((value) => ({ value, label: t(`searches.states.${value}`) }))}
          value={filter.state ?? null}
          onChange={(state) => set({ state: state ?? undefined })}
          clearable
          w={190}
          maw="100%"
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
        <SortChoice headless sorts={searchSorts.map(([sort]) => ({ sort, label: t(`searches.sort.${sort}`) }))} sorted={sorted} onSort={(sort, order) => set({ sort, order })} />
      </FilterBar>
      <ProblemNote error={withdrawing.error} />
      <ListFrame list={list} empty={<Empty title={t(filtered ? "searches.noneFound" : "searches.none")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("searches.title")}
            tone={(row) => (row.state === "withdrawn" ? "faded" : undefined)}
            stale={list.stale}
            sorting={{ ...sorted, onSort: (head) => set(pressed(filter, head as SearchSort, searchSorts)) }}
          />
        )}
      </ListFrame>
      <GiveSearch opened={giving} onClose={() => setGiving(false)} />
    </>
  );
}
