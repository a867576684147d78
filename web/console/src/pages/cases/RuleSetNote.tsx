import { useTranslation } from "react-i18next";

import type { RuleSet } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Panel } from "../../parts/Panel";
import { useLanguage } from "../../parts/When";
import styles from "./RuleSetNote.module.css";

const levels = (of: readonly number[]) => of.map((level) => `F${level}`).join(", ");

/** The rule set that decided, in sentences: what it says, since when, on which document. */
export function RuleSetNote({ ruleSet }: { ruleSet: RuleSet }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { daysBeforeOnset, daysBeforeSample, daysAfterOnset } = ruleSet.window;
  const minutes = Math.round(ruleSet.minOverlapSeconds / 60);
  return (
    <Panel title={t("ruleSet.title")}>
      <p className={styles.name}>
        <b>{ruleSet.title[language]}</b>
        <span>
          {ruleSet.basis} ·{" "}
          {ruleSet.validTo
            ? t("ruleSet.validBetween", { from: showDay(ruleSet.validFrom), to: showDay(ruleSet.validTo) })
            : t("ruleSet.validSince", { from: showDay(ruleSet.validFrom) })}
        </span>
      </p>
      <ul className={styles.rules}>
        <li>{t("ruleSet.window", { onset: daysBeforeOnset, sample: daysBeforeSample })}</li>
        {daysAfterOnset !== undefined && <li>{t("ruleSet.closes", { days: daysAfterOnset })}</li>}
        <li>
          {ruleSet.sumWithinSeconds === undefined
            ? t("ruleSet.overlap", { minutes })
            : t("ruleSet.sum", { minutes, hours: ruleSet.sumWithinSeconds / 3600 })}
        </li>
        {ruleSet.scanMarginSeconds !== undefined && <li>{t("ruleSet.margin", { minutes: Math.round(ruleSet.scanMarginSeconds / 60) })}</li>}
        {ruleSet.latentSeconds > 0 && <li>{t("ruleSet.latent", { hours: Math.round(ruleSet.latentSeconds / 3600) })}</li>}
        {ruleSet.household && <li>{t("ruleSet.household")}</li>}
        {ruleSet.vehicle && (
          <li>{ruleSet.vehicle.rows === undefined ? t("ruleSet.vehicle") : t("ruleSet.vehicleRows", { rows: ruleSet.vehicle.rows })}</li>
        )}
        <li>{t("ruleSet.depth", { level: ruleSet.depth })}</li>
        <li>{ruleSet.actsOnLevels.length > 0 ? t("ruleSet.acts", { levels: levels(ruleSet.actsOnLevels) }) : t("ruleSet.actsOnNone")}</li>
        {ruleSet.warnsLevels.length > 0 && <li>{t("ruleSet.warns", { levels: levels(ruleSet.warnsLevels) })}</li>}
      </ul>
      {ruleSet.decided.length > 0 && (
        <details className={styles.decided}>
          <summary>{t("ruleSet.decided")}</summary>
          <ul lang="en">
            {ruleSet.decided.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className="quiet" lang="en">
            {ruleSet.source}
          </p>
        </details>
      )}
    </Panel>
  );
}
