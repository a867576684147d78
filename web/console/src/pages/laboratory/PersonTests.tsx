// Somebody's tests, where the person lives: clinical, so only when asked for; the look is logged with the reason given for the record.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { personTestsQuery } from "../../api/laboratory";
import type { PersonTest } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty, Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { useLanguage, When } from "../../parts/When";

export function PersonTests({ person, reason }: { person: string; reason: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const tests = useQuery({ ...personTestsQuery(person, reason), enabled: asked });
  const columns: Column<PersonTest>[] = [
    { key: "sampled", head: t("laboratory.sampledAt"), lead: true, cell: (row) => <When at={row.sampledAt} /> },
    { key: "disease", head: t("cases.disease"), cell: (row) => row.diseaseName[language] },
    { key: "specimen", head: t("laboratory.specimenHead"), cell: (row) => row.specimenName[language] },
    {
      key: "result",
      head: t("laboratory.result"),
      grow: true,
      cell: (row) => (row.state === "result" && row.method && row.outcome ? `${t(`laboratory.method.${row.method}`)}: ${t(`laboratory.outcome.${row.outcome}`)}${row.lineage ? `, ${row.lineage}` : ""}` : t(`laboratory.own.${row.state}`)),
    },
    { key: "at", head: t("laboratory.testedAt"), cell: (row) => (row.at ? <When at={row.at} /> : "–") },
  ];
  return (
    <Panel
      title={t("laboratory.testsOf")}
      actions={
        !asked && (
          <Button variant="default" onClick={() => setAsked(true)}>
            {t("laboratory.showTests")}
          </Button>
        )
      }
    >
      <ProblemNote error={tests.error} retry={() => void tests.refetch()} />
      {tests.isLoading && <Loading rows={2} />}
      {tests.data?.length === 0 && <Empty bare title={t("laboratory.noTests")} />}
      {tests.data && tests.data.length > 0 && <DataTable rows={tests.data} columns={columns} rowKey={(row) => row.sampledAt + row.specimen + row.disease} caption={t("laboratory.testsOf")} />}
    </Panel>
  );
}
