import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconBuildingStore } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { usePlaces } from "../../api/places";
import type { PlaceBrief } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { SearchBox } from "../../parts/SearchBox";
import { UnitSelect } from "../../parts/UnitSelect";
import { usePlaceKindName } from "../../parts/useNames";
import { UnitName } from "../../parts/When";
import { PlaceStatus } from "./PlaceStatus";

const route = getRouteApi("/office/places");

export function PlacesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const kind = usePlaceKindName();
  const filter = route.useSearch();
  const list = usePlaces(filter);
  const set = (change: Partial<typeof filter>) =>
    void navigate({ to: "/places", search: (before) => ({ ...before, ...change }), replace: true });
  const filtered = filter.q !== undefined || filter.unit !== undefined;

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
      </PageHead>
      <FilterBar onClear={filtered ? () => void navigate({ to: "/places", search: {}, replace: true }) : undefined}>
        <SearchBox value={filter.q ?? ""} onSearch={(q) => set({ q: q || undefined })} label={t("places.search")} />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={300} maw="100%" />
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
