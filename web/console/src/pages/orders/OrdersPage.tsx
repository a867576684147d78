// Orders of the own area: what waits for a signature first, the oldest on top; what runs, ends tomorrow, or should have been released.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconBarrierBlock } from "@tabler/icons-react";
import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useOrders } from "../../api/orders";
import type { Order } from "../../api/types";
import { orderFilter, orderViews } from "../../logic/filters";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { LoggedNote } from "../../parts/ReasonDialog";
import { UnitSelect } from "../../parts/UnitSelect";
import { useDiseaseName } from "../../parts/useNames";
import { When } from "../../parts/When";
import { OrderState } from "./OrderState";
import { useTogether } from "./Together";

const route = getRouteApi("/office/orders");

export function OrdersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const disease = useDiseaseName();
  const filter = route.useSearch();
  const view = filter.view ?? "waiting";
  const list = useOrders({ ...filter, view });
  const together = useTogether(view, list.rows);
  const set = (change: Record<string, unknown>) => void navigate({ to: "/orders", search: (before) => orderFilter({ ...before, ...change }), replace: true });
  const columns: Column<Order>[] = [
    ...together.column,
    {
      key: "person",
      head: t("orders.person"),
      lead: true,
      grow: true,
      cell: (row) => (
        <>
          <TextLink to="/orders/$order" params={{ order: row.id }} preload={false}>
            {row.person.name}
          </TextLink>{" "}
          <span className="quiet">{row.person.birthYear || t("people.bornUnknown")}</span>
        </>
      ),
    },
    { key: "kind", head: t("orders.kindHead"), cell: (row) => `${t(`orders.kind.${row.kind}`)} · ${disease(row.disease)}` },
    { key: "state", head: t("orders.stateHead"), cell: (row) => <OrderState of={row} /> },
    { key: "days", head: t("orders.days"), cell: (row) => <span className="number">{`${showDay(row.firstDay)} – ${showDay(row.lastDay)}${row.waitingLastDay ? ` → ${showDay(row.waitingLastDay)}` : ""}`}</span> },
    { key: "place", head: t("orders.placeHead"), cell: (row) => t(`orders.place.${row.placeKind}`) },
    { key: "unit", head: t("common.unit"), cell: (row) => (row.unitToday ? `${row.unitName} (${t("orders.unitToday", { unit: row.unitToday })})` : row.unitName) },
    ...(view === "waiting" ? [{ key: "since", head: t("orders.waitingSince"), cell: (row: Order) => row.waitingSince && <When at={row.waitingSince} /> }] : []),
  ];
  return (
    <>
      <PageHead title={t("shell.section.orders")} lead={t("orders.lead")}>
        <ButtonLink to="/orders/needs" variant="default">
          {t("orders.needs.title")}
        </ButtonLink>
        <ButtonLink to="/orders/sites" variant="default">
          {t("orders.sites.title")}
        </ButtonLink>
      </PageHead>
      <FilterBar onClear={Object.keys(filter).length > 0 ? () => void navigate({ to: "/orders", search: {}, replace: true }) : undefined}>
        <NativeSelect
          aria-label={t("orders.viewHead")}
          value={view}
          onChange={(event) => set({ view: event.currentTarget.value })}
          data={orderViews.map((value) => ({ value, label: t(`orders.view.${value}`) }))}
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
      </FilterBar>
      <LoggedNote>{t("orders.logged")}</LoggedNote>
      {together.panel}
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconBarrierBlock size={38} stroke={1.3} />} title={t(`orders.none.${view}`)}>
            {t("orders.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t(`orders.view.${view}`)}
            tone={(row) => (row.overdue ? "alarm" : undefined)}
            onOpen={(row) => void navigate({ to: "/orders/$order", params: { order: row.id } })}
          />
        )}
      </ListFrame>
    </>
  );
}
