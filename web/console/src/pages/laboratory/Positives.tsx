// Positive results that wait for an officer: one tap makes the case, or it is said why none is.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { makeCase, takeOutPositives, usePositives, weighResult, type PositiveSort } from "../../api/laboratory";
import { useOfficer } from "../../api/session";
import type { PositiveResult } from "../../api/types";
import { positiveFileFilter, positiveSorts } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { pressed, sortedBy } from "../../logic/sorting";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { say } from "../../parts/Toasts";
import { useDiseaseName } from "../../parts/useNames";
import { UnitName, When } from "../../parts/When";
import { useFilter } from "./useFilter";
import { mostOut } from "./words";

export function Positives() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const disease = useDiseaseName();
  const { filter, set } = useFilter();
  const list = usePositives(filter);
  const sorted = sortedBy(filter, positiveSorts);
  const making = useMutation({
    mutationFn: makeCase,
    onSuccess: async (made) => {
      say(t("laboratory.confirmed", { number: made.number }));
      void client.invalidateQueries({ queryKey: ["laboratory"] });
      void client.invalidateQueries({ queryKey: ["cases"] });
      await navigate({ to: "/cases/$case", params: { case: made.id } });
    },
  });
  const mayWeigh = holds(useOfficer(), "districtOfficer", "provinceOfficer");
  const [weighed, setWeighed] = useState<PositiveResult>();
  const weighing = useMutation({
    mutationFn: (reason: string) => weighResult({ id: weighed!.id, reason }),
    onSuccess: () => {
      setWeighed(undefined);
      void client.invalidateQueries({ queryKey: ["laboratory"] });
    },
  });
  const filtered = Boolean(filter.disease ?? filter.method ?? filter.age);
  if (list.rows.length === 0 && !list.error && !filtered) return null;
  const columns: Column<PositiveResult>[] = [
    { key: "name", head: t("people.name"), lead: true, grow: true, cell: ({ person }) => `${person.name} · ${person.birthYear || t("common.unknown")}` },
    {
      key: "result",
      head: t("cases.disease"),
      cell: (row) => (
        <>
          {disease(row.disease)}
          <br />
          <span className="quiet">{t(`laboratory.method.${row.method}`) + (row.ct === undefined ? "" : ` · Ct ${row.ct}`)}</span>
        </>
      ),
    },
    { key: "tube", head: t("laboratory.tube"), cell: (row) => <code>{row.tube}</code> },
    { key: "unit", head: t("common.unit"), wide: true, cell: (row) => <UnitName path={row.unitName} /> },
    { key: "sampled", head: t("laboratory.sampledAt"), sort: "sampled", cell: (row) => <When at={row.sampledAt} /> },
    { key: "tested", head: t("laboratory.testedAt"), sort: "result", cell: (row) => <When at={row.at} /> },
    {
      key: "suspect",
      head: t("laboratory.suspect"),
      cell: (row) =>
        row.suspect ? (
          <TextLink to="/cases/$case" params={{ case: row.suspect.id }} fw={600}>
            {row.suspect.number}
          </TextLink>
        ) : (
          <TextLink to="/cases/new" search={{ person: row.person.id }}>
            {t("cases.report")}
          </TextLink>
        ),
    },
    {
      key: "case",
      head: t("laboratory.confirm"),
      silent: true,
      cell: (row) =>
        row.confirmed ? (
          <b>{t("laboratory.confirmedByItself")}</b>
        ) : row.late ? (
          <>
            <span className="quiet">{t("laboratory.late")}</span>{" "}
            {mayWeigh && (
              <Button size="compact-xs" variant="default" aria-label={`${t("laboratory.weigh")}: ${row.person.name}`} onClick={() => setWeighed(row)}>
                {t("laboratory.weigh")}
              </Button>
            )}
          </>
        ) : row.confirmable && (
          <Button size="xs" color="lacquer" aria-label={`${t("laboratory.confirm")}: ${row.person.name}`} loading={making.isPending} onClick={() => making.mutate(row.id)}>
            {t("laboratory.confirm")}
          </Button>
        ),
    },
  ];
  return (
    <Panel
      title={t("laboratory.positives")}
      actions={
        mayWeigh && (
          <TakeOut
            title={t("laboratory.positivesOutTitle")}
            holds={t("laboratory.positivesOutHolds", { most: mostOut })}
            take={(unit, format, reason) => takeOutPositives(unit, format, reason, positiveFileFilter(filter))}
          />
        )
      }
    >
      <p className="quiet">{t("laboratory.positivesLead")}</p>
      <LoggedNote />
      <SortChoice
        sorts={[
          { sort: "result", label: t("laboratory.testedAt") },
          { sort: "sampled", label: t("laboratory.sampledAt") },
        ]}
        sorted={sorted}
        onSort={(by, way) => set({ sort: by, order: way })}
      />
      <ProblemNote error={making.error} />
      <ListFrame list={list} empty={<Empty bare title={t("laboratory.noPositivesFound")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("laboratory.positives")}
            stale={list.stale}
            tone={() => "alarm"}
            sorting={{ ...sorted, onSort: (head) => set(pressed(filter, head as PositiveSort, positiveSorts)) }}
          />
        )}
      </ListFrame>
      <ReasonDialog
        opened={weighed !== undefined}
        title={t("laboratory.weighTitle")}
        action={t("laboratory.weigh")}
        busy={weighing.isPending}
        error={<ProblemNote error={weighing.error} />}
        onReason={(reason) => weighing.mutate(reason)}
        onClose={() => {
          weighing.reset();
          setWeighed(undefined);
        }}
      >
        <p>{t("laboratory.weighLead")}</p>
        <LoggedNote />
      </ReasonDialog>
    </Panel>
  );
}
