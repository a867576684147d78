// What a declaration came to: a colour with its word and sign, the reasons, and the next step.

import type { Declaration } from "@luytre/shared/api";
import { dayAndClock } from "@luytre/shared/time";

import { pick, useText } from "../i18n";
import { Icon } from "../ui/Icon";
import styles from "./Outcome.module.css";

type Colours = Declaration["result"]["colour"];
const tone = { green: "good", yellow: "care", red: "bad" } as const;
const sign = { green: "check", yellow: "info", red: "warn" } as const;

export function Colour({ colour }: { colour: Colours }) {
  const { t } = useText();
  return (
    <span className="tag" data-tone={tone[colour]}>
      <Icon name={sign[colour]} size={16} />
      {t(`colour.${colour}`)}
    </span>
  );
}

export function Outcome({ declaration, name }: { declaration: Declaration; name: string }) {
  const { t, language } = useText();
  const { colour, reasons, nextStep, tell } = declaration.result;
  return (
    <section className={styles.outcome} data-colour={colour} role="status">
      <div className={styles.head}>
        <span className={styles.seal}>
          <Icon name={sign[colour]} size={40} />
        </span>
        <div>
          <p className={styles.colour}>{t(`colour.${colour}`)}</p>
          <p>{name}</p>
        </div>
      </div>
      <div className={styles.body}>
        <h2>{t("outcome.next")}</h2>
        <p>{pick(nextStep.text, language)}</p>
        {reasons.length > 0 && (
          <>
            <h2>{t("outcome.why")}</h2>
            <ul className={styles.reasons}>
              {reasons.map((reason) => (
                <li key={reason.code}>{pick(reason.text, language)}</li>
              ))}
            </ul>
          </>
        )}
        {tell && (
          <>
            <h2>{t("outcome.told")}</h2>
            <ul className={styles.reasons}>
              {tell.stations.map((station) => (
                <li key={station}>{t(`outcome.${station}`)}</li>
              ))}
            </ul>
          </>
        )}
        <p className="small soft">{t("outcome.valid", { until: dayAndClock(declaration.validUntil, language) })}</p>
      </div>
    </section>
  );
}
