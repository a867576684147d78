// Orders of the own area: what waits for a signature first, the oldest on top; what runs, ends tomorrow, or should have been released.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconBarrierBlock } from "@tabler/icons-react";
import { NativeSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { takeOutOrders, useOrders } from "../../api/orders";
import { useOfficer } from "../../api/session";
import type { Order } from "../../api/types";
import { orderFileFilter, orderFilter, orderKinds, orderPlaces, orderSortsOf, orderViews } from "../../logic/filters";
import { showDay } from "../../logic/moments";
import { holds } from "../../logic/navigation";
import { sortedBy } from "../../logic/sorting";
import { DataTable, type Column } from "../../parts/DataTable";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SearchBox } from "../../parts/SearchBox";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { UnitSelect } from "../../parts/UnitSelect";
import { useDiseaseName } from "../../parts/useNames";
import { useLanguage, When } from "../../parts/When";
import { OrderState } from "./OrderState";
import { useTogether } from "./Together";

const route = getRouteApi("/office/orders");
/** The server gives no more in one file (modules/quarantine). */
const mostOrders = 5000;

export function OrdersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const disease = useDiseaseName();
  const filter = route.useSearch();
  const language = useLanguage();
  const officer = useOfficer();
  const diseases = useQuery(diseasesQuery).data?.items ?? [];
  const view = filter.view ?? "waiting";
  const list = useOrders({ ...filter, view });
  const sorts = orderSortsOf(view);
  const moment = view === "waiting" || view === "ended" ? view : "signed"; // what the view can be sorted by, besides the last day
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
    {
      key: "moment",
      head: t(`orders.sort.${moment}`),
      cell: (row) => {
        const at = { waiting: row.waitingSince, signed: row.signedAt, ended: row.ended }[moment];
        return at && <When at={at} />;
      },
    },
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
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("orders.takeOutTitle")}
            holds={t("orders.takeOutHolds", { most: mostOrders })}
            unit={filter.unit}
            disabled={filter.q !== undefined}
            take={(unit, format, reason) => takeOutOrders(unit, format, reason, orderFileFilter(filter))}
          />
        )}
      </PageHead>
      <FilterBar onClear={Object.keys(filter).length > 0 ? () => void navigate({ to: "/orders", search: {}, replace: true }) : undefined}>
        <NativeSelect
          aria-label={t("orders.viewHead")}
          value={view}
          onChange={(event) => set({ view: event.currentTarget.value, q: undefined })}
          data={orderViews.map((value) => ({ value, label: t(`orders.view.${value}`) }))}
        />
        <SearchBox value={filter.q ?? ""} onSearch={(q) => set({ q })} label={t("orders.searchNumber")} placeholder="LTQ-…" width={190} />
        <Choice
          label={t("orders.kindHead")}
          value={filter.kind}
          options={orderKinds.map((value) => ({ value, label: t(`orders.kind.${value}`) }))}
          onChange={(kind) => set({ kind, q: undefined })}
        />
        <Choice
          label={t("orders.placeHead")}
          value={filter.place}
          options={orderPlaces.map((value) => ({ value, label: t(`orders.place.${value}`) }))}
          onChange={(place) => set({ place, q: undefined })}
        />
        <Select
          aria-label={t("cases.disease")}
          placeholder={t("cases.anyDisease")}
          data={diseases.map((one) => ({ value: one.id, label: one.name[language] }))}
          value={filter.disease ?? null}
          onChange={(disease) => set({ disease: disease ?? undefined, q: undefined })}
          searchable
          clearable
          w={190}
          maw="100%"
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit, q: undefined })} w={210} maw="100%" />
        <SortChoice
          headless
          sorts={sorts.map(([sort]) => ({ sort, label: t(`orders.sort.${sort}`) }))}
          sorted={sortedBy(filter, sorts)}
          onSort={(sort, order) => set({ sort, order })}
        />
      </FilterBar>
      <LoggedNote>{t("orders.logged")}</LoggedNote>
      {together.panel}
      <ListFrame
        list={list}
        empty={
          filter.q ? (
            <Empty icon={<IconBarrierBlock size={38} stroke={1.3} />} title={t("common.nothingFound")} />
          ) : (
            <Empty icon={<IconBarrierBlock size={38} stroke={1.3} />} title={t(`orders.none.${view}`)}>
              {t("orders.noneLead")}
            </Empty>
          )
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={filter.q ? t("orders.searchNumber") : t(`orders.view.${view}`)}
            tone={(row) => (row.overdue ? "alarm" : undefined)}
            stale={list.stale}
            onOpen={(row) => void navigate({ to: "/orders/$order", params: { order: row.id } })}
          />
        )}
      </ListFrame>
    </>
  );
}
