// Where milestones lie to each other. No map lies beneath: a page of ours asks nobody else for one.
import { useTranslation } from "react-i18next";

import type { Milestone } from "../../../api/types";
import { layoutOf } from "../../../logic/milestone-map";
import { Panel } from "../../../parts/Panel";
import { WhenSpan } from "../../../parts/When";
import styles from "./Interview.module.css";

const [width, height] = [640, 420];

export function MilestoneMap({ milestones }: { milestones: readonly Milestone[] }) {
  const { t } = useTranslation();
  const drawn = layoutOf(milestones, width, height);
  return (
    <Panel title={t("caseTimeline.map")}>
      {drawn ? (
        <svg className={styles.map} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("caseTimeline.mapLabel")}>
          <polyline points={drawn.way} />
          {drawn.marks.map(({ x, y, numbers }) => (
            <g key={numbers[0]} transform={`translate(${x} ${y})`}>
              <circle r={15} />
              <text dy="0.35em">{numbers.length > 1 ? `${numbers[0]}+` : numbers[0]}</text>
            </g>
          ))}
          <g transform={`translate(12 ${height - 12})`} className={styles.scale}>
            <path d={`M0 -6V0H${Math.round(drawn.scale.length)}V-6`} />
            <text x={6} y={-8}>
              {drawn.scale.metres < 1000 ? `${drawn.scale.metres} m` : `${drawn.scale.metres / 1000} km`}
            </text>
          </g>
        </svg>
      ) : (
        <p className="quiet">{t("caseTimeline.noPoints")}</p>
      )}
      <ol className={styles.line}>
        {milestones.map((one, index) => (
          <li key={one.id}>
            <span className="quiet">
              {index + 1} · <WhenSpan from={one.from} to={one.to} />
            </span>
            <span>
              {[one.place?.name ?? one.where, one.communeName].filter(Boolean).join(", ")}
              {drawn && !one.point && <span className="quiet"> · {t("caseTimeline.noPoint")}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
