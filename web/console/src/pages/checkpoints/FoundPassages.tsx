import { useTranslation } from "react-i18next";

import type { Passage } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { Panel } from "../../parts/Panel";
import { LoggedNote } from "../../parts/ReasonDialog";
import { When } from "../../parts/When";

export function FoundPassages({ of, passages }: { of: string; passages: readonly Passage[] }) {
  const { t } = useTranslation();
  const columns: Column<Passage>[] = [
    { key: "at", head: t("checkpoints.at"), lead: true, cell: (row) => <When at={row.at} /> },
    { key: "place", head: t("checkpoints.name"), cell: (row) => row.placeName },
    { key: "direction", head: t("checkpoints.directionHead"), cell: (row) => t(`checkpoints.direction.${row.direction}`) },
    {
      key: "decision",
      head: t("checkpoints.decisionHead"),
      cell: (row) => (
        <>
          {t(`checkpoints.decision.${row.decision}`)}
          {row.why && `: ${row.note ?? t(`checkpoints.why.${row.why}`)}`}
        </>
      ),
    },
    { key: "guard", head: t("checkpoints.guard"), cell: (row) => row.guard },
    {
      key: "who",
      head: t("checkpoints.who"),
      grow: true,
      cell: (row) => (
        <>
          {row.occupants.map((one, i) => (
            <div key={i}>
              {one.name ?? one.phone ?? t("checkpoints.unnamed", { count: one.people })} ({t(`checkpoints.how.${one.how}`)})
              {one.name && one.phone && ` · ${one.phone}`}
              {one.papers.length > 0 && ` · ${one.papers.join(", ")}`}
            </div>
          ))}
        </>
      ),
    },
  ];
  return (
    <Panel title={t("checkpoints.found", { of })}>
      {passages.length === 0 ? <p>{t("checkpoints.foundNone")}</p> : <DataTable rows={passages} columns={columns} rowKey={(row) => row.id} caption={t("checkpoints.found", { of })} />}
      <LoggedNote>{t("checkpoints.logged")}</LoggedNote>
    </Panel>
  );
}
