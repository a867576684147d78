import { clock, day } from "@luytre/shared/time";
import { useTranslation } from "react-i18next";

import { ticks, type Span } from "../../../logic/timeline";
import { useLanguage } from "../../../parts/When";
import styles from "./Timeline.module.css";

interface Props {
  view: Span;
  width: number;
  height: number;
  window: Span | undefined;
}

/** Local days and hours, and the infectious window as a band along them. */
export function Axis({ view, width, height, window }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (width === 0) return <svg height={height} />;
  const x = (at: number) => ((at - view.from) / (view.to - view.from)) * width;
  const [from, to] = window ? [Math.max(0, x(window.from)), Math.min(width, x(window.to))] : [0, 0];
  return (
    <svg width={width} height={height} aria-hidden className={styles.axisLines}>
      {window && to > from && (
        <g>
          <rect x={from} width={to - from} y={3} height={16} rx={3} className={styles.window} />
          {to - from > 150 && (
            <text x={from + 8} y={15} className={styles.windowText}>
              {t("timeline.window")}
            </text>
          )}
        </g>
      )}
      {ticks(view, width).map((tick) => (
        <g key={tick.at} transform={`translate(${x(tick.at)} 0)`} data-midnight={tick.midnight || undefined}>
          <line y1={22} y2={height} />
          <text x={4} y={35}>
            {tick.midnight ? day(tick.at, language).slice(0, 5) : clock(tick.at, language)}
          </text>
        </g>
      ))}
    </svg>
  );
}
