import { Button, Checkbox, Group } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconPlus, IconReportMedical } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCases, type CaseSort } from "../../api/cases";
import { useOfficer } from "../../api/session";
import type { CaseBrief } from "../../api/types";
import { caseFilter, caseSortsOf } from "../../logic/filters";
import { showDay } from "../../logic/moments";
import { holds } from "../../logic/navigation";
import { pressed, sortedBy } from "../../logic/sorting";
import { ClassificationBadge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { useShortcuts } from "../../parts/Shortcuts";
import { useDiseaseName } from "../../parts/useNames";
import { UnitName, When } from "../../parts/When";
import { PutDialog } from "../outbreaks/PutDialog";
import { CaseFilters } from "./CaseFilters";
import { NoticeMark } from "./NoticeMark";
import { PatientSearch } from "./PatientSearch";
import { TakeOutCases } from "./TakeOutCases";
import { TwinsFound } from "./TwinNotice";

const route = getRouteApi("/office/cases");

export function CasesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const list = useCases(filter);
  const officer = useOfficer();
  const disease = useDiseaseName();
  const set = (change: object) =>
    void navigate({ to: "/cases", search: (before) => caseFilter({ ...before, ...change }), replace: true });
  const { sort, order, ...asked } = filter;
  const filtered = Object.keys(asked).length > 0;
  const sorts = caseSortsOf(filter);
  useShortcuts([{ keys: "n", says: t("cases.new"), run: () => void navigate({ to: "/cases/new" }) }]);

  // Chosen to be put into an outbreak together; the choice outlives a change of the filter.
  const [chosen, setChosen] = useState<ReadonlyMap<string, CaseBrief>>(new Map());
  const [putting, setPutting] = useState<readonly CaseBrief[]>();
  const toggle = (one: CaseBrief) => {
    const next = new Map(chosen);
    if (!next.delete(one.id)) next.set(one.id, one);
    setChosen(next);
  };

  const columns: Column<CaseBrief>[] = [
    {
      key: "number",
      head: t("cases.number"),
      sort: "number",
      lead: true,
      cell: (one) => (
        <Group gap="xs" wrap="nowrap">
          <Checkbox size="md" aria-label={`${t("outbreaks.choose")}: ${one.number}`} checked={chosen.has(one.id)} onChange={() => toggle(one)} />
          <TextLink to="/cases/$case" params={{ case: one.id }} fw={600} c="var(--ink)" underline="hover" className="number">
            {one.number}
          </TextLink>
        </Group>
      ),
    },
    { key: "state", head: t("cases.classificationHead"), cell: (one) => <ClassificationBadge of={one.classification} /> },
    {
      key: "person",
      head: t("cases.person"),
      grow: true,
      cell: (one) => (
        <>
          {one.person.name} <span className="quiet">{one.person.birthYear || t("people.bornUnknown")}</span>
        </>
      ),
    },
    { key: "disease", head: t("cases.disease"), cell: (one) => <span className="nowrap">{disease(one.disease)}</span> },
    { key: "unit", head: t("cases.residence"), cell: (one) => <UnitName path={one.person.unitPath} /> },
    { key: "onset", head: t("cases.onset"), sort: "onset", cell: (one) => one.onset && <span className="number">{showDay(one.onset)}</span> },
    { key: "notice", head: t("cases.notice.head"), sort: "deadline", cell: (one) => <NoticeMark of={one} /> },
    { key: "report", head: t("cases.reportedAt"), sort: "report", cell: (one) => <When at={one.createdAt} /> },
    { key: "result", head: t("cases.resultAt"), wide: true, cell: (one) => one.resultAt && <When at={one.resultAt} /> },
  ];

  return (
    <>
      <PageHead title={t("shell.section.cases")} lead={t("cases.lead")}>
        <PatientSearch />
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <>
            <TakeOutCases filter={filter} />
            <ButtonLink to="/cases/lists" variant="default">
              {t("lineLists.title")}
            </ButtonLink>
          </>
        )}
        <ButtonLink to="/cases/new" leftSection={<IconPlus size={17} />}>
          {t("cases.new")}
        </ButtonLink>
      </PageHead>
      {!filter.twin && holds(officer, "districtOfficer", "provinceOfficer") && <TwinsFound />}
      <CaseFilters
        filter={filter}
        set={set}
        onSort={(by, way) => set({ sort: by, order: way })}
        onClear={filtered ? () => void navigate({ to: "/cases", search: { ...(sort ? { sort } : {}), ...(order ? { order } : {}) }, replace: true }) : undefined}
      />
      {chosen.size > 0 && (
        <Group gap="sm" mb="sm" role="status">
          <span>{t("outbreaks.chosen", { count: chosen.size })}</span>
          <Button size="xs" disabled={chosen.size > 200} onClick={() => setPutting([...chosen.values()])}>
            {t("outbreaks.putThere")}
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={() => setChosen(new Map())}>
            {t("outbreaks.chooseNone")}
          </Button>
        </Group>
      )}
      {putting && <PutDialog cases={putting} onClose={() => setPutting(undefined)} onPut={() => setChosen(new Map())} />}
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconReportMedical size={38} stroke={1.3} />} title={t(filtered ? "cases.noneFound" : "cases.none")}>
            {!filtered && t("cases.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(one) => one.id}
            caption={t("shell.section.cases")}
            onOpen={(one) => void navigate({ to: "/cases/$case", params: { case: one.id } })}
            keys={[{ keys: "x", says: t("outbreaks.choose"), run: toggle }]}
            tone={(one) => (one.status === "closed" ? "faded" : undefined)}
            stale={list.stale}
            sorting={{ ...sortedBy(filter, sorts), onSort: (head) => set(pressed(filter, head as CaseSort, sorts)) }}
          />
        )}
      </ListFrame>
    </>
  );
}
