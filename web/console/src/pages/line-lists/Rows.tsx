// Rows of a list as they were read, and what is wrong with them.
import { useTranslation } from "react-i18next";

import type { LineListRow } from "../../api/types";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { useDiseaseName } from "../../parts/useNames";

interface Props {
  rows: readonly LineListRow[];
  caption: string;
  onOpen?: (row: LineListRow) => void;
}

export function Rows({ rows, caption, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const disease = useDiseaseName();
  // The server may know more reasons than this page was built with; those stand by their code.
  const words = (flaw: LineListRow["flaws"][number]) => {
    const field = `lineLists.field.${flaw.column}`;
    const code = `lineLists.flaw.${flaw.code}`;
    const said = i18n.exists(code) ? String(t(code as never)) : flaw.code;
    return flaw.column && i18n.exists(field) ? `${String(t(field as never))}: ${said}` : said;
  };
  const columns: Column<LineListRow>[] = [
    { key: "line", head: t("lineLists.line"), align: "right", lead: true, cell: (row) => row.line },
    { key: "state", head: t("lineLists.state"), cell: (row) => t(`lineLists.rowState.${row.state}`) },
    { key: "id", head: t("lineLists.id"), cell: (row) => row.external },
    {
      key: "person",
      head: t("lineLists.person"),
      cell: (row) =>
        row.person && (
          <>
            {row.person.name} <span className="quiet">{row.person.birthDate ? showDay(row.person.birthDate) : row.person.birthYear || t("people.bornUnknown")}</span>
          </>
        ),
    },
    { key: "disease", head: t("lineLists.disease"), cell: (row) => row.disease && `${disease(row.disease)}, ${t(`cases.classification.${row.classification}`)}` },
    { key: "onset", head: t("lineLists.onset"), cell: (row) => row.onset && showDay(row.onset) },
    { key: "why", head: t("lineLists.reasons"), grow: true, cell: (row) => row.flaws.map(words).join("; ") },
    {
      key: "case",
      head: t("lineLists.case"),
      cell: (row) =>
        row.case && (
          <TextLink to="/cases/$case" params={{ case: row.case }}>
            {t("lineLists.open")}
          </TextLink>
        ),
    },
  ];
  return <DataTable rows={rows} columns={columns} rowKey={(row) => String(row.line)} caption={caption} {...(onOpen ? { onOpen } : {})} />;
}
