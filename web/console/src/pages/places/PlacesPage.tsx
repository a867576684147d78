import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconBuildingStore } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { placeKindsQuery, takeOutPlaces, usePlaces } from "../../api/places";
import { useOfficer } from "../../api/session";
import type { PlaceBrief } from "../../api/types";
import { placeFilter, placeStatuses } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { sortedBy, type Sorts } from "../../logic/sorting";
import { DataTable, type Column } from "../../parts/DataTable";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { SearchBox } from "../../parts/SearchBox";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { UnitSelect } from "../../parts/UnitSelect";
import { usePlaceKindName } from "../../parts/useNames";
import { UnitName, useLanguage } from "../../parts/When";
import { PlaceStatus } from "./PlaceStatus";

const route = getRouteApi("/office/places");
const sorts: Sorts<"registered"> = [["registered", "descending"]];
/** The server gives no more in one file (platform/identity/list_file.h). */
const mostPlaces = 5000;

export function PlacesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const kind = usePlaceKindName();
  const filter = route.useSearch();
  const list = usePlaces(filter);
  const officer = useOfficer();
  const language = useLanguage();
  const kinds = useQuery(placeKindsQuery).data?.items ?? [];
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/places", search: (before) => placeFilter({ ...before, ...change }), replace: true });
  const { order, ...narrowed } = filter;
  const filtered = Object.keys(narrowed).length > 0;

  const columns: Column<PlaceBrief>[] = [
    {
      key: "name",
      head: t("places.name"),
      lead: true,
      grow: true,
      cell: (place) => (
        <TextLink to="/places/$place" params={{ place: place.id }} fw={600} c="var(--ink)" underline="hover">
          {place.name}
        </TextLink>
      ),
    },
    { key: "kind", head: t("places.kind"), cell: (place) => <span className="nowrap">{kind(place.kind)}</span> },
    { key: "unit", head: t("common.unit"), cell: (place) => <UnitName path={place.unitPath} /> },
    { key: "status", head: t("places.statusHead"), cell: (place) => <PlaceStatus of={place.status} /> },
  ];

  return (
    <>
      <PageHead title={t("shell.section.places")} lead={t("places.lead")}>
        <TextLink to="/checkpoints">{t("checkpoints.title")}</TextLink>
        <TextLink to="/places/inspections">{t("inspections.dueTitle")}</TextLink>
        <TextLink to="/places/duplicates">{t("duplicates.title")}</TextLink>
        <TextLink to="/places/import">{t("placeList.title")}</TextLink>
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("places.takeOutTitle")}
            holds={t("places.takeOutHolds", { most: mostPlaces })}
            unit={filter.unit}
            // What was typed narrows the list alone.
            disabled={filter.q !== undefined}
            take={(unit, format, reason) => takeOutPlaces(unit, format, reason, filter)}
          />
        )}
      </PageHead>
      <FilterBar onClear={filtered ? () => void navigate({ to: "/places", search: placeFilter({ order }), replace: true }) : undefined}>
        <SearchBox value={filter.q ?? ""} onSearch={(q) => set({ q: q || undefined })} label={t("places.search")} />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={300} maw="100%" />
        <Select
          aria-label={t("places.kind")}
          placeholder={t("places.anyKind")}
          data={kinds.map((one) => ({ value: one.kind, label: one.title[language] }))}
          value={filter.kind ?? null}
          onChange={(of) => set({ kind: of ?? undefined })}
          searchable
          clearable
          w={190}
          maw="100%"
        />
        <Choice
          label={t("places.statusHead")}
          value={filter.status}
          options={placeStatuses.map((value) => ({ value, label: t(`places.status.${value}`) }))}
          onChange={(status) => set({ status })}
        />
        <SortChoice headless sorts={[{ sort: "registered", label: t("places.registeredAt") }]} sorted={sortedBy(order ? { order } : {}, sorts)} onSort={(_, way) => set({ order: way })} />
      </FilterBar>
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconBuildingStore size={38} stroke={1.3} />} title={t(filtered ? "places.noneFound" : "places.none")}>
            {!filtered && t("places.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(place) => place.id}
            caption={t("shell.section.places")}
            onOpen={(place) => void navigate({ to: "/places/$place", params: { place: place.id } })}
            stale={list.stale}
          />
        )}
      </ListFrame>
    </>
  );
}
