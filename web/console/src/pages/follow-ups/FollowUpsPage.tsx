// Contacts who wait for today's answer or an older one: silent longest first, fresh without a reload, the same on a phone and on a desk.
import { Checkbox, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconCalendarHeart, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { giveFollowUps, takeOutFollowUps, takeOutTransfers, useArriving, useFollowUps } from "../../api/follow-ups";
import { useOfficer } from "../../api/session";
import { followedClasses, followUpFileFilter, followUpSearch, followUpSorts } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { sortedBy, type Sorts } from "../../logic/sorting";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { Give, TeamFilter } from "../../parts/Give";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { ButtonLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { UnitSelect } from "../../parts/UnitSelect";
import { useLanguage } from "../../parts/When";
import { ArrivingList, FollowUpList } from "./FollowUpList";
import styles from "./FollowUpsPage.module.css";
import { TakeAlong, WaitingVisits } from "./Round";

const route = getRouteApi("/office/follow-ups");
/** The server gives no more in one file (modules/followup). */
const mostFollowUps = 5000;
const arrivingSorts: Sorts<"asked"> = [["asked", "ascending"]];
const switches = ["escalated", "yours", "offered", "toSample", "mine", "nobodys"] as const;
/** What does not narrow the list of those to be sampled. */
const unsaid = { escalated: undefined, yours: undefined, offered: undefined };
const besides = new Set<string>(Object.keys(unsaid));
const names = { escalated: "followUps.onlyEscalated", yours: "followUps.onlyYours", offered: "followUps.onlyOffered", toSample: "followUps.onlyToSample", mine: "tasks.onlyMine", nobodys: "staff.onlyNobodys" } as const;

export function FollowUpsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { arriving: turned, ...filter } = route.useSearch();
  const list = useFollowUps(filter);
  const officer = useOfficer();
  const language = useLanguage();
  const diseases = useQuery(diseasesQuery).data?.items ?? [];
  const arriving = useArriving({ unit: filter.unit, yours: filter.yours, ...(turned ? { order: turned } : {}) });
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/follow-ups", search: (before) => followUpSearch({ ...before, ...change }), replace: true });
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const mark = (id: string, on: boolean) => setMarked((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  const open = list.rows.filter((row) => row.state === "open");
  const chosen = open.filter((row) => marked.has(row.id)); // what has left the list is not given
  const { sort, order, ...asked } = filter;
  const filtered = Object.keys(asked).length > 0;
  // Lists of their own, not of who waits for today's visit.
  const apart = filter.offered === true || filter.toSample === true;
  return (
    <>
      <PageHead title={t("shell.section.followUps")} lead={t("followUps.lead")}>
        {!apart && (
          <ButtonLink to="/follow-ups/print" search={filter} preload={false} variant="default" leftSection={<IconPrinter size={17} />}>
            {t("tasks.print")}
          </ButtonLink>
        )}
        <TakeAlong filter={filter} disabled={apart} />
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("followUps.takeOutTitle")}
            holds={t("followUps.takeOutHolds", { most: mostFollowUps })}
            unit={filter.unit}
            // A file of the unit's: not of one team's or one officer's.
            disabled={filter.toSample === true || filter.mine === true || filter.yours === true || filter.team !== undefined}
            take={(unit, format, reason) => takeOutFollowUps(unit, format, reason, followUpFileFilter(filter))}
          />
        )}
      </PageHead>
      <WaitingVisits />
      <FilterBar onClear={filtered ? () => void navigate({ to: "/follow-ups", search: followUpSearch({ sort, order, arriving: turned }), replace: true }) : undefined}>
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
        {switches.map((one) => (
          <Checkbox key={one} label={t(names[one])} checked={filter[one] ?? false} disabled={filter.toSample === true && besides.has(one)} onChange={(event) => set({ ...(one === "toSample" ? unsaid : {}), [one]: event.currentTarget.checked })} />
        ))}
        <TeamFilter team={filter.team} onChange={(team) => set({ team })} />
        <Choice
          label={t("contactLists.class")}
          value={filter.class}
          options={followedClasses.map((value) => ({ value, label: value }))}
          onChange={(of) => set({ class: of })}
        />
        <Select
          aria-label={t("cases.disease")}
          placeholder={t("cases.anyDisease")}
          data={diseases.map((one) => ({ value: one.id, label: one.name[language] }))}
          value={filter.disease ?? null}
          onChange={(disease) => set({ disease: disease ?? undefined })}
          searchable
          clearable
          w={190}
          maw="100%"
        />
        <SortChoice
          headless
          sorts={[
            { sort: "waiting", label: t("followUps.silentSince") },
            { sort: "lastDay", label: t("followUps.lastDay") },
          ]}
          sorted={sortedBy(filter, followUpSorts)}
          onSort={(by, way) => set({ sort: by, order: way })}
        />
      </FilterBar>
      <div className={styles.note}>
        <LoggedNote>{t("followUps.logged")}</LoggedNote>
      </div>
      {arriving.rows.length > 0 && (
        <section className={styles.arriving} aria-labelledby="arriving">
          <div className={styles.give}>
            <h2 id="arriving">{t("followUps.transfer.arriving")}</h2>
            <SortChoice headless sorts={[{ sort: "asked", label: t("followUps.transfer.askedAt") }]} sorted={sortedBy(turned ? { order: turned } : {}, arrivingSorts)} onSort={(_, way) => set({ arriving: way })} />
            {holds(officer, "districtOfficer", "provinceOfficer") && (
              <TakeOut
                title={t("followUps.transfer.takeOutTitle")}
                holds={t("followUps.transfer.takeOutHolds", { most: mostFollowUps })}
                unit={filter.unit}
                take={(unit, format, reason) => takeOutTransfers(unit, format, reason, filter.yours)}
              />
            )}
          </div>
          <ListFrame list={arriving} empty={null} count={false}>
            {(rows) => <ArrivingList rows={rows} />}
          </ListFrame>
        </section>
      )}
      {open.length > 0 && (
        <div className={styles.give}>
          <Checkbox
            label={t("followUps.markAll")}
            checked={chosen.length === open.length}
            indeterminate={chosen.length > 0 && chosen.length < open.length}
            onChange={(event) => setMarked(new Set(event.currentTarget.checked ? open.map((row) => row.id) : []))}
          />
          <Give room="follow-ups" chosen={chosen} give={giveFollowUps} onGiven={() => setMarked(new Set())} />
        </div>
      )}
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconCalendarHeart size={38} stroke={1.3} />} title={t(filtered ? "followUps.noneFound" : "followUps.none")}>
            {!filtered && t("followUps.noneLead")}
          </Empty>
        }
      >
        {(rows) => <FollowUpList rows={rows} marking={{ marked, mark }} />}
      </ListFrame>
    </>
  );
}
