// Rows of a list as they were read, and what is wrong with them.
import { useTranslation } from "react-i18next";

import type { LineListAbout } from "../../api/line-lists";
import type { LineListRow } from "../../api/types";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { When } from "../../parts/When";
import { useDiseaseName } from "../../parts/useNames";

interface Props {
  about: LineListAbout;
  rows: readonly LineListRow[];
  caption: string;
  onOpen?: (row: LineListRow) => void;
}

export function Rows({ about, rows, caption, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const disease = useDiseaseName();
  // The server may know more reasons than this page was built with; those stand by their code.
  const words = (flaw: LineListRow["flaws"][number]) => {
    const field = `lineLists.field.${flaw.column}`;
    const code = `lineLists.flaw.${flaw.code}`;
    const said = i18n.exists(code) ? String(t(code as never)) : flaw.code;
    return flaw.column && i18n.exists(field) ? `${String(t(field as never))}: ${said}` : said;
  };
  const contacts = about === "contacts";
  const of: Column<LineListRow>[] = contacts
    ? [
        { key: "source", head: t("lineLists.field.source"), cell: (row) => row.contact?.source },
        { key: "day", head: t("lineLists.contactOn"), cell: (row) => (row.contact?.day ? showDay(row.contact.day) : row.contact?.from && <When at={row.contact.from} />) },
        { key: "relation", head: t("lineLists.field.relation"), cell: (row) => row.contact?.relation },
      ]
    : [
        { key: "disease", head: t("lineLists.disease"), cell: (row) => row.disease && `${disease(row.disease)}, ${t(`cases.classification.${row.classification}`)}` },
        { key: "onset", head: t("lineLists.onset"), cell: (row) => row.onset && showDay(row.onset) },
      ];
  const columns: Column<LineListRow>[] = [
    { key: "line", head: t("lineLists.line"), align: "right", lead: true, cell: (row) => row.line },
    { key: "state", head: t("lineLists.state"), cell: (row) => t(contacts && row.state === "taken" ? "lineLists.newContact" : `lineLists.rowState.${row.state}`) },
    { key: "id", head: t("lineLists.id"), cell: (row) => row.external },
    {
      key: "person",
      head: t(contacts ? "lineLists.contact" : "lineLists.person"),
      cell: (row) =>
        row.person && (
          <>
            {row.person.name} <span className="quiet">{row.person.birthDate ? showDay(row.person.birthDate) : row.person.birthYear || t("people.bornUnknown")}</span>
          </>
        ),
    },
    ...of,
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
