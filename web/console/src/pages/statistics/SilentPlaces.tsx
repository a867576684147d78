// Places that are registered and open but were not scanned for some days: to be visited.
import { noon } from "@luytre/shared/time";
import { Button, Group, Select } from "@mantine/core";
import { IconBuildingStore } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useStatisticsPlaces } from "../../api/statistics";
import type { StatisticsPlace } from "../../api/types";
import { useOfficer } from "../../api/session";
import { mayOpen } from "../../logic/navigation";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { useStayPut } from "../../parts/stayPut";
import { usePlaceKindName } from "../../parts/useNames";
import { Day, useLanguage } from "../../parts/When";

export function SilentPlaces({ unit }: { unit: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = usePlaceKindName();
  const opens = mayOpen(useOfficer(), "places");
  const [days, setDays] = useState("7");
  // Figures above come late and make the page another height: whoever is choosing keeps the list before them.
  const field = useRef<HTMLInputElement>(null);
  const [choosing, setChoosing] = useState(false);
  useStayPut(field, choosing);
  const list = useStatisticsPlaces({ silentDays: Number(days), ...(unit ? { unit } : {}) });
  const columns: Column<StatisticsPlace>[] = [
    {
      key: "name",
      head: t("places.name"),
      lead: true,
      grow: true,
      cell: (row) =>
        opens ? (
          <TextLink to="/places/$place" params={{ place: row.place }}>
            {row.name}
          </TextLink>
        ) : (
          row.name
        ),
    },
    { key: "kind", head: t("places.kind"), cell: (row) => kind(row.kind) },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    { key: "since", head: t("statistics.registered"), cell: (row) => <Day at={noon(row.registered)} /> },
    { key: "last", head: t("statistics.lastScan"), cell: (row) => (row.lastScan ? <Day at={noon(row.lastScan)} /> : t("statistics.never")) },
    ...(opens
      ? [
          {
            key: "inspect",
            head: t("inspections.title"),
            cell: (row: StatisticsPlace) => (
              <TextLink to="/places/$place/inspect" params={{ place: row.place }} className="nowrap">
                {t("inspections.new")}
              </TextLink>
            ),
          },
        ]
      : []),
  ];
  return (
    <Panel
      title={t("statistics.silent")}
      actions={
        <Group gap="xs">
        <Select
          ref={field}
          onDropdownOpen={() => setChoosing(true)}
          onDropdownClose={() => setChoosing(false)}
          comboboxProps={{ hideDetached: false }}
          aria-label={t("statistics.silentFor")}
          data={["3", "7", "14", "27"].map((value) => ({ value, label: t("statistics.silentDays", { days: value }) }))}
          value={days}
          onChange={(value) => setDays(value ?? "7")}
          allowDeselect={false}
          size="xs"
        />
        <Button component="a" variant="default" size="xs" href={`/api/v1/statistics/places/export?silentDays=${days}&${unit ? `unit=${unit}&` : ""}format=xlsx&language=${language}`} download>
          {t("statistics.silentOut")}
        </Button>
        </Group>
      }
    >
      <ListFrame
        list={list}
        empty={<Empty bare icon={<IconBuildingStore size={38} stroke={1.3} />} title={t("statistics.silentNone")} />}
      >
        {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.place} caption={t("statistics.silent")} stale={list.stale} />}
      </ListFrame>
    </Panel>
  );
}
