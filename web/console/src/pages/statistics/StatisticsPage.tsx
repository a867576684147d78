// How places and people take part: by unit or kind of place, a fortnight's curve, and the places that are registered but silent.
import { noon } from "@luytre/shared/time";
import { Button, Group, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { statisticsQuery } from "../../api/statistics";
import type { DutySector, StatisticsRow } from "../../api/types";
import { useOfficer } from "../../api/session";
import { statisticsBy } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { DataTable, type Column } from "../../parts/DataTable";
import { DayField } from "../../parts/DayField";
import { FilterBar } from "../../parts/FilterBar";
import { ButtonLink, TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { usePlaceKindName } from "../../parts/useNames";
import { Day, useLanguage } from "../../parts/When";
import { DenominatorForm, type Entering } from "./DenominatorForm";
import { percent, ranked, rankings, share, type Ranking } from "./figures";
import { HelperFigures } from "./HelperFigures";
import { SilentPlaces } from "./SilentPlaces";
import { TrendCurve } from "./TrendCurve";

const route = getRouteApi("/office/statistics");
const wrapping = { root: { flexWrap: "wrap" } } as const; // on a phone
/** What a table by units says beside the counts of places, and one by organisations. */
const ofUnits: readonly Ranking[] = ["people", "pairs"];

export function StatisticsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const language = useLanguage();
  const kind = usePlaceKindName();
  const session = useOfficer();
  const filter = route.useSearch();
  const table = useQuery(statisticsQuery(filter));
  const [by, setBy] = useState<Ranking>("name");
  const [entering, setEntering] = useState<Entering>();
  const mayEnter = holds(session, "districtOfficer", "provinceOfficer", "commander");
  const offered = rankings.filter((one) => (one === "members" ? filter.by === "organisation" : !ofUnits.includes(one) || !filter.by));
  const fileRank = by === "active" || by === "perActive" || by === "declared" ? `rank=${by}&` : "";
  // A choice above leaves the page where it is: what is read may lie far below.
  const set = (change: Partial<typeof filter>) =>
    void navigate({ to: "/statistics", search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });

  const places = table.data ? ranked(table.data.rows, by) : [];
  const number = new Map(places.map((row, i) => [row, i + 1]));
  const shown = table.data?.by; // the earlier way to divide, as long as its figures stand
  const ofPeople = shown === "sector" || shown === "organisation";
  const heads = { unit: t("common.unit"), kind: t("statistics.kind"), sector: t("duties.sector"), organisation: t("statistics.byOrganisation") };
  const columns: Column<StatisticsRow>[] = [
    ...(by === "name" ? [] : ([{ key: "rank", head: t("statistics.number"), align: "right", cell: (row) => number.get(row) ?? "" }] satisfies Column<StatisticsRow>[])),
    {
      key: "name",
      head: heads[shown ?? "unit"],
      lead: true,
      grow: true,
      cell: (row) =>
        row.kind ? (
          kind(row.kind)
        ) : row.organisation ? (
          <>
            {row.name}
            <br />
            <span className="quiet">{row.unitName}</span>
          </>
        ) : row.sector ? (
          t(`duties.sectors.${row.sector as DutySector}`)
        ) : row.further && row.unit ? (
          <TextLink to="/statistics" search={{ ...filter, unit: row.unit }}>
            {row.name}
          </TextLink>
        ) : (
          row.name || t("common.wholeCountry")
        ),
    },
    { key: "places", head: t("statistics.places"), align: "right", cell: ({ counts }) => counts.places },
    { key: "active", head: t("statistics.active"), align: "right", cell: ({ counts }) => `${counts.active} (${percent(share.active(counts))})` },
    { key: "scans", head: t("statistics.scans"), align: "right", cell: ({ counts }) => counts.scans },
    { key: "per", head: t("statistics.perActive"), align: "right", cell: ({ counts }) => share.perActive(counts)?.toFixed(1) ?? "–" },
    { key: "declared", head: t("statistics.declared"), align: "right", cell: ({ counts }) => declared(counts) },
    ...(ofPeople
      ? ([
          { key: "members", head: t("statistics.members"), align: "right", cell: (row) => row.members ?? "–" },
          { key: "made", head: t("statistics.membersDeclared"), align: "right", cell: (row) => percent(row.members && row.membersDeclared !== undefined ? row.membersDeclared / row.members : undefined) },
          ...(shown === "organisation"
            ? ([{ key: "staff", head: t("statistics.ofStaff"), align: "right", cell: (row) => held(row, "staff", row.memberShare) }] satisfies Column<StatisticsRow>[])
            : []),
        ] satisfies Column<StatisticsRow>[])
      : shown === "kind"
      ? []
      : ([
          { key: "people", head: t("statistics.people"), align: "right", desk: true, cell: (row) => row.people ?? "–" },
          { key: "population", head: t("statistics.ofPopulation"), align: "right", desk: true, cell: (row) => held(row, "population", row.peopleShare) },
          { key: "phones", head: t("statistics.ofPhones"), align: "right", desk: true, cell: (row) => held(row, "smartphones", row.phoneShare) },
          { key: "staff", head: t("statistics.ofStaff"), align: "right", desk: true, cell: (row) => held(row, "staff", row.memberShare) },
          { key: "pairs", head: t("statistics.pairs"), align: "right", desk: true, cell: (row) => held(row, "installs", row.pairCoverage) },
        ] satisfies Column<StatisticsRow>[])),
  ];
  const held = (row: StatisticsRow, measure: string, value: number | undefined) => {
    if (row.organisation && mayEnter)
      return (
        <Button size="compact-xs" variant="subtle" onClick={() => setEntering({ unit: row.unit, organisation: row.organisation, name: row.name })}>
          {row.memberShare === undefined ? t("statistics.noDenominator") : percent(value)}
        </Button>
      );
    const against = row.denominators.find((one) => one.measure === measure);
    if (!against) return <span className="quiet">{t("statistics.noDenominator")}</span>;
    return <span title={`${against.value} · ${against.source} · ${against.asOf}`}>{percent(value)}</span>;
  };
  const declared = (counts: StatisticsRow["counts"]) => (
    <span title={t("statistics.ofPassing", { passing: counts.passing, unproven: counts.passing - counts.scans })}>{percent(share.declared(counts))}</span>
  );
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined) as [string, string][]);

  return (
    <>
      <PageHead title={t("shell.section.statistics")} lead={t("statistics.lead")}>
        {holds(session, "stationOfficer", "districtOfficer", "provinceOfficer") && (
          <ButtonLink to="/statistics/cases" variant="default">
            {t("statistics.cases.title")}
          </ButtonLink>
        )}
        {mayEnter && (
          <Button variant="default" onClick={() => setEntering({ unit: filter.unit ?? table.data?.whole.unit })}>
            {t("statistics.enter")}
          </Button>
        )}
        {mayEnter && (
          <ButtonLink to="/statistics/import" variant="default">
            {t("statistics.list.link")}
          </ButtonLink>
        )}
        {(["xlsx", "csv"] as const).map((format) => (
          <Button key={format} component="a" variant="default" href={`/api/v1/statistics/export?${query}&${fileRank}format=${format}&language=${language}`} download>
            {t(`statistics.export.${format}`)}
          </Button>
        ))}
      </PageHead>
      <FilterBar onClear={query.size > 0 ? () => void navigate({ to: "/statistics", search: {}, replace: true, resetScroll: false }) : undefined}>
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={300} maw="100%" />
        <DayField label={t("statistics.day")} value={filter.day} onChange={(day) => set({ day })} />
        <SegmentedControl
          maw="100%"
          styles={wrapping}
          aria-label={t("statistics.by")}
          value={filter.by ?? "unit"}
          onChange={(value) => set({ by: statisticsBy.find((one) => one === value) })}
          data={[
            { value: "unit", label: t("statistics.byUnit") },
            { value: "kind", label: t("statistics.byKind") },
            { value: "sector", label: t("duties.sector") },
            { value: "organisation", label: t("statistics.byOrganisation") },
          ]}
        />
      </FilterBar>
      {table.error && <ProblemNote error={table.error} retry={() => void table.refetch()} />}
      {table.isPending && <Loading />}
      {table.data && (
        <Panel
          title={
            <>
              {table.data.whole.name || t("common.wholeCountry")} · <Day at={noon(table.data.day)} />
            </>
          }
          actions={
            <Group gap="xs">
              <span>{t("statistics.rank")}</span>
              <SegmentedControl
                maw="100%"
                styles={wrapping}
                size="xs"
                aria-label={t("statistics.rank")}
                value={by}
                onChange={(value) => setBy(offered.find((one) => one === value) ?? "name")}
                data={offered.map((value) => ({ value, label: t(`statistics.ranking.${value}`) }))}
              />
            </Group>
          }
        >
          <DataTable
            rows={[table.data.whole, ...places]}
            columns={columns}
            rowKey={(row) => row.organisation ?? row.sector ?? row.kind ?? (row === table.data.whole ? "whole" : (row.unit ?? ""))}
            caption={t("shell.section.statistics")}
            stale={table.isPlaceholderData}
          />
          {table.data.rows.length === 0 && ofPeople && <p>{t("statistics.noOrganisations")}</p>}
          <p className="quiet">{t("statistics.note")}</p>
        </Panel>
      )}
      <TrendCurve unit={filter.unit} />
      <SilentPlaces unit={filter.unit} />
      <HelperFigures unit={filter.unit} />
      <DenominatorForm entering={entering} onClose={() => setEntering(undefined)} />
    </>
  );
}
