import { Checkbox } from "@mantine/core";
import { day, localDate, noon } from "@luytre/shared/time";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { FollowUp } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { CalendarStrip } from "../../parts/CalendarStrip";
import { Whose } from "../../parts/Give";
import { useMarkedRow } from "../../parts/useMarkedRow";
import { useDiseaseName } from "../../parts/useNames";
import { useLanguage, useNow } from "../../parts/When";
import styles from "./FollowUpsPage.module.css";

/** Where it stands: silent or answered, how far up it went, and what was found. */
export function Standing({ of }: { of: FollowUp }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = localDate(useNow());
  const since = of.waitingSince;
  const silent = since !== undefined && since < today;
  const answered = of.days.some((one) => one.date === today && (one.state === "none" || one.state === "symptoms"));
  return (
    <>
      {of.state !== "open" ? (
        <Badge tone="plain">{t(`followUps.state.${of.state}`)}</Badge>
      ) : silent ? (
        <Badge tone="turmeric">{t("followUps.waitingSince", { day: day(noon(since), language).slice(0, 5) })}</Badge>
      ) : since === undefined ? (
        <Badge tone="bamboo">{t(answered ? "followUps.answered" : "followUps.state.open")}</Badge>
      ) : (
        <Badge tone="indigo">{t("followUps.dueToday")}</Badge>
      )}
      {of.transfer && <Badge tone="turmeric">{t("followUps.transfer.towards", { unit: of.transfer.toName })}</Badge>}
      {of.offered && <Badge tone="lacquer">{t("followUps.symptomsFound")}</Badge>}
      {of.state === "open" && of.escalated && <Badge tone="lacquer">{t("followUps.escalated", { level: t(`referrals.level.${of.level}`) })}</Badge>}
      {of.state === "open" && !of.yours && <Badge tone="plain">{t("followUps.overview")}</Badge>}
      {of.missed > 0 && <small>{t("followUps.missed", { count: of.missed })}</small>}
    </>
  );
}

interface Marking {
  marked: ReadonlySet<string>;
  mark: (followUp: string, on: boolean) => void;
}

export function FollowUpList({ rows, marking }: { rows: readonly FollowUp[]; marking: Marking }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const today = localDate(useNow());
  const list = useRef<HTMLUListElement>(null);
  const { marked, index } = useMarkedRow({
    rows,
    rowKey: (row) => row.id,
    onOpen: (row) => void navigate({ to: "/follow-ups/$followUp", params: { followUp: row.id } }),
    keys: [{ keys: "x", says: t("staff.markKey"), run: (row) => marking.mark(row.id, !marking.marked.has(row.id)) }],
  });
  useEffect(() => {
    if (index >= 0) list.current?.querySelector("[data-marked]")?.scrollIntoView({ block: "nearest" });
  }, [index]);
  return (
    <ul ref={list} className={styles.list}>
      {rows.map((row) => (
        <li key={row.id} data-marked={row.id === marked || undefined} data-late={(row.waitingSince !== undefined && row.waitingSince < today) || undefined} className={styles.markable}>
          <Checkbox
            size="md"
            className={styles.mark}
            aria-label={t("followUps.mark", { name: row.person.name })}
            checked={marking.marked.has(row.id)}
            onChange={(event) => marking.mark(row.id, event.currentTarget.checked)}
          />
          <Row of={row} />
        </li>
      ))}
    </ul>
  );
}

/** A short list above the other, which has the keys. */
export function ArrivingList({ rows }: { rows: readonly FollowUp[] }) {
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.id} data-late={row.transfer?.escalated || undefined}>
          <Row of={row} />
        </li>
      ))}
    </ul>
  );
}

function Row({ of }: { of: FollowUp }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const disease = useDiseaseName();
  return (
    <div className={styles.row}>
      <span className={styles.person}>
        <Link to="/follow-ups/$followUp" params={{ followUp: of.id }} preload={false}>
          {of.person.name}
        </Link>{" "}
        <span>{of.person.birthYear || t("people.bornUnknown")}</span>
        <small>
          {disease(of.disease)} · {of.unitName}
        </small>
      </span>
      <span className={styles.state}>
        <Standing of={of} />
        <Whose of={of} />
      </span>
      <span className={styles.days}>
        <CalendarStrip of={of} />
        <small>{t("followUps.until", { day: day(noon(of.lastDay), language).slice(0, 5) })}</small>
      </span>
    </div>
  );
}
