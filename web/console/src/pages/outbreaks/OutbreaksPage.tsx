// Outbreaks of the own area, open and over.
import { Button, Select } from "@mantine/core";
import { IconPlus, IconTopologyStar3 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { takeOutOutbreaks, useOutbreaks, type OutbreakSort } from "../../api/outbreaks";
import { useOfficer } from "../../api/session";
import type { Outbreak } from "../../api/types";
import { caseStatuses, outbreakFileFilter, outbreakFilter, outbreakSorts } from "../../logic/filters";
import { showDay } from "../../logic/moments";
import { holds } from "../../logic/navigation";
import { pressed, sortedBy } from "../../logic/sorting";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { useShortcuts } from "../../parts/Shortcuts";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { UnitSelect } from "../../parts/UnitSelect";
import { useDiseaseName } from "../../parts/useNames";
import { useLanguage } from "../../parts/When";
import { NewOutbreak } from "./NewOutbreak";
import { OutbreakState } from "./OutbreakState";

const route = getRouteApi("/office/outbreaks");
/** The server gives no more in one file (modules/outbreaks). */
const mostOutbreaks = 5000;

export function OutbreaksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const list = useOutbreaks(filter);
  const disease = useDiseaseName();
  const language = useLanguage();
  const officer = useOfficer();
  const diseases = useQuery(diseasesQuery).data?.items ?? [];
  const [opening, setOpening] = useState(false);
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/outbreaks", search: (before) => outbreakFilter({ ...before, ...change }), replace: true });
  const { sort, order, ...asked } = filter;
  const filtered = Object.keys(asked).length > 0;
  useShortcuts([{ keys: "n", says: t("outbreaks.new"), run: () => setOpening(true) }]);

  const columns: Column<Outbreak>[] = [
    {
      key: "name",
      head: t("outbreaks.name"),
      lead: true,
      grow: true,
      cell: (one) => (
        <TextLink to="/outbreaks/$outbreak" params={{ outbreak: one.id }} fw={600} c="var(--ink)" underline="hover">
          {one.name}
        </TextLink>
      ),
    },
    { key: "state", head: t("outbreaks.state"), cell: (one) => <OutbreakState of={one} /> },
    { key: "disease", head: t("cases.disease"), cell: (one) => disease(one.disease) },
    { key: "unit", head: t("outbreaks.unit"), cell: (one) => one.unitName },
    { key: "begin", head: t("outbreaks.openedOn"), sort: "begin", cell: (one) => <span className="number">{showDay(one.openedOn)}</span> },
    { key: "cases", head: t("outbreaks.cases"), sort: "cases", align: "right", cell: (one) => one.cases },
    { key: "last", head: t("outbreaks.lastDay"), sort: "lastDay", cell: (one) => one.lastDay && <span className="number">{showDay(one.lastDay)}</span> },
    { key: "charge", head: t("outbreaks.inCharge"), desk: true, grow: true, cell: (one) => one.inCharge.map((officer) => officer.name).join(", ") },
  ];

  return (
    <>
      <PageHead title={t("shell.section.outbreaks")} lead={t("outbreaks.lead")}>
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("outbreaks.takeOutListTitle")}
            holds={t("outbreaks.takeOutListHolds", { most: mostOutbreaks })}
            unit={filter.unit}
            take={(unit, format, reason) => takeOutOutbreaks(unit, format, reason, outbreakFileFilter(filter))}
          />
        )}
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpening(true)}>
          {t("outbreaks.new")}
        </Button>
      </PageHead>
      <FilterBar onClear={filtered ? () => void navigate({ to: "/outbreaks", search: { ...(sort ? { sort } : {}), ...(order ? { order } : {}) }, replace: true }) : undefined}>
        <Choice
          label={t("outbreaks.state")}
          value={filter.status}
          options={caseStatuses.map((value) => ({ value, label: t(`outbreaks.status.${value}`) }))}
          onChange={(status) => set({ status })}
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={240} maw="100%" />
        <Select
          aria-label={t("cases.disease")}
          placeholder={t("cases.anyDisease")}
          data={diseases.map((one) => ({ value: one.id, label: one.name[language] }))}
          value={filter.disease ?? null}
          onChange={(of) => set({ disease: of ?? undefined })}
          searchable
          clearable
          w={190}
          maw="100%"
        />
        <SortChoice
          sorts={[
            { sort: "begin", label: t("outbreaks.openedOn") },
            { sort: "lastDay", label: t("outbreaks.lastDay") },
            { sort: "cases", label: t("outbreaks.cases") },
          ]}
          sorted={sortedBy(filter, outbreakSorts)}
          onSort={(by, way) => set({ sort: by, order: way })}
        />
      </FilterBar>
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconTopologyStar3 size={38} stroke={1.3} />} title={t(filtered ? "outbreaks.noneFound" : "outbreaks.none")}>
            {!filtered && t("outbreaks.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(one) => one.id}
            caption={t("shell.section.outbreaks")}
            onOpen={(one) => void navigate({ to: "/outbreaks/$outbreak", params: { outbreak: one.id } })}
            tone={(one) => (one.status === "closed" ? "faded" : undefined)}
            stale={list.stale}
            sorting={{ ...sortedBy(filter, outbreakSorts), onSort: (head) => set(pressed(filter, head as OutbreakSort, outbreakSorts)) }}
          />
        )}
      </ListFrame>
      <Dialog opened={opening} onClose={() => setOpening(false)} title={t("outbreaks.new")}>
        <NewOutbreak onClose={() => setOpening(false)} onOpened={(made) => void navigate({ to: "/outbreaks/$outbreak", params: { outbreak: made.id } })} />
      </Dialog>
    </>
  );
}
