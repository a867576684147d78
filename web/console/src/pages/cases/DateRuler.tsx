import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import type { Case } from "../../api/types";
import { dateRuler } from "../../logic/case-dates";
import { ticks } from "../../logic/timeline";
import { useLanguage, useNow } from "../../parts/When";
import { day } from "@luytre/shared/time";
import styles from "./DateRuler.module.css";

const rowHeight = 24;
const axisHeight = 24;
const labelWidth = 118;

/** The case's dates and infectious window to scale. The facts beneath say the same in words. */
export function DateRuler({ file }: { file: Case }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow();
  const { ref, width } = useElementSize();
  const ruler = dateRuler(file, now, width > 0 ? Math.min(labelWidth / width, 0.5) : undefined);
  if (!ruler) return null;
  const x = (at: number) => ((at - ruler.from) / (ruler.to - ruler.from)) * width;
  const rows = Math.max(...ruler.marks.map((mark) => mark.row)) + 1;
  const base = rows * rowHeight + 14;
  return (
    <div ref={ref} className={styles.frame}>
      {width > 0 && (
        <svg width={width} height={base + axisHeight} role="img" aria-label={t("cases.rulerLabel")}>
          {ruler.window && (
            <rect
              x={x(ruler.window.from)}
              width={Math.max(2, x(ruler.window.to) - x(ruler.window.from))}
              y={base - 14}
              height={14}
              rx={4}
              className={ruler.window.open ? styles.openWindow : styles.window}
            />
          )}
          <line x1={0} x2={width} y1={base} y2={base} className={styles.axis} />
          {ticks(ruler, width, 74)
            .filter((tick) => tick.midnight)
            .map((tick) => (
              <g key={tick.at} transform={`translate(${x(tick.at)} ${base})`} className={styles.tick}>
                <line y2={5} />
                <text y={18} textAnchor="middle">
                  {day(tick.at, language).slice(0, 5)}
                </text>
              </g>
            ))}
          {ruler.marks.map((mark) => {
            const top = (rows - 1 - mark.row) * rowHeight;
            const toLeft = x(mark.at) + labelWidth > width;
            return (
              <g key={mark.name} transform={`translate(${x(mark.at)} 0)`} className={styles.mark} data-mark={mark.name}>
                <line y1={top + 4} y2={base} />
                <circle cy={base} r={4} />
                <text x={toLeft ? -6 : 6} y={top + 15} textAnchor={toLeft ? "end" : "start"}>
                  {t(`cases.marks.${mark.name}`)}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
