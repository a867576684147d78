import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Referral } from "../../api/types";
import { isOverdue } from "../../logic/tasks";
import { Badge, ColourBadge } from "../../parts/Badges";
import { useMarkedRow } from "../../parts/useMarkedRow";
import { Due, useLanguage, useNow } from "../../parts/When";
import styles from "./ReferralsPage.module.css";

const stateTone = { open: "turmeric", acknowledged: "indigo", done: "bamboo", withdrawn: "plain" } as const;

/** Where it stands: taken or not, and how far up it went. */
export function Standing({ referral }: { referral: Referral }) {
  const { t } = useTranslation();
  const ended = referral.state === "done" || referral.state === "withdrawn";
  return (
    <>
      <Badge tone={stateTone[referral.state]}>{t(`referrals.state.${referral.state}`)}</Badge>
      {!ended && referral.escalated && <Badge tone="lacquer">{t("referrals.escalated", { level: t(`referrals.level.${referral.level}`) })}</Badge>}
      {!ended && !referral.yours && <Badge tone="plain">{t("referrals.overview")}</Badge>}
      {referral.attempts > 0 && <small>{t("referrals.attempts", { count: referral.attempts })}</small>}
    </>
  );
}

const ours = ["checkpoint-isolate", "checkpoint-test", "missed-window", "difference-referred", "check-missed", "check-call", "check-away", "check-symptoms", "site-absent", "order-need"] as const;

/** A reason as its rule set has it; of checkpoints, of silence and of orders, in our words. */
export function useReasonText() {
  const { t } = useTranslation();
  const language = useLanguage();
  return ({ code, text }: Referral["reasons"][number]): string => {
    const own = ours.find((one) => one === code);
    return own ? t(`referrals.reason.${own}`) : (text[language] ?? code);
  };
}

interface Props {
  rows: readonly Referral[];
  onTake: (row: Referral) => void;
}

export function ReferralList({ rows, onTake }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const now = useNow();
  const list = useRef<HTMLUListElement>(null);
  const open = (row: Referral) => void navigate({ to: "/referrals/$referral", params: { referral: row.id } });
  const { marked, index } = useMarkedRow({
    rows,
    rowKey: (row) => row.id,
    onOpen: open,
    keys: [
      { keys: "n", says: t("referrals.takeKey"), run: (row) => row.yours && row.state === "open" && onTake(row) },
      { keys: "e", says: t("referrals.outcomeKey"), run: open },
    ],
  });
  useEffect(() => {
    if (index >= 0) list.current?.querySelector("[data-marked]")?.scrollIntoView({ block: "nearest" });
  }, [index]);
  return (
    <ul ref={list} className={styles.list}>
      {rows.map((row) => (
        <li key={row.id} data-marked={row.id === marked || undefined} data-late={isOverdue(row, now) || undefined}>
          <Row referral={row} />
        </li>
      ))}
    </ul>
  );
}

function Row({ referral }: { referral: Referral }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  const ended = referral.state === "done" || referral.state === "withdrawn";
  return (
    <Link to="/referrals/$referral" params={{ referral: referral.id }} preload={false} className={styles.row}>
      <span className={styles.colour}>{referral.colour && <ColourBadge of={referral.colour} />}</span>
      <span className={styles.person}>
        <b>{referral.person?.name ?? referral.claimed ?? t("referrals.nameless")}</b>{" "}
        <span>{referral.person ? referral.person.birthYear : t("referrals.claimed")}</span>
        <small>
          {t(`referrals.station.${referral.station}`)}: {referral.unitName}
        </small>
      </span>
      <span className={styles.why}>{referral.reasons.map(reasonText).join(" ")}</span>
      <span className={styles.state}>
        <Standing referral={referral} />
      </span>
      <span className={styles.due}>{!ended && <Due at={referral.dueAt} />}</span>
    </Link>
  );
}
