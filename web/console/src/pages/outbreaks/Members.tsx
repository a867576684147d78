// The cases of an outbreak, by day; some are chosen to ask what they have in common; one can be taken out again.
import { Button, Checkbox, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { takeOutCase, useOutbreakCases, type OutbreakCaseSort } from "../../api/outbreaks";
import type { Outbreak, OutbreakCase } from "../../api/types";
import { outbreakCaseSorts } from "../../logic/filters";
import { showDay } from "../../logic/moments";
import { pressed, sortedBy, type Sorting } from "../../logic/sorting";
import { ClassificationBadge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { say } from "../../parts/Toasts";

const route = getRouteApi("/office/outbreaks/$outbreak");

interface Props {
  of: Outbreak;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

export function Members({ of, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const by = route.useSearch();
  const list = useOutbreakCases(of.id, by);
  const sortBy = (sorting: Sorting<OutbreakCaseSort>) =>
    void navigate({ to: "/outbreaks/$outbreak", params: { outbreak: of.id }, search: sorting, replace: true, resetScroll: false });
  const [leaving, setLeaving] = useState<OutbreakCase>();
  const taking = useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) => takeOutCase(of.id, id, reason),
    onSuccess: (_, { id }) => {
      say(t("outbreaks.takenOut"));
      toggle(id, false);
      setLeaving(undefined);
      void client.invalidateQueries({ queryKey: ["outbreaks"] });
    },
  });
  const toggle = (id: string, on = !chosen.has(id)) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  const columns: Column<OutbreakCase>[] = [
    {
      key: "number",
      sort: "number",
      head: t("cases.number"),
      lead: true,
      cell: (one) =>
        one.person ? (
          <Group gap="xs" wrap="nowrap">
            {of.mine && <Checkbox size="md" aria-label={`${t("outbreaks.choose")}: ${one.number}`} checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />}
            <TextLink to="/cases/$case" params={{ case: one.id }} fw={600} c="var(--ink)" underline="hover" className="number">
              {one.number}
            </TextLink>
          </Group>
        ) : (
          <span className="number">{one.number}</span>
        ),
    },
    { key: "state", sort: "classification", head: t("cases.classificationHead"), cell: (one) => <ClassificationBadge of={one.classification} /> },
    {
      key: "person",
      head: t("cases.person"),
      grow: true,
      cell: (one) =>
        one.person ? (
          <>
            {one.person.name} <span className="quiet">{one.person.birthYear || ""}</span>
          </>
        ) : (
          <span className="quiet">{t("outbreaks.elsewhere")}</span>
        ),
    },
    { key: "day", sort: "day", head: t("outbreaks.day"), cell: (one) => t(`outbreaks.dayOf.${one.of}`, { day: showDay(one.day) }) },
    { key: "unit", sort: "residence", head: t("cases.residence"), cell: (one) => one.unitName },
    ...(of.status === "open"
      ? ([
          {
            key: "out",
            head: t("outbreaks.takeOut"),
            silent: true,
            cell: (one) =>
              one.person && (
                <Button size="compact-xs" variant="default" aria-label={`${t("outbreaks.takeOut")}: ${one.number}`} onClick={() => setLeaving(one)}>
                  {t("outbreaks.takeOut")}
                </Button>
              ),
          },
        ] satisfies Column<OutbreakCase>[])
      : []),
  ];
  return (
    <Panel
      title={t("outbreaks.cases")}
      actions={
        <ButtonLink to="/cases" variant="default" size="xs">
          {t("outbreaks.fromList")}
        </ButtonLink>
      }
    >
      <LoggedNote />
      <SortChoice
        sorts={[
          { sort: "day", label: t("outbreaks.day") },
          { sort: "classification", label: t("cases.classificationHead") },
          { sort: "number", label: t("cases.number") },
          { sort: "residence", label: t("cases.residence") },
        ]}
        sorted={sortedBy(by, outbreakCaseSorts)}
        onSort={(on, order) => sortBy({ sort: on, order })}
      />
      <ListFrame list={list} empty={<Empty bare title={t("outbreaks.noCases")}>{t("outbreaks.noCasesLead")}</Empty>}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(one) => one.id}
            caption={t("outbreaks.cases")}
            onOpen={(one) => one.person && void navigate({ to: "/cases/$case", params: { case: one.id } })}
            keys={of.mine ? [{ keys: "x", says: t("outbreaks.choose"), run: (one) => one.person && toggle(one.id) }] : []}
            tone={(one) => (one.classification === "discarded" ? "faded" : undefined)}
            stale={list.stale}
            sorting={{ ...sortedBy(by, outbreakCaseSorts), onSort: (head) => sortBy(pressed(by, head as OutbreakCaseSort, outbreakCaseSorts)) }}
          />
        )}
      </ListFrame>
      <ReasonDialog
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t("outbreaks.takeOutTitle", { number: leaving?.number ?? "" })}
        action={t("outbreaks.takeOut")}
        busy={taking.isPending}
        error={<ProblemNote error={taking.error} />}
        onReason={(reason) => leaving && taking.mutate({ id: leaving.id, reason })}
      />
    </Panel>
  );
}
