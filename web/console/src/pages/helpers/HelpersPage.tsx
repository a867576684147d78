// Who helps people to install and declare: named by phone, for a unit, until a day. Helpers see nobody's data.
import { noon } from "@luytre/shared/time";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { endHelper, helpersQuery } from "../../api/helpers";
import type { Helper } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { Day } from "../../parts/When";
import { NameHelper } from "./NameHelper";

export function HelpersPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const list = useQuery(helpersQuery);
  const [naming, setNaming] = useState(false);
  const ending = useMutation({
    mutationFn: endHelper,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["helpers"] });
      say(t("helpers.ended"));
    },
  });
  const columns: Column<Helper>[] = [
    { key: "name", head: t("helpers.fullName"), lead: true, grow: true, cell: (row) => row.name },
    { key: "organisation", head: t("helpers.organisation"), cell: (row) => t(`helpers.organisations.${row.organisation}`) },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    { key: "first", head: t("helpers.firstDay"), cell: (row) => <Day at={noon(row.firstDay)} /> },
    { key: "last", head: t("helpers.lastDay"), cell: (row) => <Day at={noon(row.lastDay)} /> },
    { key: "installed", head: t("helpers.installed"), align: "right", cell: (row) => row.installed },
    { key: "declared", head: t("helpers.declared"), align: "right", cell: (row) => row.declared },
    {
      key: "end",
      head: t("helpers.end"),
      silent: true,
      cell: (row) =>
        row.ended ? (
          <span className="quiet">{t("helpers.over")}</span>
        ) : (
          <Button size="xs" variant="default" aria-label={`${t("helpers.end")}: ${row.name}`} onClick={() => ending.mutate(row.id)} loading={ending.isPending && ending.variables === row.id}>
            {t("helpers.end")}
          </Button>
        ),
    },
  ];
  return (
    <>
      <PageHead title={t("helpers.title")} lead={t("helpers.lead")} back={<TextLink to="/people">{t("shell.section.people")}</TextLink>}>
        <Button onClick={() => setNaming(true)}>{t("helpers.name")}</Button>
      </PageHead>
      <ProblemNote error={list.error ?? ending.error} />
      {list.isLoading && <Loading />}
      {list.data && (
        <Panel>
          {list.data.length === 0 ? (
            <Empty bare title={t("helpers.none")} />
          ) : (
            <DataTable rows={list.data} columns={columns} rowKey={(row) => row.id} caption={t("helpers.title")} tone={(row) => (row.ended ? "faded" : undefined)} />
          )}
        </Panel>
      )}
      <NameHelper opened={naming} onClose={() => setNaming(false)} />
    </>
  );
}
