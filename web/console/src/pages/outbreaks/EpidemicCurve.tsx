// The epidemic curve: a bar for each day, by onset, else sample, else report, the three told apart; and the same as a table.
import { day, noon } from "@luytre/shared/time";
import { useTranslation } from "react-i18next";

import type { OutbreakPicture } from "../../api/types";
import { wholeCurve } from "../../logic/outbreaks";
import { Empty } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { useLanguage } from "../../parts/When";
import { CountTable } from "./CountTable";
import styles from "./Outbreaks.module.css";

const width = 640;
const height = 160;
const parts = ["onset", "sample", "report"] as const;

export function EpidemicCurve({ curve }: { curve: OutbreakPicture["curve"] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const days = wholeCurve(curve);
  const first = days[0];
  const last = days[days.length - 1];
  const most = Math.max(1, ...days.map((one) => one.onset + one.sample + one.report));
  const step = width / Math.max(1, days.length);
  return (
    <Panel title={t("outbreaks.curve")}>
      {!first || !last ? (
        <Empty bare title={t("outbreaks.noCases")} />
      ) : (
        <>
          <svg viewBox={`0 0 ${width} ${height + 18}`} width="100%" role="img" aria-label={t("outbreaks.curveOf", { from: day(noon(first.day), language), to: day(noon(last.day), language), most })}>
            {days.map((one, i) => {
              let top = height;
              return parts.map((part) => {
                const tall = (one[part] / most) * (height - 4);
                top -= tall;
                return tall > 0 && <rect key={`${one.day}${part}`} className={styles[part]} x={i * step + 0.5} y={top} width={Math.max(1, step - 1)} height={tall} />;
              });
            })}
            <line x1="0" x2={width} y1={height} y2={height} stroke="currentColor" />
            <text x="0" y={height + 14} fontSize="12" fill="currentColor">
              {day(noon(first.day), language)}
            </text>
            <text x={width} y={height + 14} fontSize="12" fill="currentColor" textAnchor="end">
              {day(noon(last.day), language)}
            </text>
          </svg>
          <ul className={styles.legend}>
            {parts.map((part) => (
              <li key={part}>
                <svg width="12" height="12" aria-hidden>
                  <rect className={styles[part]} width="12" height="12" />
                </svg>{" "}
                {t(`outbreaks.of.${part}`)}
              </li>
            ))}
          </ul>
          <details>
            <summary>{t("statistics.asTable")}</summary>
            <CountTable
              caption={t("outbreaks.curve")}
              head={[t("outbreaks.day"), ...parts.map((part) => t(`outbreaks.of.${part}`))]}
              rows={curve.map((one) => ({ key: one.day, name: day(noon(one.day), language), counts: parts.map((part) => one[part]) }))}
            />
          </details>
        </>
      )}
    </Panel>
  );
}
