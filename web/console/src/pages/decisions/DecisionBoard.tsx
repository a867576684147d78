import { Button } from "@mantine/core";
import { IconClipboardText, IconQrcode, IconRoute } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { DecisionInForce, DecisionPurpose } from "../../api/types";
import styles from "./DecisionBoard.module.css";
import { DecisionLine } from "./DecisionLine";

const icons = { checkIn: IconQrcode, declarations: IconClipboardText, tracing: IconRoute };
const purposes: readonly DecisionPurpose[] = ["checkIn", "declarations", "tracing"];

/** The three things a decision can switch on, each with what holds now; one big sentence when nothing does. */
export function DecisionBoard({ inForce, onDecide }: { inForce: DecisionInForce[]; onDecide?: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      {inForce.length === 0 && (
        <div className={styles.nothing}>
          <svg viewBox="0 0 240 56" aria-hidden>
            {[20, 70, 120, 170, 220].map((x, i) => (
              <path key={x} d={`M${x} 54V${36 - (i % 2) * 4}m0-7V${14 + (i % 3) * 4}`} />
            ))}
          </svg>
          <h2>{t("decisions.nothing")}</h2>
          <p>{t("decisions.nothingLead")}</p>
          {onDecide && <Button onClick={onDecide}>{t("decisions.new")}</Button>}
        </div>
      )}
      <div className={styles.board}>
        {purposes.map((purpose) => {
          const held = inForce.filter((decision) => decision.purpose === purpose);
          const Icon = icons[purpose];
          return (
            <section key={purpose} className={styles.purpose} data-on={held.length > 0 || undefined}>
              <header>
                <Icon size={22} stroke={1.6} aria-hidden />
                <h2>{t(`decisions.purpose.${purpose}`)}</h2>
                <span className={styles.state}>{t(held.length > 0 ? "decisions.on" : "decisions.off")}</span>
              </header>
              <p className={styles.what}>{t(`decisions.what.${purpose}`)}</p>
              {held.map((decision) => (
                <div key={`${decision.disease} ${decision.unit ?? ""} ${decision.from}`} className={styles.held}>
                  <DecisionLine decision={decision} />
                </div>
              ))}
            </section>
          );
        })}
      </div>
    </>
  );
}
