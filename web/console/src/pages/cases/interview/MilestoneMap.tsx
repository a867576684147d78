// Where milestones lie to each other, above the outlines of communes where the operator gave a file of them: a page of ours asks nobody else for a map.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { Milestone } from "../../../api/types";
import { outlinesQuery, unitQuery } from "../../../api/units";
import { groundOf, layoutOf } from "../../../logic/milestone-map";
import { Panel } from "../../../parts/Panel";
import { WhenSpan } from "../../../parts/When";
import styles from "./Interview.module.css";

const [width, height] = [640, 420];

interface Props {
  milestones: readonly Milestone[];
  /** A unit of the province whose communes are drawn. */
  unit: string;
  /** Of several cases: whose it is. */
  number?: (of: Milestone) => string | undefined;
}

export function MilestoneMap({ milestones, unit, number }: Props) {
  const { t } = useTranslation();
  const drawn = layoutOf(milestones, width, height);
  const { data: around } = useQuery(unitQuery(unit));
  const province = around && [around.unit, ...around.ancestors].find(({ level }) => level === "province");
  const { data: outlines } = useQuery(outlinesQuery(province?.id ?? ""));
  const ground = drawn && outlines ? groundOf(outlines, drawn, width, height) : [];
  return (
    <Panel title={t("caseTimeline.map")}>
      {drawn ? (
        <svg className={styles.map} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("caseTimeline.mapLabel")}>
          {ground.map((one) => (
            <path key={one.unit} d={one.path} className={styles.ground} />
          ))}
          {ground.map((one) => (
            <text key={one.unit} x={one.middle.x} y={one.middle.y} className={styles.groundName}>
              {one.name}
            </text>
          ))}
          {!number && <polyline points={drawn.way} />}
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
      {drawn && outlines?.length === 0 && <p className="quiet no-print">{t("caseTimeline.noOutlines")}</p>}
      <ol className={styles.line}>
        {milestones.map((one, index) => (
          <li key={one.id}>
            <span className="quiet">
              {index + 1} · {number && `${number(one) ?? ""} · `}<WhenSpan from={one.from} to={one.to} />
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
