import { useTranslation } from "react-i18next";

import type { DecisionInForce } from "../../api/types";
import { useDiseaseName, useDutyName, useFormName } from "../../parts/useNames";
import { Day } from "../../parts/When";
import styles from "./DecisionLine.module.css";

/** One decision in a sentence: what, for which disease, where, until when, on which basis. */
export function DecisionLine({ decision }: { decision: DecisionInForce }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const form = useFormName();
  const duty = useDutyName(decision.duty !== undefined);
  return (
    <div className={styles.line}>
      <div>
        <b>{decision.form ? form(decision.form) : t(`decisions.purpose.${decision.purpose}`)}</b>
        {decision.duty && ` · ${duty(decision.duty)}`} · {disease(decision.disease)}
        {decision.direction && ` · ${t(`decisions.directions.${decision.direction}`)}`}
        <small>
          {decision.unitName ?? t("common.wholeCountry")} · {decision.basis}
        </small>
      </div>
      <span className={styles.until}>
        {t("decisions.until")} <Day at={decision.until} />
      </span>
    </div>
  );
}
