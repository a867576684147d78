// Travellers who come to us, handed over by the place where they entered, and what came of it.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { acknowledgeArrival, receiveArrival, takeOutComing, useComing } from "../../api/arrivals";
import { queryClient } from "../../api/query-client";
import { useOfficer } from "../../api/session";
import type { Coming, ReferralOutcome } from "../../api/types";
import { arrivalOutcomes, comingFileFilter, comingFilter, comingStates } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { pressed, sortedBy, type Sorts } from "../../logic/sorting";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { OutcomeChoice } from "../../parts/OutcomeChoice";
import { PageHead } from "../../parts/PageHead";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { Due, When } from "../../parts/When";

const route = getRouteApi("/office/declarations/coming");
const sorts: Sorts<"at"> = [["at", "descending"]];
/** The server gives no more in one file (modules/arrivals). */
const most = 5000;
const outcomes = ["reached", "noAnswer", "wrongNumber", "moved", "refused", "notNeeded"] as const satisfies readonly ReferralOutcome[];
const again = () => queryClient.invalidateQueries({ queryKey: ["arrivals", "coming"] });

export function ComingPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const list = useComing(filter);
  const [about, setAbout] = useState<Coming>();
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/declarations/coming", search: (before) => comingFilter({ ...before, ...change }), replace: true });
  const { order, ...asked } = filter;
  const clear = () => void navigate({ to: "/declarations/coming", search: comingFilter({ order }), replace: true });
  const sorted = sortedBy(order ? { order } : {}, sorts);
  const officer = useOfficer();
  const acknowledge = useMutation({ mutationFn: acknowledgeArrival, onSuccess: again });
  const columns: Column<Coming>[] = [
    {
      key: "person",
      head: t("arrivals.person"),
      lead: true,
      grow: true,
      cell: (row) => (
        <>
          <strong>{row.person.name}</strong>, {row.person.birthYear}
          {row.note && <div>{row.note}</div>}
        </>
      ),
    },
    { key: "outcome", head: t("arrivals.outcomeHead"), cell: (row) => t(`arrivals.outcome.${row.outcome}`) },
    { key: "from", head: t("arrivals.from"), cell: (row) => row.placeName },
    { key: "at", sort: "at", head: t("arrivals.at"), cell: (row) => <When at={row.at} /> },
    { key: "towards", head: t("arrivals.towards"), cell: (row) => row.towardsName },
    {
      key: "declaration",
      head: t("arrivals.declaration"),
      cell: (row) =>
        row.declaration && (
          <TextLink to="/declarations/$declaration" params={{ declaration: row.declaration }}>
            {t("arrivals.open")}
          </TextLink>
        ),
    },
    {
      key: "acknowledged",
      head: t("arrivals.acknowledged"),
      cell: (row) =>
        row.acknowledgedAt ? (
          <When at={row.acknowledgedAt} />
        ) : (
          <>
            {row.yours ? (
              <Button size="xs" variant="default" loading={acknowledge.isPending} onClick={() => acknowledge.mutate(row.id)}>
                {t("arrivals.acknowledge")}
              </Button>
            ) : (
              <Badge tone="plain">{t("referrals.overview")}</Badge>
            )}
            {row.dueAt && (
              <div>
                {t("arrivals.due")}: <Due at={row.dueAt} />
              </div>
            )}
            {row.overdue && <Badge tone="lacquer">{t("arrivals.overdue")}</Badge>}
            {row.escalated && <Badge tone="lacquer">{t("referrals.escalated", { level: t(`referrals.level.${row.level}`) })}</Badge>}
          </>
        ),
    },
    {
      key: "result",
      head: t("arrivals.result"),
      cell: (row) => (
        <>
          {row.attempts.map((attempt) => (
            <div key={attempt.at}>
              {t(`referrals.outcome.${attempt.outcome}`)} <When at={attempt.at} />
              {attempt.note && <div className="quiet">{attempt.note}</div>}
            </div>
          ))}
          {row.yours && row.state !== "done" && (
            <Button size="xs" variant="default" onClick={() => setAbout(row)} aria-label={t("arrivals.resultOf", { name: row.person.name })}>
              {t("arrivals.sayResult")}
            </Button>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      <PageHead title={t("arrivals.coming")} lead={t("arrivals.comingLead")} back={<TextLink to="/declarations/arrivals">{t("arrivals.title")}</TextLink>}>
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("arrivals.takeOutTitle")}
            holds={t("arrivals.takeOutHolds", { most })}
            unit={filter.unit}
            take={(unit, format, reason) => takeOutComing(unit, format, reason, comingFileFilter(filter))}
          />
        )}
      </PageHead>
      <FilterBar onClear={Object.keys(asked).length > 0 ? clear : undefined}>
        <Choice
          label={t("arrivals.state.label")}
          value={filter.state}
          options={comingStates.map((value) => ({ value, label: t(`arrivals.state.${value}`) }))}
          onChange={(state) => set({ state })}
        />
        <Choice
          label={t("arrivals.outcomeHead")}
          value={filter.outcome}
          options={arrivalOutcomes.map((value) => ({ value, label: t(`arrivals.outcome.${value}`) }))}
          onChange={(outcome) => set({ outcome })}
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={300} maw="100%" />
        <SortChoice sorts={[{ sort: "at", label: t("arrivals.at") }]} sorted={sorted} onSort={(_, way) => set({ order: way })} />
      </FilterBar>
      <ProblemNote error={acknowledge.error} />
      <ListFrame list={list} empty={<Empty title={t("arrivals.comingNone")} />}>
        {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("arrivals.coming")} sorting={{ ...sorted, onSort: () => set({ order: pressed(order ? { order } : {}, "at", sorts).order }) }} />}
      </ListFrame>
      <LoggedNote />
      <Dialog opened={about !== undefined} onClose={() => setAbout(undefined)} title={about && `${about.person.name}, ${about.person.birthYear}`}>
        {about && <Result key={about.id} of={about} onSaved={() => setAbout(undefined)} />}
      </Dialog>
    </>
  );
}

function Result({ of, onSaved }: { of: Coming; onSaved: () => void }) {
  const { t } = useTranslation();
  const [key] = useState(() => crypto.randomUUID());
  const save = useMutation({
    mutationFn: (said: { outcome: ReferralOutcome; note?: string }) => receiveArrival(of.id, said, `${key}-${said.outcome}`),
    onSuccess: () => {
      say(t("arrivals.resultSaved"));
      onSaved();
      return again();
    },
  });
  return (
    <OutcomeChoice
      room="referrals"
      outcomes={outcomes}
      name={(outcome) => t(`referrals.outcome.${outcome}`)}
      then={(outcome) => t(`arrivals.then.${outcome}`)}
      reasoned={["notNeeded"]}
      busy={save.isPending}
      error={save.error}
      onSave={(said) => save.mutate(said)}
    />
  );
}
