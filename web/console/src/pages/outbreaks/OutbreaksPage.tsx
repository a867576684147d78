// Outbreaks of the own area, open and over.
import { Button } from "@mantine/core";
import { IconPlus, IconTopologyStar3 } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useOutbreaks } from "../../api/outbreaks";
import type { Outbreak } from "../../api/types";
import { caseStatuses, outbreakFilter } from "../../logic/filters";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { useShortcuts } from "../../parts/Shortcuts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useDiseaseName } from "../../parts/useNames";
import { NewOutbreak } from "./NewOutbreak";
import { OutbreakState } from "./OutbreakState";

const route = getRouteApi("/office/outbreaks");

export function OutbreaksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const list = useOutbreaks(filter);
  const disease = useDiseaseName();
  const [opening, setOpening] = useState(false);
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/outbreaks", search: (before) => outbreakFilter({ ...before, ...change }), replace: true });
  const filtered = Object.keys(filter).length > 0;
  useShortcuts([{ keys: "n", says: t("outbreaks.new"), run: () => setOpening(true) }]);

  const columns: Column<Outbreak>[] = [
    {
      key: "name",
      head: t("outbreaks.name"),
      lead: true,
      grow: true,
      cell: (one) => (
        <TextLink to="/outbreaks/$outbreak" params={{ outbreak: one.id }} fw={600} c="var(--ink)" underline="hover">
          {one.name}
        </TextLink>
      ),
    },
    { key: "state", head: t("outbreaks.state"), cell: (one) => <OutbreakState of={one} /> },
    { key: "disease", head: t("cases.disease"), cell: (one) => disease(one.disease) },
    { key: "unit", head: t("outbreaks.unit"), cell: (one) => one.unitName },
    { key: "cases", head: t("outbreaks.cases"), align: "right", cell: (one) => one.cases },
    { key: "last", head: t("outbreaks.lastDay"), cell: (one) => one.lastDay && <span className="number">{showDay(one.lastDay)}</span> },
    { key: "charge", head: t("outbreaks.inCharge"), desk: true, grow: true, cell: (one) => one.inCharge.map((officer) => officer.name).join(", ") },
  ];

  return (
    <>
      <PageHead title={t("shell.section.outbreaks")} lead={t("outbreaks.lead")}>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpening(true)}>
          {t("outbreaks.new")}
        </Button>
      </PageHead>
      <FilterBar onClear={filtered ? () => void navigate({ to: "/outbreaks", search: {}, replace: true }) : undefined}>
        <Choice
          label={t("outbreaks.state")}
          value={filter.status}
          options={caseStatuses.map((value) => ({ value, label: t(`outbreaks.status.${value}`) }))}
          onChange={(status) => set({ status })}
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={240} maw="100%" />
      </FilterBar>
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconTopologyStar3 size={38} stroke={1.3} />} title={t(filtered ? "outbreaks.noneFound" : "outbreaks.none")}>
            {!filtered && t("outbreaks.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(one) => one.id}
            caption={t("shell.section.outbreaks")}
            onOpen={(one) => void navigate({ to: "/outbreaks/$outbreak", params: { outbreak: one.id } })}
            tone={(one) => (one.status === "closed" ? "faded" : undefined)}
            stale={list.stale}
          />
        )}
      </ListFrame>
      <Dialog opened={opening} onClose={() => setOpening(false)} title={t("outbreaks.new")}>
        <NewOutbreak onClose={() => setOpening(false)} onOpened={(made) => void navigate({ to: "/outbreaks/$outbreak", params: { outbreak: made.id } })} />
      </Dialog>
    </>
  );
}
