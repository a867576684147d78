// Red and yellow declarations of the own area, newest first: whom the station should call. Everybody shown finds it in the own access log.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconClipboardHeart, IconUserSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { takeOutDeclarations, useDeclarations } from "../../api/declarations";
import { placeQuery } from "../../api/places";
import type { LastSearch } from "../../api/reasons";
import { useOfficer } from "../../api/session";
import type { Flagged } from "../../api/types";
import { declarationColours, declarationFilter } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { parsePersonQuery } from "../../logic/person-query";
import { sortedBy, type Sorts } from "../../logic/sorting";
import { ColourBadge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { DayField } from "../../parts/DayField";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { PersonSearch } from "../../parts/PersonSearch";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { UnitSelect } from "../../parts/UnitSelect";
import { useFormName } from "../../parts/useNames";
import { useNow, When } from "../../parts/When";
import styles from "./DeclarationsPage.module.css";

const nobody: LastSearch = { typed: "", reason: "" };
const route = getRouteApi("/office/declarations");
const sorts: Sorts<"received"> = [["received", "descending"]];
/** The server gives no more in one file (platform/identity/list_file.h). */
const mostDeclarations = 5000;

export function DeclarationsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const officer = useOfficer();
  const now = useNow();
  const filter = route.useSearch();
  const [looking, setLooking] = useState(false);
  const [asked, setAsked] = useState<LastSearch>(nobody);
  const find = parsePersonQuery(asked.typed);
  const list = useDeclarations(filter, find && { ...find, reason: asked.reason });
  const place = useQuery({ ...placeQuery(filter.place ?? ""), enabled: filter.place !== undefined });
  const form = useFormName();
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/declarations", search: (before) => declarationFilter({ ...before, ...change }), replace: true });
  const { order, ...narrowed } = filter;
  const filtered = Object.keys(narrowed).length > 0 || find !== undefined;
  const clear = () => {
    setLooking(false);
    setAsked(nobody);
    void navigate({ to: "/declarations", search: declarationFilter({ order }), replace: true });
  };
  const over = (row: Flagged) => Date.parse(row.validUntil) < now;

  const columns: Column<Flagged>[] = [
    {
      key: "person",
      head: t("people.name"),
      lead: true,
      cell: (row) => (
        <TextLink to="/declarations/$declaration" params={{ declaration: row.id }} fw={600} c="var(--ink)" underline="hover">
          {row.person.name} <span className="quiet">{row.person.birthYear || t("people.bornUnknown")}</span>
        </TextLink>
      ),
    },
    {
      key: "result",
      head: t("declarations.result"),
      cell: (row) => (
        <>
          <ColourBadge of={row.colour} /> {row.replaced && <span className="quiet">{t("declarations.replaced")}</span>}
        </>
      ),
    },
    { key: "form", head: t("declarations.form"), grow: true, cell: (row) => form(row.form) },
    { key: "unit", head: t("people.residence"), cell: (row) => row.unitName },
    { key: "at", head: t("declarations.at"), cell: (row) => <When at={row.at} /> },
    {
      key: "until",
      head: t("declarations.until"),
      cell: (row) => (over(row) ? <span className="quiet">{t("declarations.over")}</span> : <When at={row.validUntil} />),
    },
  ];

  return (
    <>
      <PageHead title={t("shell.section.declarations")} lead={t("declarations.lead")}>
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("declarations.takeOutTitle")}
            holds={t("declarations.takeOutHolds", { most: mostDeclarations })}
            unit={filter.unit}
            disabled={find !== undefined}
            take={(unit, format, reason) => takeOutDeclarations(unit, format, reason, filter)}
          />
        )}
        <ButtonLink to="/declarations/arrivals" variant="default">
          {t("arrivals.title")}
        </ButtonLink>
        <ButtonLink to="/declarations/duties" variant="default">
          {t("duties.title")}
        </ButtonLink>
        <ButtonLink to="/declarations/teams" variant="default">
          {t("teams.title")}
        </ButtonLink>
        <ButtonLink to="/declarations/import" variant="default">
          {t("foreign.title")}
        </ButtonLink>
        <ButtonLink to="/declarations/trips" variant="default">
          {t("trips.title")}
        </ButtonLink>
      </PageHead>
      <FilterBar onClear={filtered ? clear : undefined}>
        <Choice
          label={t("declarations.result")}
          value={filter.colour}
          options={declarationColours.map((value) => ({ value, label: t(`declarations.colour.${value}`) }))}
          onChange={(colour) => set({ colour })}
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={300} maw="100%" />
        <div className={styles.days}>
          <DayField label={t("declarations.from")} value={filter.from} onChange={(from) => set({ from })} />
          <DayField label={t("declarations.to")} value={filter.to} onChange={(to) => set({ to })} />
        </div>
        <SortChoice headless sorts={[{ sort: "received", label: t("declarations.received") }]} sorted={sortedBy({ order }, sorts)} onSort={(_, way) => set({ order: way })} />
        {filter.place && (
          <span>
            {t("declarations.place")}: <b>{place.data?.name ?? "…"}</b>
          </span>
        )}
        <Button variant="default" leftSection={<IconUserSearch size={17} />} aria-expanded={looking} onClick={() => setLooking(!looking)}>
          {t("declarations.somebody")}
        </Button>
      </FilterBar>
      {looking && <PersonSearch begun={asked} busy={list.stale} onAsk={setAsked} />}
      <div className={styles.note}>
        <LoggedNote>{t("declarations.logged")}</LoggedNote>
      </div>
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconClipboardHeart size={38} stroke={1.3} />} title={t(filtered ? "declarations.noneFound" : "declarations.none")}>
            {!filtered && t("declarations.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("shell.section.declarations")}
            tone={(row) => (over(row) ? "faded" : undefined)}
            onOpen={(row) => void navigate({ to: "/declarations/$declaration", params: { declaration: row.id } })}
            stale={list.stale}
          />
        )}
      </ListFrame>
    </>
  );
}
