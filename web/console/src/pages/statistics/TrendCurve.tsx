// A fortnight of scans and active places, drawn, and the same as a table for who cannot see it.
import { noon } from "@luytre/shared/time";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { trendQuery } from "../../api/statistics";
import { DataTable, type Column } from "../../parts/DataTable";
import { Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import type { TrendDay } from "../../api/types";
import { Day, useLanguage } from "../../parts/When";
import { percent, share } from "./figures";

const width = 640;
const height = 120;

/** Points of a line through the values, the largest at the top. */
const points = (values: readonly number[]): string => {
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, values.length - 1);
  return values.map((value, i) => `${(i * step).toFixed(1)},${(height - 4 - (value / most) * (height - 8)).toFixed(1)}`).join(" ");
};

export function TrendCurve({ unit }: { unit: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const trend = useQuery(trendQuery(unit));
  const days = trend.data?.days ?? [];
  const columns: Column<TrendDay>[] = [
    { key: "day", head: t("statistics.day"), lead: true, grow: true, cell: ({ day }) => <Day at={noon(day)} /> },
    { key: "active", head: t("statistics.active"), align: "right", cell: ({ counts }) => counts.active },
    { key: "scans", head: t("statistics.scans"), align: "right", cell: ({ counts }) => counts.scans },
    { key: "declared", head: t("statistics.declared"), align: "right", cell: ({ counts }) => percent(share.declared(counts)) },
  ];
  return (
    <Panel
      title={t("statistics.trend")}
      actions={
        <Button component="a" variant="default" size="xs" href={`/api/v1/statistics/trend/export?${unit ? `unit=${unit}&` : ""}format=xlsx&language=${language}`} download>
          {t("statistics.trendOut")}
        </Button>
      }
    >
      {trend.error && <ProblemNote error={trend.error} retry={() => void trend.refetch()} />}
      {trend.isPending && <Loading rows={3} />}
      {trend.data && !trend.data.whole && <p role="status">{t("statistics.counting")}</p>}
      {trend.data?.whole && (
        <>
          <svg viewBox={`0 0 ${width} ${height}`} width="100%" role="img" aria-label={t("statistics.curve")}>
            <polyline points={points(days.map(({ counts }) => counts.scans))} fill="none" stroke="currentColor" strokeWidth="2" />
            <polyline points={points(days.map(({ counts }) => counts.active))} fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="5 4" />
          </svg>
          <p className="quiet">{t("statistics.legend")}</p>
          <details>
            <summary>{t("statistics.asTable")}</summary>
            <DataTable rows={days} columns={columns} rowKey={({ day }) => day} caption={t("statistics.trend")} />
          </details>
        </>
      )}
    </Panel>
  );
}
