// The lines of a list that were not taken, and what is wrong with each.
import { useTranslation } from "react-i18next";

import { DataTable, type Column } from "./DataTable";

const flawsKnown = ["required", "format", "too_long", "repeated", "encoding", "unknown", "ambiguous", "not_permitted", "range", "team_full", "time_in_future", "time_too_old", "out_before_in", "stay_too_long", "not_in_force", "form_not_in_force", "result_stands", "before_sample"] as const;

interface Line {
  line: number;
  state: string;
  errors: { column: string; code: string }[];
}

interface Props<L> {
  lines: readonly L[];
  /** What the file's columns are called. */
  columns: Readonly<Record<string, string>>;
  /** The column by which whoever made the file knows a line. */
  own: { head: string; of: (line: L) => string | undefined };
}

export function RefusedLines<L extends Line>({ lines, columns, own }: Props<L>) {
  const { t } = useTranslation();
  const refused = lines.filter(({ state }) => state === "refused");
  const shown: Column<L>[] = [
    { key: "line", head: t("placeList.line"), align: "right", lead: true, cell: (row) => row.line },
    { key: "own", head: own.head, cell: (row) => own.of(row) ?? "–" },
    {
      key: "wrong",
      head: t("placeList.wrong"),
      grow: true,
      cell: (row) =>
        row.errors
          .map(({ column, code }) => {
            const flaw = flawsKnown.find((one) => one === code) ?? "format";
            return columns[column] ? `${columns[column]}: ${t(`placeList.flaw.${flaw}`)}` : t("placeList.unreadable");
          })
          .join("; "),
    },
  ];
  if (refused.length === 0) return null;
  return <DataTable rows={refused} columns={shown} rowKey={(row) => String(row.line)} caption={t("placeList.refused")} />;
}
