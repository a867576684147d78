// Whom police or military tracers were asked to find, and what they answered: what is overdue first.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { searchesQuery, withdrawSearch } from "../../api/searches";
import type { GivenSearch } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitName, When } from "../../parts/When";
import { GiveSearch } from "./GiveSearch";

export function SearchesPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const list = useQuery(searchesQuery);
  const [giving, setGiving] = useState(false);
  const withdrawing = useMutation({
    mutationFn: withdrawSearch,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["searches"] });
      say(t("searches.withdrawn"));
    },
  });
  const columns: Column<GivenSearch>[] = [
    { key: "name", head: t("searches.person"), lead: true, grow: true, cell: (row) => row.person.name },
    { key: "unit", head: t("searches.unit"), cell: (row) => <UnitName path={row.unitName} /> },
    { key: "ask", head: t("searches.ask"), cell: (row) => row.ask },
    { key: "by", head: t("searches.by"), cell: (row) => row.givenBy },
    { key: "due", head: t("searches.due"), cell: (row) => <When at={row.dueAt} /> },
    {
      key: "state",
      head: t("searches.state"),
      cell: (row) => (
        <>
          {t(`searches.states.${row.state}`)} {row.overdue && <Badge tone="lacquer">{t("searches.overdue")}</Badge>}
          {row.metAt && (
            <div className="quiet">
              {row.answeredBy} · <When at={row.metAt} />
            </div>
          )}
        </>
      ),
    },
    { key: "words", head: t("searches.answer"), cell: (row) => row.words ?? "" },
    {
      key: "withdraw",
      head: t("searches.withdraw"),
      silent: true,
      cell: (row) =>
        row.state === "open" && (
          <Button size="xs" variant="default" aria-label={`${t("searches.withdraw")}: ${row.person.name}`} onClick={() => withdrawing.mutate(row.id)} loading={withdrawing.isPending && withdrawing.variables === row.id}>
            {t("searches.withdraw")}
          </Button>
        ),
    },
  ];
  return (
    <>
      <PageHead title={t("searches.title")} lead={t("searches.lead")}>
        <Button onClick={() => setGiving(true)}>{t("searches.give")}</Button>
      </PageHead>
      <ProblemNote error={list.error ?? withdrawing.error} />
      {list.isLoading && <Loading />}
      {list.data && (
        <Panel>
          {list.data.length === 0 ? (
            <Empty bare title={t("searches.none")} />
          ) : (
            <DataTable rows={list.data} columns={columns} rowKey={(row) => row.id} caption={t("searches.title")} tone={(row) => (row.state === "withdrawn" ? "faded" : undefined)} />
          )}
        </Panel>
      )}
      <GiveSearch opened={giving} onClose={() => setGiving(false)} />
    </>
  );
}
