// Travellers who come to us, handed over by the place where they entered.
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { acknowledgeArrival, comingQuery } from "../../api/arrivals";
import { queryClient } from "../../api/query-client";
import type { Coming } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { Due, When } from "../../parts/When";

export function ComingPage() {
  const { t } = useTranslation();
  const list = useQuery(comingQuery);
  const acknowledge = useMutation({
    mutationFn: acknowledgeArrival,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: comingQuery.queryKey }),
  });
  const columns: Column<Coming>[] = [
    {
      key: "person",
      head: t("arrivals.person"),
      lead: true,
      grow: true,
      cell: (row) => (
        <>
          <strong>{row.person.name}</strong>, {row.person.birthYear}
          {row.note && <div>{row.note}</div>}
        </>
      ),
    },
    { key: "outcome", head: t("arrivals.outcomeHead"), cell: (row) => t(`arrivals.outcome.${row.outcome}`) },
    { key: "from", head: t("arrivals.from"), cell: (row) => row.placeName },
    { key: "at", head: t("arrivals.at"), cell: (row) => <When at={row.at} /> },
    { key: "towards", head: t("arrivals.towards"), cell: (row) => row.towardsName },
    {
      key: "declaration",
      head: t("arrivals.declaration"),
      cell: (row) =>
        row.declaration && (
          <TextLink to="/declarations/$declaration" params={{ declaration: row.declaration }}>
            {t("arrivals.open")}
          </TextLink>
        ),
    },
    {
      key: "acknowledged",
      head: t("arrivals.acknowledged"),
      cell: (row) =>
        row.acknowledgedAt ? (
          <When at={row.acknowledgedAt} />
        ) : (
          <>
            {row.yours ? (
              <Button size="xs" variant="default" loading={acknowledge.isPending} onClick={() => acknowledge.mutate(row.id)}>
                {t("arrivals.acknowledge")}
              </Button>
            ) : (
              <Badge tone="plain">{t("referrals.overview")}</Badge>
            )}
            {row.dueAt && (
              <div>
                {t("arrivals.due")}: <Due at={row.dueAt} />
              </div>
            )}
            {row.overdue && <Badge tone="lacquer">{t("arrivals.overdue")}</Badge>}
            {row.escalated && <Badge tone="lacquer">{t("referrals.escalated", { level: t(`referrals.level.${row.level}`) })}</Badge>}
          </>
        ),
    },
  ];
  return (
    <>
      <PageHead title={t("arrivals.coming")} lead={t("arrivals.comingLead")} back={<TextLink to="/declarations/arrivals">{t("arrivals.title")}</TextLink>} />
      <ProblemNote error={list.error ?? acknowledge.error} retry={() => void list.refetch()} />
      {list.isPending && <Loading />}
      {list.data?.length === 0 && <Empty title={t("arrivals.comingNone")} />}
      {list.data && list.data.length > 0 && <DataTable rows={list.data} columns={columns} rowKey={(row) => row.id} caption={t("arrivals.coming")} />}
      <LoggedNote />
    </>
  );
}
