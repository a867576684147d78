// What people under orders ask for and nobody has seen to yet, of the area or of one site: who, where and what. Taken up and settled like any task of a station.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { takeOutNeeds, useNeeds } from "../../api/needs";
import { useOfficer } from "../../api/session";
import type { Need } from "../../api/types";
import { needFileFilter, needFilter, needKinds, needStates } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { pressed, sortedBy, type Sorts } from "../../logic/sorting";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { UnitSelect } from "../../parts/UnitSelect";
import { When } from "../../parts/When";

const route = getRouteApi("/office/orders/needs");
/** The server gives no more in one file (modules/quarantine). */
const mostNeeds = 1000;
const sorts: Sorts<"asked"> = [["asked", "ascending"]];

export function NeedsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const officer = useOfficer();
  const filter = route.useSearch();
  const { order, ...asked } = filter;
  const list = useNeeds(filter);
  const sorted = sortedBy({ order }, sorts);
  const filtered = Object.keys(asked).length > 0;
  const show = (search: object) => void navigate({ to: "/orders/needs", search: needFilter({ ...search }), replace: true });
  const set = (change: object) => show({ ...filter, ...change });
  const columns: Column<Need>[] = [
    { key: "what", head: t("orders.needs.what"), grow: true, cell: (row) => [t(`orders.needs.kind.${row.kind}`), row.words].filter(Boolean).join(": ") },
    { key: "person", head: t("orders.person"), lead: true, cell: (row) => <>{row.person.name} <span className="quiet">{row.person.phoneMasked}</span></> },
    {
      key: "where",
      head: t("orders.needs.where"),
      grow: true,
      cell: (row) => [row.address, row.room && t("orders.sites.bedOf", { room: row.room, bed: row.bed }), row.unitName].filter(Boolean).join(", "),
    },
    { key: "at", head: t("orders.needs.asked"), sort: "asked", cell: (row) => <><When at={row.at} /> <span className="quiet">{t(`orders.needs.via.${row.via}`)}{row.askedBy && ` · ${row.askedBy}`}</span></> },
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
      <PageHead title={t("orders.needs.title")} back={<TextLink to="/orders">{t("shell.section.orders")}</TextLink>} lead={t("orders.needs.lead")}>
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("orders.needs.takeOutTitle")}
            holds={t("orders.needs.takeOutHolds", { most: mostNeeds })}
            unit={filter.unit}
            disabled={filter.site !== undefined}
            take={(unit, format, reason) => takeOutNeeds(unit, format, reason, needFileFilter(filter))}
          />
        )}
      </PageHead>
      <FilterBar onClear={filtered ? () => show({ order }) : undefined}>
        <Choice
          label={t("orders.needs.what")}
          value={filter.kind}
          options={needKinds.map((value) => ({ value, label: t(`orders.needs.kind.${value}`) }))}
          onChange={(kind) => set({ kind })}
        />
        <Choice
          label={t("orders.stateHead")}
          value={filter.state}
          options={needStates.map((value) => ({ value, label: t(`orders.needs.state.${value}`) }))}
          onChange={(state) => set({ state })}
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
        <SortChoice sorts={[{ sort: "asked", label: t("orders.needs.asked") }]} sorted={sorted} onSort={(_, way) => set({ order: way })} />
      </FilterBar>
      <LoggedNote>{t("orders.logged")}</LoggedNote>
      <ListFrame list={list} empty={<Empty title={t(filtered ? "orders.needs.noneFound" : "orders.needs.none")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("orders.needs.title")}
            stale={list.stale}
            sorting={{ ...sorted, onSort: () => set({ order: pressed(sorted, "asked", sorts).order }) }}
          />
        )}
      </ListFrame>
    </>
  );
}
