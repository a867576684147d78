// Tests of the own area: sampling sessions, cases whose result was overturned, positive results that wait for an officer, people to be sampled again, laboratories.
import { Button, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { IconTestPipe } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { closeLaboratory, laboratoriesQuery, makeCase, useOverturned, usePositives, useResampling, useSamplings } from "../../api/laboratory";
import { useOfficer } from "../../api/session";
import type { LaboratoryBrief, OverturnedResult, PositiveResult, ResamplingTask, Sampling } from "../../api/types";
import { holds } from "../../logic/navigation";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useDiseaseName } from "../../parts/useNames";
import { Ago, UnitName, When } from "../../parts/When";
import { NewLaboratoryDialog } from "./NewLaboratoryDialog";
import { NewSamplingDialog } from "./NewSamplingDialog";

export function LaboratoryPage() {
  const { t } = useTranslation();
  const [opening, setOpening] = useState(false);
  return (
    <>
      <PageHead title={t("shell.section.laboratory")} lead={t("laboratory.lead")}>
        <Button onClick={() => setOpening(true)}>{t("laboratory.open")}</Button>
      </PageHead>
      <NewSamplingDialog opened={opening} onClose={() => setOpening(false)} />
      <Stack>
        <Overturned />
        <Positives />
        <Again />
        <Samplings />
        <Laboratories />
      </Stack>
    </>
  );
}

/** Cases to look at again; each is undone on its own page. */
function Overturned() {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const list = useOverturned();
  if (list.rows.length === 0 && !list.error) return null;
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
    { key: "since", head: t("laboratory.since"), cell: (row) => <Ago at={row.since} /> },
  ];
  return (
    <Panel title={t("laboratory.overturned")}>
      <p className="quiet">{t("laboratory.overturnedLead")}</p>
      <LoggedNote />
      <ListFrame list={list} empty={null}>
        {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("laboratory.overturned")} stale={list.stale} tone={() => "alarm"} />}
      </ListFrame>
    </Panel>
  );
}

function Positives() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const disease = useDiseaseName();
  const list = usePositives();
  const making = useMutation({
    mutationFn: makeCase,
    onSuccess: async (made) => {
      say(t("laboratory.confirmed", { number: made.number }));
      void client.invalidateQueries({ queryKey: ["laboratory"] });
      void client.invalidateQueries({ queryKey: ["cases"] });
      await navigate({ to: "/cases/$case", params: { case: made.id } });
    },
  });
  if (list.rows.length === 0 && !list.error) return null;
  const columns: Column<PositiveResult>[] = [
    { key: "name", head: t("people.name"), lead: true, grow: true, cell: ({ person }) => `${person.name} · ${person.birthYear || t("common.unknown")}` },
    { key: "disease", head: t("cases.disease"), cell: (row) => disease(row.disease) },
    { key: "method", head: t("laboratory.methodHead"), cell: (row) => t(`laboratory.method.${row.method}`) + (row.ct === undefined ? "" : ` · Ct ${row.ct}`) },
    { key: "tube", head: t("laboratory.tube"), cell: (row) => <code>{row.tube}</code> },
    { key: "unit", head: t("common.unit"), cell: (row) => <UnitName path={row.unitName} /> },
    { key: "sampled", head: t("laboratory.sampledAt"), cell: (row) => <When at={row.sampledAt} /> },
    {
      key: "case",
      head: t("laboratory.confirm"),
      silent: true,
      cell: (row) =>
        row.confirmable ? (
          <Button size="xs" color="lacquer" aria-label={`${t("laboratory.confirm")}: ${row.person.name}`} loading={making.isPending} onClick={() => making.mutate(row.id)}>
            {t("laboratory.confirm")}
          </Button>
        ) : (
          <TextLink to="/cases/new" search={{ person: row.person.id }}>
            {t("cases.report")}
          </TextLink>
        ),
    },
  ];
  return (
    <Panel title={t("laboratory.positives")}>
      <p className="quiet">{t("laboratory.positivesLead")}</p>
      <LoggedNote />
      <ProblemNote error={making.error} />
      <ListFrame list={list} empty={null}>
        {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("laboratory.positives")} stale={list.stale} tone={() => "alarm"} />}
      </ListFrame>
    </Panel>
  );
}

function Again() {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const list = useResampling();
  if (list.rows.length === 0 && !list.error) return null;
  const columns: Column<ResamplingTask>[] = [
    { key: "name", head: t("people.name"), lead: true, grow: true, cell: ({ person }) => `${person.name} · ${person.birthYear || t("common.unknown")}` },
    { key: "phone", head: t("laboratory.phone"), cell: ({ person }) => person.phoneMasked ?? "–" },
    { key: "disease", head: t("cases.disease"), cell: (row) => disease(row.disease) },
    { key: "tube", head: t("laboratory.tube"), cell: (row) => <code>{row.tube}</code> },
    { key: "unit", head: t("common.unit"), cell: (row) => <UnitName path={row.unitName} /> },
    { key: "since", head: t("laboratory.since"), cell: (row) => <Ago at={row.madeAt} /> },
  ];
  return (
    <Panel title={t("laboratory.again")}>
      <p className="quiet">{t("laboratory.againLead")}</p>
      <ListFrame list={list} empty={null}>
        {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("laboratory.again")} stale={list.stale} />}
      </ListFrame>
    </Panel>
  );
}

function Samplings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const disease = useDiseaseName();
  const list = useSamplings();
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
    { key: "opened", head: t("laboratory.opened"), cell: (row) => <When at={row.openedAt} /> },
    { key: "state", head: t("laboratory.state"), cell: (row) => t(row.closedAt ? "laboratory.closed" : "laboratory.isOpen") },
    { key: "tubes", head: t("laboratory.tubes"), align: "right", cell: (row) => row.tubes },
    { key: "persons", head: t("laboratory.persons"), align: "right", cell: (row) => row.persons },
    { key: "unsent", head: t("laboratory.unsent"), align: "right", cell: (row) => row.unsent },
    { key: "waiting", head: t("laboratory.waiting"), align: "right", cell: (row) => row.waiting },
  ];
  return (
    <Panel title={t("laboratory.sessions")}>
      <ListFrame list={list} empty={<Empty bare icon={<IconTestPipe size={38} stroke={1.3} />} title={t("laboratory.noSessions")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("laboratory.sessions")}
            stale={list.stale}
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
      <ProblemNote error={error ?? closing.error} />
      {data?.length === 0 && <Empty bare title={t("laboratory.noLabs")} />}
      {data && data.length > 0 && <DataTable rows={data} columns={columns} rowKey={(row) => row.id} caption={t("laboratory.labs")} tone={(row) => (row.closed ? "faded" : undefined)} />}
    </Panel>
  );
}
