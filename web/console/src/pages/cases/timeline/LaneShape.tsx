import { memo } from "react";

import type { Bar, Lane } from "../../../logic/timeline";
import styles from "./Timeline.module.css";

const rowHeight = 11;
const barHeight = 8;
const padding = 8;
const leastHeight = 40;
const crowdHeight = 64;

export function laneHeight(lane: Lane): number {
  return lane.density ? crowdHeight : Math.max(leastHeight, lane.rows * rowHeight + 2 * padding);
}

interface Props {
  lane: Lane;
  top: number;
  height: number;
  width: number;
  x: (at: number) => number;
  marked: string | undefined;
  onHover: (bar: Bar | undefined) => void;
  onPick: (candidate: string) => void;
}

/** One lane: the case's presence, then bars, or, for a crowd, how many were there. */
export function LaneShape({ lane, top, height, width, x, marked, onHover, onPick }: Props) {
  return (
    <g transform={`translate(0 ${top})`}>
      <line x2={width} y1={height - 0.5} y2={height - 0.5} className={styles.laneLine} />
      {lane.presence.map((span) => (
        <rect key={span.from} x={x(span.from)} width={Math.max(2, x(span.to) - x(span.from))} y={2} height={height - 5} rx={3} className={styles.presence} />
      ))}
      {lane.density ? <Crowd lane={lane} height={height} x={x} /> : null}
      {lane.bars.map((bar, i) => {
        if (lane.density && bar.exposure !== marked) return null;
        const [left, right] = [x(bar.from), x(bar.to)];
        if (right < 0 || left > width) return null;
        return (
          <rect
            key={i}
            x={left}
            width={Math.max(3, right - left)}
            y={lane.density ? padding : padding + bar.row * rowHeight}
            height={barHeight}
            rx={2.5}
            className={styles.bar}
            data-level={Math.min(bar.level, 3)}
            data-estimated={bar.estimated || undefined}
            data-doubtful={bar.doubts.length > 0 || undefined}
            data-marked={bar.exposure === marked || undefined}
            onPointerEnter={() => onHover(bar)}
            onPointerLeave={() => onHover(undefined)}
            onClick={() => onPick(bar.exposure)}
          />
        );
      })}
    </g>
  );
}

const Crowd = memo(function Crowd({ lane, height, x }: Pick<Props, "lane" | "height" | "x">) {
  const steps = lane.density ?? [];
  const most = steps.reduce((highest, step) => Math.max(highest, step.count), 1);
  const y = (count: number) => height - 4 - (count / most) * (height - 2 * padding);
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return null;
  const edge = steps.map((step) => `H${x(step.from).toFixed(1)}V${y(step.count).toFixed(1)}H${x(step.to).toFixed(1)}`).join("");
  return (
    <>
      <path d={`M${x(first.from).toFixed(1)} ${y(0)}${edge}V${y(0)}Z`} className={styles.crowd} />
      <text x={Math.max(4, x(first.from) + 4)} y={14} className={styles.crowdText}>
        ≤ {most}
      </text>
    </>
  );
});
