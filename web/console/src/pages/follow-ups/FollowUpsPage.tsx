// Contacts who wait for today's answer or an older one: silent longest first, fresh without a reload, the same on a phone and on a desk.
import { Checkbox } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconCalendarHeart } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { giveFollowUps, useArriving, useFollowUps } from "../../api/follow-ups";
import { followUpFilter } from "../../logic/filters";
import { FilterBar } from "../../parts/FilterBar";
import { Give, TeamFilter } from "../../parts/Give";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { LoggedNote } from "../../parts/ReasonDialog";
import { UnitSelect } from "../../parts/UnitSelect";
import { ArrivingList, FollowUpList } from "./FollowUpList";
import styles from "./FollowUpsPage.module.css";

const route = getRouteApi("/office/follow-ups");
const switches = ["escalated", "yours", "offered", "mine", "nobodys"] as const;
const names = { escalated: "followUps.onlyEscalated", yours: "followUps.onlyYours", offered: "followUps.onlyOffered", mine: "tasks.onlyMine", nobodys: "staff.onlyNobodys" } as const;

export function FollowUpsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const list = useFollowUps(filter);
  const arriving = useArriving({ unit: filter.unit, yours: filter.yours });
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/follow-ups", search: (before) => followUpFilter({ ...before, ...change }), replace: true });
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const mark = (id: string, on: boolean) => setMarked((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  const open = list.rows.filter((row) => row.state === "open");
  const chosen = open.filter((row) => marked.has(row.id)); // what has left the list is not given
  const filtered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHead title={t("shell.section.followUps")} lead={t("followUps.lead")} />
      <FilterBar onClear={filtered ? () => void navigate({ to: "/follow-ups", search: {}, replace: true }) : undefined}>
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
        {switches.map((one) => (
          <Checkbox key={one} label={t(names[one])} checked={filter[one] ?? false} onChange={(event) => set({ [one]: event.currentTarget.checked })} />
        ))}
        <TeamFilter team={filter.team} onChange={(team) => set({ team })} />
      </FilterBar>
      <div className={styles.note}>
        <LoggedNote>{t("followUps.logged")}</LoggedNote>
      </div>
      {arriving.rows.length > 0 && (
        <section className={styles.arriving} aria-labelledby="arriving">
          <h2 id="arriving">{t("followUps.transfer.arriving")}</h2>
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
