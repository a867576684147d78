// How many people helpers of the unions helped to install and to declare, as they count themselves.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { helperFiguresQuery } from "../../api/helpers";
import type { HelperFigure } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";

export function HelperFigures({ unit }: { unit: string | undefined }) {
  const { t } = useTranslation();
  const figures = useQuery(helperFiguresQuery(unit));
  const columns: Column<HelperFigure>[] = [
    { key: "organisation", head: t("helpers.organisation"), lead: true, grow: true, cell: (row) => t(`helpers.organisations.${row.organisation}`) },
    { key: "helpers", head: t("helpers.helpers"), align: "right", cell: (row) => row.helpers },
    { key: "installed", head: t("helpers.installed"), align: "right", cell: (row) => row.installed },
    { key: "declared", head: t("helpers.declared"), align: "right", cell: (row) => row.declared },
  ];
  return (
    <Panel title={t("helpers.figures")}>
      <ProblemNote error={figures.error} retry={() => void figures.refetch()} />
      {figures.data?.items.length === 0 && <Empty bare title={t("helpers.figuresNone")} />}
      {figures.data && figures.data.items.length > 0 && (
        <DataTable rows={figures.data.items} columns={columns} rowKey={(row) => row.organisation} caption={t("helpers.figures")} />
      )}
      <p className="quiet">{t("helpers.figuresNote")}</p>
    </Panel>
  );
}
