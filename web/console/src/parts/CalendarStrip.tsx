import { VisuallyHidden } from "@mantine/core";
import { day, noon } from "@luytre/shared/time";
import { useTranslation } from "react-i18next";

import type { FollowUp } from "../api/types";
import styles from "./CalendarStrip.module.css";
import { useLanguage } from "./When";

const signs: Record<FollowUp["days"][number]["state"], string> = {
  none: "✓",
  symptoms: "!",
  notReached: "–",
  missed: "×",
  due: "?",
  later: "",
  notNeeded: "",
};

/** The whole follow-up at a glance: a cell a day, its sign beside its colour, a bar below where a sample is asked for, and its words for who does not see it. */
export function CalendarStrip({ of, large }: { of: Pick<FollowUp, "firstDay" | "lastDay" | "days">; large?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const short = (date: string) => day(noon(date), language).slice(0, 5);
  return (
    <ol className={styles.strip} data-large={large || undefined} aria-label={t("followUps.strip", { from: short(of.firstDay), to: short(of.lastDay) })}>
      {of.days.map((one) => {
        const test = one.test ? `; ${t(`followUps.test.${one.test}`)}` : "";
        const words = `${short(one.date)}: ${t(`followUps.day.${one.state}`)}${test}`;
        return (
          <li key={one.date} data-state={one.state} data-test={one.test} title={words}>
            {large && <small aria-hidden>{one.date.slice(8)}</small>}
            <span aria-hidden>{signs[one.state]}</span>
            <VisuallyHidden>{words}</VisuallyHidden>
          </li>
        );
      })}
    </ol>
  );
}
