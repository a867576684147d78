// Tests of the own area: sampling sessions, cases whose result was overturned, positive results that wait for an officer, people to be sampled again, laboratories.
import { Button, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { IconTestPipe } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { closeLaboratory, laboratoriesQuery, letAffirm, takeOutOverturned, takeOutResampling, takeOutSamplings, useOverturned, useResampling, useSamplings } from "../../api/laboratory";
import { useOfficer } from "../../api/session";
import type { LaboratoryBrief, OverturnedResult, ResamplingTask, Sampling } from "../../api/types";
import { diseaseFileFilter, positiveAges, sessionFileFilter, wantedOf } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { pressed, sortedBy, type Sorts } from "../../logic/sorting";
import { DataTable, type Column } from "../../parts/DataTable";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { useDiseaseName } from "../../parts/useNames";
import { Ago, Day, UnitName, useLanguage, When } from "../../parts/When";
import { NewLaboratoryDialog } from "./NewLaboratoryDialog";
import { NewSamplingDialog } from "./NewSamplingDialog";
import { Positives } from "./Positives";
import { useFilter } from "./useFilter";
import { useWanted, WantedPanel } from "./Wanted";
import { methods, mostOut } from "./words";

const overturnedSorts: Sorts<"since"> = [["since", "ascending"]];
const againSorts: Sorts<"made"> = [["made", "ascending"]];
const sessionSorts: Sorts<"opened"> = [["opened", "descending"]];

export function LaboratoryPage() {
  const { t } = useTranslation();
  const of = wantedOf({ ...useFilter().filter });
  const wanted = useWanted(of);
  const [opening, setOpening] = useState(false);
  return (
    <>
      <PageHead title={t("shell.section.laboratory")} lead={t("laboratory.lead")}>
        <Button onClick={() => setOpening(true)}>{t("laboratory.open")}</Button>
      </PageHead>
      <NewSamplingDialog opened={opening} onClose={() => setOpening(false)} of={of} disease={wanted.data?.disease} />
      <Filters />
      <Stack>
        <WantedPanel of={of} wanted={wanted} />
        <Overturned />
        <Positives />
        <Again />
        <Samplings />
        <Laboratories />
      </Stack>
    </>
  );
}

function Filters() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { filter, show, set } = useFilter();
  const { sort, order, again, opened, overturned, case: kase, followed, ...asked } = filter;
  const diseases = useQuery(diseasesQuery).data?.items ?? [];
  return (
    <FilterBar onClear={Object.keys(asked).length > 0 ? () => show({ sort, order, again, opened, overturned, case: kase, followed }) : undefined}>
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
        aria-label={t("laboratory.positiveBy")}
        placeholder={t("laboratory.positiveBy")}
        data={methods.map((value) => ({ value, label: t(`laboratory.method.${value}`) }))}
        value={filter.method ?? null}
        onChange={(value) => set({ method: value ?? undefined })}
        clearable
        w={190}
        maw="100%"
      />
      <Choice
        label={t("laboratory.positiveAge")}
        value={filter.age}
        options={positiveAges.map((value) => ({ value, label: t(`laboratory.age.${value}`) }))}
        onChange={(value) => set({ age: value })}
      />
      <TextInput type="date" aria-label={t("laboratory.openedFrom")} title={t("laboratory.openedFrom")} value={filter.from ?? ""} onChange={(event) => set({ from: event.currentTarget.value || undefined })} />
      <TextInput type="date" aria-label={t("laboratory.openedTo")} title={t("laboratory.openedTo")} value={filter.to ?? ""} onChange={(event) => set({ to: event.currentTarget.value || undefined })} />
    </FilterBar>
  );
}

/** Cases to look at again; each is undone on its own page. */
function Overturned() {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const mayTakeOut = holds(useOfficer(), "districtOfficer", "provinceOfficer");
  const { filter, set } = useFilter();
  const list = useOverturned(filter);
  const sorted = sortedBy({ order: filter.overturned }, overturnedSorts);
  if (list.rows.length === 0 && !list.error && !filter.disease) return null;
  const columns: Column<OverturnedResult>[] = [
    { key: "name", head: t("people.name"), lead: true, grow: true, cell: ({ person }) => `${person.name} · ${person.birthYear || t("common.unknown")}` },
    {
      key: "case",
      head: t("cases.number"),
      cell: (row) => (
        <TextLink to="/cases/$case" params={{ case: row.id }} fw={600}>
          {row.number}
        </TextLink>
      ),
    },
    { key: "disease", head: t("cases.disease"), cell: (row) => disease(row.disease) },
    { key: "tube", head: t("laboratory.tube"), cell: (row) => <code>{row.tube}</code> },
    { key: "now", head: t("laboratory.standsNow"), cell: (row) => (row.now ? t(`laboratory.outcome.${row.now}`) : t("laboratory.ofNobody")) },
    { key: "unit", head: t("common.unit"), cell: (row) => <UnitName path={row.unitName} /> },
    { key: "since", head: t("laboratory.since"), sort: "since", cell: (row) => <Ago at={row.since} /> },
  ];
  return (
    <Panel
      title={t("laboratory.overturned")}
      actions={
        mayTakeOut && (
          <TakeOut
            title={t("laboratory.overturnedOutTitle")}
            holds={t("laboratory.overturnedOutHolds", { most: mostOut })}
            take={(unit, format, reason) => takeOutOverturned(unit, format, reason, diseaseFileFilter(filter))}
          />
        )
      }
    >
      <p className="quiet">{t("laboratory.overturnedLead")}</p>
      <LoggedNote />
      <SortChoice sorts={[{ sort: "since", label: t("laboratory.since") }]} sorted={sorted} onSort={(_, way) => set({ overturned: way })} />
      <ListFrame list={list} empty={<Empty bare title={t("laboratory.noOverturnedFound")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("laboratory.overturned")}
            stale={list.stale}
            tone={() => "alarm"}
            sorting={{ ...sorted, onSort: () => set({ overturned: pressed(sorted, "since", overturnedSorts).order }) }}
          />
        )}
      </ListFrame>
    </Panel>
  );
}

function Again() {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const mayTakeOut = holds(useOfficer(), "districtOfficer", "provinceOfficer");
  const { filter, set } = useFilter();
  const list = useResampling(filter);
  const sorted = sortedBy({ order: filter.again }, againSorts);
  if (list.rows.length === 0 && !list.error && !filter.disease) return null;
  const columns: Column<ResamplingTask>[] = [
    { key: "name", head: t("people.name"), lead: true, grow: true, cell: ({ person }) => `${person.name} · ${person.birthYear || t("common.unknown")}` },
    { key: "phone", head: t("laboratory.phone"), cell: ({ person }) => person.phoneMasked ?? "–" },
    { key: "disease", head: t("cases.disease"), cell: (row) => disease(row.disease) },
    { key: "tube", head: t("laboratory.tube"), cell: (row) => <code>{row.tube}</code> },
    { key: "unit", head: t("common.unit"), cell: (row) => <UnitName path={row.unitName} /> },
    { key: "since", head: t("laboratory.since"), sort: "made", cell: (row) => <Ago at={row.madeAt} /> },
  ];
  return (
    <Panel
      title={t("laboratory.again")}
      actions={
        mayTakeOut && (
          <TakeOut
            title={t("laboratory.againOutTitle")}
            holds={t("laboratory.againOutHolds", { most: mostOut })}
            take={(unit, format, reason) => takeOutResampling(unit, format, reason, diseaseFileFilter(filter))}
          />
        )
      }
    >
      <p className="quiet">{t("laboratory.againLead")}</p>
      <SortChoice sorts={[{ sort: "made", label: t("laboratory.since") }]} sorted={sorted} onSort={(_, way) => set({ again: way })} />
      <ListFrame list={list} empty={<Empty bare title={t("laboratory.nobodyAgain")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("laboratory.again")}
            stale={list.stale}
            sorting={{ ...sorted, onSort: () => set({ again: pressed(sorted, "made", againSorts).order }) }}
          />
        )}
      </ListFrame>
    </Panel>
  );
}

function Samplings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const disease = useDiseaseName();
  const mayTakeOut = holds(useOfficer(), "districtOfficer", "provinceOfficer");
  const { filter, set } = useFilter();
  const list = useSamplings(filter);
  const sorted = sortedBy({ order: filter.opened }, sessionSorts);
  const filtered = Boolean(filter.disease ?? filter.from ?? filter.to);
  const columns: Column<Sampling>[] = [
    {
      key: "where",
      head: t("laboratory.where"),
      lead: true,
      grow: true,
      cell: (row) => (
        <TextLink to="/laboratory/sessions/$session" params={{ session: row.id }} fw={600} c="var(--ink)" underline="hover">
          {row.place?.name ?? row.site ?? row.unitName}
        </TextLink>
      ),
    },
    { key: "disease", head: t("cases.disease"), cell: (row) => disease(row.disease) },
    { key: "opened", head: t("laboratory.opened"), sort: "opened", cell: (row) => <When at={row.openedAt} /> },
    { key: "state", head: t("laboratory.state"), cell: (row) => t(row.closedAt ? "laboratory.closed" : "laboratory.isOpen") },
    { key: "tubes", head: t("laboratory.tubes"), align: "right", cell: (row) => row.tubes },
    { key: "persons", head: t("laboratory.persons"), align: "right", cell: (row) => row.persons },
    { key: "unsent", head: t("laboratory.unsent"), align: "right", cell: (row) => row.unsent },
    { key: "waiting", head: t("laboratory.waiting"), align: "right", cell: (row) => row.waiting },
  ];
  return (
    <Panel
      title={t("laboratory.sessions")}
      actions={
        mayTakeOut && (
          <TakeOut
            title={t("laboratory.sessionsOutTitle")}
            holds={t("laboratory.sessionsOutHolds", { most: mostOut })}
            take={(unit, format, reason) => takeOutSamplings(unit, format, reason, sessionFileFilter(filter))}
          />
        )
      }
    >
      <SortChoice sorts={[{ sort: "opened", label: t("laboratory.opened") }]} sorted={sorted} onSort={(_, way) => set({ opened: way })} />
      <ListFrame list={list} empty={<Empty bare icon={<IconTestPipe size={38} stroke={1.3} />} title={t(filtered ? "laboratory.noSessionsFound" : "laboratory.noSessions")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("laboratory.sessions")}
            stale={list.stale}
            sorting={{ ...sorted, onSort: () => set({ opened: pressed(sorted, "opened", sessionSorts).order }) }}
            tone={(row) => (row.closedAt && row.unsent === 0 && row.waiting === 0 ? "faded" : undefined)}
            onOpen={(row) => void navigate({ to: "/laboratory/sessions/$session", params: { session: row.id } })}
          />
        )}
      </ListFrame>
    </Panel>
  );
}

function Laboratories() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const province = holds(useOfficer(), "provinceOfficer");
  const { data, error } = useQuery(laboratoriesQuery);
  const [adding, setAdding] = useState(false);
  const closing = useMutation({
    mutationFn: ({ id, closed }: LaboratoryBrief) => closeLaboratory(id, !closed),
    onSuccess: () => client.invalidateQueries({ queryKey: ["laboratory", "labs"] }),
  });
  const affirming = useMutation({
    mutationFn: ({ id, affirms }: LaboratoryBrief) => letAffirm(id, !affirms),
    onSuccess: () => client.invalidateQueries({ queryKey: ["laboratory", "labs"] }),
  });
  const columns: Column<LaboratoryBrief>[] = [
    {
      key: "name",
      head: t("laboratory.name"),
      lead: true,
      grow: true,
      cell: (row) =>
        row.mine ? (
          <TextLink to="/laboratory/labs/$laboratory" params={{ laboratory: row.id }} fw={600} c="var(--ink)" underline="hover">
            {row.name}
          </TextLink>
        ) : (
          row.name
        ),
    },
    { key: "unit", head: t("common.unit"), cell: (row) => <UnitName path={row.unitName} /> },
    { key: "state", head: t("laboratory.state"), cell: (row) => t(row.closed ? "laboratory.labClosed" : "laboratory.labOpen") },
    {
      key: "affirms",
      head: t("laboratory.affirms"),
      cell: (row) => (
        <>
          {t(row.affirms ? "laboratory.mayAffirm" : "laboratory.mayNotAffirm")}{" "}
          {row.affirmsSince && (
            <span className="quiet">
              {t("laboratory.affirmedSince")} <Day at={row.affirmsSince} />
              {row.affirmedBy && ` · ${row.affirmedBy}`}
            </span>
          )}{" "}
          {province && row.mine && (
            <Button size="compact-xs" variant="subtle" aria-label={`${t(row.affirms ? "laboratory.endAffirming" : "laboratory.letAffirm")}: ${row.name}`} onClick={() => affirming.mutate(row)}>
              {t(row.affirms ? "laboratory.endAffirming" : "laboratory.letAffirm")}
            </Button>
          )}
        </>
      ),
    },
    {
      key: "close",
      head: t("laboratory.change"),
      silent: true,
      cell: (row) =>
        province &&
        row.mine && (
          <Button size="xs" variant="default" aria-label={`${t(row.closed ? "laboratory.reopenLab" : "laboratory.closeLab")}: ${row.name}`} onClick={() => closing.mutate(row)}>
            {t(row.closed ? "laboratory.reopenLab" : "laboratory.closeLab")}
          </Button>
        ),
    },
  ];
  return (
    <Panel
      title={t("laboratory.labs")}
      actions={
        province && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {t("laboratory.addLab")}
          </Button>
        )
      }
    >
      <NewLaboratoryDialog opened={adding} onClose={() => setAdding(false)} />
      <ProblemNote error={error ?? closing.error ?? affirming.error} />
      {data?.length === 0 && <Empty bare title={t("laboratory.noLabs")} />}
      {data && data.length > 0 && <DataTable rows={data} columns={columns} rowKey={(row) => row.id} caption={t("laboratory.labs")} tone={(row) => (row.closed ? "faded" : undefined)} />}
    </Panel>
  );
}
