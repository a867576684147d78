// What people under orders ask for and nobody has seen to yet, of the area or of one site: who, where and what. Taken up and settled like any task of a station.
import { Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { needsQuery } from "../../api/needs";
import type { Need } from "../../api/types";
import { needFilter } from "../../logic/filters";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { UnitSelect } from "../../parts/UnitSelect";
import { When } from "../../parts/When";

const route = getRouteApi("/office/orders/needs");

export function NeedsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const { data, error, refetch } = useQuery(needsQuery(filter));
  const columns: Column<Need>[] = [
    { key: "what", head: t("orders.needs.what"), grow: true, cell: (row) => [t(`orders.needs.kind.${row.kind}`), row.words].filter(Boolean).join(": ") },
    { key: "person", head: t("orders.person"), lead: true, cell: (row) => <>{row.person.name} <span className="quiet">{row.person.phoneMasked}</span></> },
    {
      key: "where",
      head: t("orders.needs.where"),
      grow: true,
      cell: (row) => [row.address, row.room && t("orders.sites.bedOf", { room: row.room, bed: row.bed }), row.unitName].filter(Boolean).join(", "),
    },
    { key: "at", head: t("orders.needs.asked"), cell: (row) => <><When at={row.at} /> <span className="quiet">{t(`orders.needs.via.${row.via}`)}{row.askedBy && ` · ${row.askedBy}`}</span></> },
    {
      key: "state",
      head: t("orders.stateHead"),
      cell: (row) => (
        <>
          <Badge tone={row.state === "open" ? "turmeric" : "bamboo"}>{t(`orders.needs.state.${row.state}`)}</Badge> {row.told?.escalated && <Badge tone="lacquer">{t("orders.needs.escalated")}</Badge>}{" "}
          {row.told && (
            <TextLink to="/referrals/$referral" params={{ referral: row.told.id }} preload={false}>
              {t("orders.needs.see")}
            </TextLink>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      <PageHead title={t("orders.needs.title")} back={<TextLink to="/orders">{t("shell.section.orders")}</TextLink>} lead={t("orders.needs.lead")} />
      <Group mb="md">
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => void navigate({ to: "/orders/needs", search: needFilter({ ...filter, unit }), replace: true })} w={210} maw="100%" />
      </Group>
      <LoggedNote>{t("orders.logged")}</LoggedNote>
      {barring({ data, error }) ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.items.length === 0 ? (
        <Empty title={t("orders.needs.none")} />
      ) : (
        <DataTable rows={data.items} columns={columns} rowKey={(row) => row.id} caption={t("orders.needs.title")} />
      )}
    </>
  );
}
