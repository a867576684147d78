// The tubes that were sent to a laboratory, filtered, sorted, and taken out as a file. Barcodes, no people.
import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { takeOutTubes, useLaboratoryTubes, type TubeSort } from "../../api/laboratory";
import type { LaboratoryTube } from "../../api/types";
import { tubeFileFilter, tubeFilter, tubeSorts, tubeStates } from "../../logic/filters";
import { pressed, sortedBy } from "../../logic/sorting";
import { DataTable, type Column } from "../../parts/DataTable";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { useDiseaseName } from "../../parts/useNames";
import { useLanguage, When } from "../../parts/When";
import { Results } from "./Results";
import { methods } from "./words";

const route = getRouteApi("/office/laboratory/labs/$laboratory");
/** The server gives no more in one file (modules/laboratory). */
const mostTubes = 5000;

export function LabTubes({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const list = useLaboratoryTubes(id, filter);
  const disease = useDiseaseName();
  const language = useLanguage();
  const diseases = useQuery(diseasesQuery).data?.items ?? [];
  const show = (search: object) => void navigate({ to: "/laboratory/labs/$laboratory", params: { laboratory: id }, search: tubeFilter({ ...search }), replace: true });
  const set = (change: object) => show({ ...filter, ...change });
  const { sort, order, ...asked } = filter;
  const filtered = Object.keys(asked).length > 0;
  const state = (one: LaboratoryTube) => (one.results.length > 0 ? "done" : one.receivedAt ? "waiting" : "onTheWay");

  const columns: Column<LaboratoryTube>[] = [
    { key: "tube", head: t("laboratory.tube"), lead: true, cell: (one) => <code>{one.code}</code> },
    { key: "disease", head: t("cases.disease"), cell: (one) => disease(one.disease) },
    { key: "sampled", head: t("laboratory.sampledAt"), sort: "sampled", cell: (one) => <When at={one.sampledAt} /> },
    { key: "state", head: t("laboratory.state"), cell: (one) => t(`laboratory.${state(one)}`) },
    { key: "result", head: t("laboratory.result"), sort: "result", grow: true, cell: (one) => (one.results.length > 0 ? <Results results={one.results} /> : "–") },
  ];

  return (
    <Panel
      title={t("laboratory.tubesSent")}
      actions={
        <TakeOut
          title={t("laboratory.takeOutTitle")}
          holds={t("laboratory.takeOutHolds", { most: mostTubes })}
          of={id}
          take={(of, format, reason) => takeOutTubes(of, format, reason, tubeFileFilter(filter))}
        />
      }
    >
      <FilterBar onClear={filtered ? () => show({ sort, order }) : undefined}>
        <Choice
          label={t("laboratory.state")}
          value={filter.state}
          options={tubeStates.map((value) => ({ value, label: t(`laboratory.${value}`) }))}
          onChange={(value) => set({ state: value })}
        />
        <Select
          aria-label={t("cases.disease")}
          placeholder={t("cases.anyDisease")}
          data={diseases.map((one) => ({ value: one.id, label: one.name[language] }))}
          value={filter.disease ?? null}
          onChange={(value) => set({ disease: value ?? undefined })}
          searchable
          clearable
          w={190}
          maw="100%"
        />
        <Select
          aria-label={t("laboratory.methodOfResult")}
          placeholder={t("laboratory.anyMethod")}
          data={methods.map((value) => ({ value, label: t(`laboratory.method.${value}`) }))}
          value={filter.method ?? null}
          onChange={(value) => set({ method: value ?? undefined })}
          clearable
          w={170}
          maw="100%"
        />
        <TextInput type="date" aria-label={t("laboratory.sampledFrom")} title={t("laboratory.sampledFrom")} value={filter.from ?? ""} onChange={(event) => set({ from: event.currentTarget.value || undefined })} />
        <TextInput type="date" aria-label={t("laboratory.sampledTo")} title={t("laboratory.sampledTo")} value={filter.to ?? ""} onChange={(event) => set({ to: event.currentTarget.value || undefined })} />
        <SortChoice
          sorts={[
            { sort: "sampled", label: t("laboratory.sampledAt") },
            { sort: "result", label: t("laboratory.result") },
          ]}
          sorted={sortedBy(filter, tubeSorts)}
          onSort={(by, way) => set({ sort: by, order: way })}
        />
      </FilterBar>
      <ListFrame list={list} empty={<Empty bare title={t(filtered ? "laboratory.noTubesFound" : "laboratory.noTubesSent")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(one) => one.code}
            caption={t("laboratory.tubesSent")}
            stale={list.stale}
            still
            sorting={{ ...sortedBy(filter, tubeSorts), onSort: (head) => set(pressed(filter, head as TubeSort, tubeSorts)) }}
          />
        )}
      </ListFrame>
    </Panel>
  );
}
