// Cases by unit over the reforms of the map: the units of those days or today's, as known at a moment, with a curve, as a table, on paper.
import { day, dayAndClock, noon } from "@luytre/shared/time";
import { Button, SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { useOfficer } from "../../api/session";
import { caseReportQuery } from "../../api/statistics";
import type { CaseReport } from "../../api/types";
import { barParts, casesOf, countedAs, reportDays } from "../../logic/case-report";
import { caseReportDays, caseReportFilter, caseReportLevels, caseReportViews } from "../../logic/filters";
import { DataTable, type Column } from "../../parts/DataTable";
import { DayField, MomentField } from "../../parts/DayField";
import { FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { useDiseaseName } from "../../parts/useNames";
import { useLanguage, useNow } from "../../parts/When";
import styles from "./CaseReport.module.css";

const route = getRouteApi("/office/statistics/cases");
const width = 640;
const height = 150;

type Row = CaseReport["rows"][number];

export function CaseReportPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const language = useLanguage();
  const officer = useOfficer();
  const now = useNow();
  const disease = useDiseaseName();
  const filter = route.useSearch();
  const report = useQuery(caseReportQuery(filter));
  const diseases = useQuery(diseasesQuery);
  const set = (change: Partial<typeof filter>) =>
    void navigate({ to: "/statistics/cases", search: caseReportFilter({ ...filter, ...change }), replace: true, resetScroll: false });
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined) as [string, string][]);
  const [cleared, setCleared] = useState(0); // the field of a moment keeps what is half typed
  const seen = report.data;
  const clear = () => {
    setCleared(cleared + 1);
    void navigate({ to: "/statistics/cases", search: {}, replace: true, resetScroll: false });
  };

  const columns: Column<Row>[] = [
    {
      key: "unit",
      head: t("common.unit"),
      lead: true,
      grow: true,
      cell: (row) => (
        <>
          {row.name}
          {row.today.length > 0 && (
            <>
              <br />
              <span className="quiet">{t("statistics.cases.today", { units: row.today.join("; ") })}</span>
            </>
          )}
          {!row.clear && (
            <>
              <br />
              <span className="quiet">
                {t(seen?.view === "then" ? "statistics.cases.unclearThen" : "statistics.cases.unclearNow", {
                  units: row.possible.map((one) => (one.share === undefined ? one.name : t("statistics.cases.withShare", { unit: one.name, share: (100 * one.share).toFixed(0) }))).join("; "),
                })}
              </span>
            </>
          )}
        </>
      ),
    },
    { key: "disease", head: t("cases.disease"), cell: (row) => disease(row.disease) },
    ...countedAs.map((part): Column<Row> => ({ key: part, head: t(`cases.classification.${part}`), align: "right", cell: ({ counts }) => counts[part] })),
    { key: "all", head: t("statistics.cases.all"), align: "right", cell: ({ counts }) => casesOf(counts) },
  ];

  return (
    <>
      <PageHead
        title={t("statistics.cases.title")}
        lead={t("statistics.cases.lead")}
        back={
          <span className="no-print">
            <TextLink to="/statistics">{t("shell.section.statistics")}</TextLink>
          </span>
        }
      >
        {(["xlsx", "csv"] as const).map((format) => (
          <Button key={format} component="a" variant="default" href={`/api/v1/statistics/cases/export?${query}&format=${format}&language=${language}`} download>
            {t(`statistics.export.${format}`)}
          </Button>
        ))}
        <Button leftSection={<IconPrinter size={17} />} onClick={() => window.print()} disabled={!seen}>
          {t("common.print")}
        </Button>
      </PageHead>
      <FilterBar onClear={query.size > 0 ? clear : undefined}>
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={260} maw="100%" />
        <Select
          aria-label={t("cases.disease")}
          placeholder={t("statistics.cases.everyDisease")}
          clearable
          value={filter.disease ?? null}
          onChange={(value) => set({ disease: value ?? undefined })}
          data={(diseases.data?.items ?? []).map((one) => ({ value: one.id, label: one.name[language] }))}
          w={220}
          maw="100%"
        />
        <DayField label={t("statistics.cases.from")} value={filter.from} onChange={(from) => set({ from })} />
        <DayField label={t("statistics.cases.to")} value={filter.to} onChange={(to) => set({ to })} />
        <SegmentedControl
          maw="100%"
          aria-label={t("statistics.cases.view")}
          value={filter.view ?? "now"}
          onChange={(value) => set({ view: caseReportViews.find((one) => one === value) })}
          data={(["now", ...caseReportViews] as const).map((value) => ({ value, label: t(`statistics.cases.views.${value}`) }))}
        />
        <SegmentedControl
          maw="100%"
          aria-label={t("statistics.cases.by")}
          value={filter.counted ?? "onset"}
          onChange={(value) => set({ counted: caseReportDays.find((one) => one === value) })}
          data={(["onset", ...caseReportDays] as const).map((value) => ({ value, label: t(`statistics.cases.days.${value}`) }))}
        />
        <SegmentedControl
          maw="100%"
          aria-label={t("statistics.cases.level")}
          value={filter.level ?? "commune"}
          onChange={(value) => set({ level: caseReportLevels.find((one) => one === value) })}
          data={(["commune", ...caseReportLevels] as const).map((value) => ({ value, label: t(`statistics.cases.levels.${value}`) }))}
        />
        <MomentField key={cleared} label={t("statistics.cases.knownAt")} value={filter.knownAt} onChange={(knownAt) => set({ knownAt })} />
      </FilterBar>
      {report.error && <ProblemNote error={report.error} retry={() => void report.refetch()} />}
      {report.isPending && <Loading />}
      {seen && (
        <>
          <Panel title={seen.name || t("common.wholeCountry")}>
            <p>
              {t("statistics.cases.told", {
                from: day(noon(seen.from), language),
                to: day(noon(seen.to), language),
                by: t(`statistics.cases.days.${seen.day}`),
                view: t(`statistics.cases.views.${seen.view}`),
                at: dayAndClock(seen.knownAt, language),
              })}
            </p>
            <p className="only-print">{t("statistics.cases.printedBy", { name: officer.name, at: dayAndClock(now, language) })}</p>
            <Bars report={seen} />
          </Panel>
          <Panel title={t("statistics.cases.byUnit")}>
            {seen.rows.length === 0 ? (
              <Empty bare title={t("statistics.cases.none")} />
            ) : (
              <DataTable
                rows={seen.rows}
                columns={columns}
                rowKey={(row) => `${row.clear ? "" : "?"}${row.unit} ${row.disease}`}
                caption={t("statistics.cases.byUnit")}
                tone={(row) => (row.clear ? undefined : "alarm")}
                stale={report.isPlaceholderData}
              />
            )}
            <p>
              <b>
                {t("statistics.cases.sum", {
                  count: casesOf(seen.whole),
                  confirmed: seen.whole.confirmed,
                  probable: seen.whole.probable,
                  suspect: seen.whole.suspect,
                  discarded: seen.whole.discarded,
                })}
              </b>
            </p>
            <ul className={styles.notes}>
              <li>{t("statistics.cases.moved", { count: seen.moved })}</li>
              {seen.unclear > 0 && <li>{t("statistics.cases.unclear", { count: seen.unclear })}</li>}
              {seen.withoutDay > 0 && <li>{t("statistics.cases.withoutDay", { count: seen.withoutDay })}</li>}
              <li>{t("statistics.cases.small")}</li>
            </ul>
          </Panel>
        </>
      )}
    </>
  );
}

function Bars({ report }: { report: CaseReport }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const days = reportDays(report);
  const most = Math.max(1, ...days.map((one) => casesOf(one.counts)));
  const step = width / Math.max(1, days.length);
  const from = day(noon(report.from), language);
  const to = day(noon(report.to), language);
  const columns: Column<(typeof days)[number]>[] = [
    { key: "day", head: t("statistics.day"), lead: true, grow: true, cell: (one) => day(noon(one.day), language) },
    ...countedAs.map((part): Column<(typeof days)[number]> => ({ key: part, head: t(`cases.classification.${part}`), align: "right", cell: ({ counts }) => counts[part] })),
  ];
  return (
    <>
      <svg viewBox={`0 0 ${width} ${height + 18}`} width="100%" role="img" aria-label={t("statistics.cases.curve", { from, to, most })}>
        {days.map((one, i) => {
          let top = height;
          return barParts.map((part) => {
            const tall = (one.counts[part] / most) * (height - 4);
            top -= tall;
            return tall > 0 && <rect key={`${one.day}${part}`} className={styles[part]} x={i * step} y={top} width={Math.max(0.6, step - 1)} height={tall} />;
          });
        })}
        <line x1="0" x2={width} y1={height} y2={height} stroke="currentColor" />
        <text x="0" y={height + 14} fontSize="12" fill="currentColor">
          {from}
        </text>
        <text x={width} y={height + 14} fontSize="12" fill="currentColor" textAnchor="end">
          {to}
        </text>
      </svg>
      <ul className={styles.legend}>
        {barParts.map((part) => (
          <li key={part}>
            <svg width="12" height="12" aria-hidden>
              <rect className={styles[part]} width="12" height="12" />
            </svg>{" "}
            {t(`cases.classification.${part}`)}
          </li>
        ))}
      </ul>
      <details className="no-print">
        <summary>{t("statistics.asTable")}</summary>
        <DataTable rows={report.days} columns={columns} rowKey={(one) => one.day} caption={t("statistics.cases.byDay")} still />
      </details>
    </>
  );
}
