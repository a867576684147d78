// Concentrated sites and hotels: whose they are, how full, and how many leave tomorrow.
import { Button, Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconBed } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useOfficer } from "../../api/session";
import { sitesQuery, takeOutSites } from "../../api/sites";
import type { SiteBrief } from "../../api/types";
import { siteFilter, siteKinds, siteOwners } from "../../logic/filters";
import { holds, mayOpen } from "../../logic/navigation";
import { filteredSites, siteSorts, sortedSites, type SiteSort } from "../../logic/sites";
import { pressed, sortedBy } from "../../logic/sorting";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { SearchBox } from "../../parts/SearchBox";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { NewSiteDialog } from "./NewSiteDialog";

const route = getRouteApi("/office/orders/sites");
/** The server gives no more in one file (modules/quarantine). */
const mostSites = 2000;

export function SitesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const filter = route.useSearch();
  const { sort, order, ...asked } = filter;
  const filtered = Object.keys(asked).length > 0;
  const sorted = sortedBy(filter, siteSorts);
  const set = (change: Record<string, unknown>) => void navigate({ to: "/orders/sites", search: (before) => siteFilter({ ...before, ...change }), replace: true });
  const session = useOfficer();
  const officer = mayOpen(session, "orders"); // else somebody who keeps sites
  const { data, error, refetch } = useQuery(sitesQuery);
  const columns: Column<SiteBrief>[] = [
    {
      key: "name",
      head: t("orders.sites.name"),
      sort: "name",
      lead: true,
      grow: true,
      cell: (row) => (
        <TextLink to="/orders/sites/$site" params={{ site: row.id }} preload={false}>
          {row.name}
        </TextLink>
      ),
    },
    { key: "kind", head: t("orders.sites.kind"), cell: (row) => t(`orders.place.${row.kind}`) },
    { key: "owner", head: t("orders.sites.owner"), cell: (row) => t(`orders.sites.owners.${row.owner}`) },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    { key: "taken", head: t("orders.sites.taken"), align: "right", cell: (row) => <span className="number">{`${row.taken} / ${row.beds}`}</span> },
    { key: "free", head: t("orders.sites.free"), sort: "free", align: "right", cell: (row) => <span className="number">{row.beds - row.taken}</span> },
    { key: "uncalled", head: t("orders.sites.uncalled"), align: "right", cell: (row) => (row.uncalled > 0 ? <Badge tone="turmeric">{row.uncalled}</Badge> : <span className="number">0</span>) },
    { key: "leaving", head: t("orders.sites.leaving"), sort: "leaving", align: "right", cell: (row) => <span className="number">{row.leaving}</span> },
  ];
  const sortChoice = <SortChoice sorts={siteSorts.map(([by]) => ({ sort: by, label: t(`orders.sites.${by}`) }))} sorted={sorted} onSort={(by, way) => set({ sort: by, order: way })} />;
  const shown = data && sortedSites(filteredSites(data, asked), sorted);
  return (
    <>
      <PageHead title={t("orders.sites.title")} back={officer && <TextLink to="/orders">{t("shell.section.orders")}</TextLink>} lead={t(officer ? "orders.sites.lead" : "orders.sites.keptLead")}>
        {holds(session, "districtOfficer", "provinceOfficer") && <TakeOut title={t("orders.sites.takeOutTitle")} holds={t("orders.sites.takeOutHolds", { most: mostSites })} take={takeOutSites} />}
        {officer && <Button onClick={() => setAdding(true)}>{t("orders.sites.add")}</Button>}
      </PageHead>
      <NewSiteDialog opened={adding} onClose={() => setAdding(false)} />
      {officer ? (
        <FilterBar onClear={filtered ? () => void navigate({ to: "/orders/sites", search: { ...(sort ? { sort } : {}), ...(order ? { order } : {}) }, replace: true }) : undefined}>
          <SearchBox value={filter.q ?? ""} onSearch={(q) => set({ q })} label={t("orders.sites.name")} width={220} />
          <Choice
            label={t("orders.sites.kind")}
            value={filter.kind}
            options={siteKinds.map((value) => ({ value, label: t(`orders.place.${value}`) }))}
            onChange={(kind) => set({ kind })}
          />
          <Choice
            label={t("orders.sites.owner")}
            value={filter.owner}
            options={siteOwners.map((value) => ({ value, label: t(`orders.sites.owners.${value}`) }))}
            onChange={(owner) => set({ owner })}
          />
          <Checkbox label={t("orders.sites.onlyFree")} checked={filter.free ?? false} onChange={(event) => set({ free: event.currentTarget.checked })} />
          {sortChoice}
        </FilterBar>
      ) : (
        sortChoice // who keeps sites has a few of them
      )}
      {barring({ data, error }) ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : !data || !shown ? (
        <Loading />
      ) : data.length === 0 ? (
        <Empty icon={<IconBed size={38} stroke={1.3} />} title={t("orders.sites.none")}>
          {t(officer ? "orders.sites.noneLead" : "orders.sites.noneKept")}
        </Empty>
      ) : shown.length === 0 ? (
        <Empty icon={<IconBed size={38} stroke={1.3} />} title={t("common.nothingFound")} />
      ) : (
        <DataTable
          rows={shown}
          columns={columns}
          rowKey={(row) => row.id}
          caption={t("orders.sites.title")}
          sorting={{ ...sorted, onSort: (head) => set(pressed(filter, head as SiteSort, siteSorts)) }}
          onOpen={(row) => void navigate({ to: "/orders/sites/$site", params: { site: row.id } })}
        />
      )}
    </>
  );
}
