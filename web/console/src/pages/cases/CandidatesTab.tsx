// Everyone exposed to the case: the time line above, the dense table beneath, one of them in the drawer. Walked with j, k, Enter; "a" assigns.
import { Alert, Button, Group, Stack } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconUserPlus, IconUsersGroup } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { diseasesQuery, ruleSetsQuery } from "../../api/cases";
import { mostContacts, takeOutContacts } from "../../api/contact-lists";
import { companionsQuery } from "../../api/contacts";
import { followUpsOfCaseQuery } from "../../api/follow-ups";
import { useOfficer } from "../../api/session";
import { useCandidates, type CandidateSort } from "../../api/tracing";
import type { Candidate } from "../../api/types";
import { classTextOn } from "../../logic/contact-classes";
import { candidateFilter, candidateSorts, candidateStatuses, contactFileFilter, levels } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { pressed, sortedBy } from "../../logic/sorting";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { useLanguage, useNow } from "../../parts/When";
import { CandidateDrawer } from "./candidate/CandidateDrawer";
import { CandidateTable } from "./CandidateTable";
import { CompanionList } from "./declared/CompanionList";
import { ContactDialog } from "./declared/ContactDialog";
import { DeclaredPanel } from "./declared/DeclaredPanel";
import { Timeline } from "./timeline/Timeline";
import { useCase } from "./useCase";

const route = getRouteApi("/office/cases/$case/candidates");

export function CandidatesTab() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const file = useCase();
  const officer = useOfficer();
  const filter = route.useSearch();
  const list = useCandidates(file.id, filter);
  const followUps = useQuery(followUpsOfCaseQuery(file.id)).data;
  const ruleSets = useQuery(ruleSetsQuery);
  const ruleSet = ruleSets.data?.items.find((one) => one.id === file.ruleSet);
  const language = useLanguage();
  const pack = useQuery(diseasesQuery).data?.items.find((one) => one.id === file.disease);
  const [marked, setMarked] = useState<string>();
  const [open, setOpen] = useState<{ id: string; assigning: boolean }>();
  const [adding, setAdding] = useState(false);
  const companions = useQuery(companionsQuery(file.id));
  const now = useNow();
  // Without isolation the window runs on; a last day that the rule set names may lie ahead.
  const until = Math.min(now, file.windowTo ? Date.parse(file.windowTo) : now);
  const window = useMemo(() => (file.windowFrom ? { from: Date.parse(file.windowFrom), to: until } : undefined), [file.windowFrom, until]);
  const set = (change: Record<string, unknown>) =>
    void navigate({
      to: "/cases/$case/candidates",
      params: { case: file.id },
      search: (before) => candidateFilter({ ...before, ...change }),
      replace: true,
    });
  const { sort, order, ...asked } = filter;
  const filtered = Object.keys(asked).length > 0;
  const shownLevels = levels.filter((level) => Number(level) <= Math.max(2, ruleSet?.depth ?? 1));
  const nextOpen = (after: Candidate) => {
    const at = list.rows.findIndex((row) => row.id === after.id);
    const next = list.rows.slice(at + 1).find((row) => row.status === "open");
    if (next) {
      setMarked(next.id);
      setOpen({ id: next.id, assigning: true });
    } else setOpen(undefined);
  };

  const nobody = classTextOn(pack, localDate(window?.from ?? now), "none");
  const nobodyNote = nobody && (
    <Alert color="indigo" mb="sm" title={t("tracing.nobodyTitle")}>
      {nobody[language]}
    </Alert>
  );
  const told = (
    <Stack mt="md">
      <ProblemNote error={companions.error} retry={() => void companions.refetch()} />
      {companions.data && companions.data.length > 0 && (
        <Panel title={t("companions.title")}>
          <p className="quiet">{t("companions.lead")}</p>
          <CompanionList rows={companions.data} />
        </Panel>
      )}
      <DeclaredPanel of={file} />
      <ContactDialog of={file} opened={adding} onClose={() => setAdding(false)} />
    </Stack>
  );
  const add = file.classification !== "discarded" && (
    <Button variant="light" leftSection={<IconUserPlus size={17} />} onClick={() => setAdding(true)}>
      {t("declared.add")}
    </Button>
  );
  if (file.classification !== "confirmed" && list.rows.length === 0 && !list.loading && !filtered) {
    return (
      <>
        {nobodyNote}
        <Empty icon={<IconUsersGroup size={38} stroke={1.3} />} title={t("tracing.notConfirmed")}>
          <p>{t("tracing.notConfirmedLead")}</p>
          {add}
        </Empty>
        {told}
      </>
    );
  }
  return (
    <>
      {nobodyNote}
      <Group justify="flex-end" mb="sm" className="no-print">
        {add}
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("contactLists.takeOutOfCase", { number: file.number })}
            holds={t("contactLists.takeOutOfCaseHolds", { most: mostContacts })}
            take={(unit, format, reason) => takeOutContacts(unit, format, reason, { ...contactFileFilter(asked), case: file.id })}
          />
        )}
      </Group>
      {list.rows.length > 0 && (
        <Timeline candidates={list.rows} window={window} marked={marked} onPick={(id) => setOpen({ id, assigning: false })} />
      )}
      <FilterBar
        onClear={filtered ? () => void navigate({ to: "/cases/$case/candidates", params: { case: file.id }, search: candidateFilter({ sort, order }), replace: true }) : undefined}
      >
        <Choice
          label={t("tracing.level")}
          value={filter.level}
          options={shownLevels.map((value) => ({ value, label: t("common.suspectedLevel", { level: value }) }))}
          onChange={(level) => set({ level })}
        />
        <Choice
          label={t("tracing.statusHead")}
          value={filter.status}
          options={candidateStatuses.map((value) => ({ value, label: t(`tracing.status.${value}`) }))}
          onChange={(status) => set({ status })}
        />
        <SortChoice
          sorts={[
            { sort: "level", label: t("tracing.level") },
            { sort: "risk", label: t("tracing.risk") },
            { sort: "exposure", label: t("tracing.since") },
          ]}
          sorted={sortedBy(filter, candidateSorts)}
          onSort={(by, way) => set({ sort: by, order: way })}
        />
      </FilterBar>
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconUsersGroup size={38} stroke={1.3} />} title={t(filtered ? "tracing.noneFound" : "tracing.none")}>
            {!filtered && t("tracing.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <CandidateTable
            rows={rows}
            followUps={followUps}
            thresholds={ruleSet?.risk}
            stale={list.stale}
            sorting={{ ...sortedBy(filter, candidateSorts), onSort: (head) => set(pressed(filter, head as CandidateSort, candidateSorts)) }}
            onMark={(row) => setMarked(row.id)}
            onOpen={(row) => setOpen({ id: row.id, assigning: false })}
            onAssign={(row) => setOpen({ id: row.id, assigning: true })}
          />
        )}
      </ListFrame>
      <CandidateDrawer
        candidate={open?.id}
        disease={file.disease}
        assigning={open?.assigning ?? false}
        thresholds={ruleSet?.risk}
        onClose={() => setOpen(undefined)}
        onAssigned={nextOpen}
      />
      {told}
    </>
  );
}
