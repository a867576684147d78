// The evidence on a time line: a lane per place, the case's presence behind, suspected contacts as bars. Recorded stays are solid, estimated
// ends hatched. Drag to move, Ctrl and wheel or the buttons to zoom; the table beneath says the same in words.
import { ActionIcon, Group } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconArrowsMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Candidate } from "../../../api/types";
import { extent, lanes, pan, zoom, type Bar, type Span } from "../../../logic/timeline";
import { useShortcuts } from "../../../parts/Shortcuts";
import { Axis } from "./Axis";
import { LaneLabel } from "./LaneLabel";
import { laneHeight, LaneShape } from "./LaneShape";
import { Legend } from "./Legend";
import { Patterns } from "./Patterns";
import styles from "./Timeline.module.css";
import { useDrag } from "./useDrag";

interface Props {
  candidates: readonly Candidate[];
  window: Span | undefined;
  marked?: string | undefined;
  onPick: (candidate: string) => void;
}

const axisHeight = 42;

export function Timeline({ candidates, window, marked, onPick }: Props) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const laneList = useMemo(() => lanes(candidates), [candidates]);
  const limits = useMemo(() => extent(window, laneList), [window, laneList]);
  const [chosen, setChosen] = useState<Span>();
  const [hovered, setHovered] = useState<Bar>();
  const view = chosen && chosen.to - chosen.from < limits.to - limits.from ? chosen : limits;
  const middle = (view.from + view.to) / 2;
  const closer = (factor: number, around = middle) => setChosen(zoom(view, factor, around, limits));
  const move = (share: number) => setChosen(pan(view, (view.to - view.from) * share, limits));
  const plot = useDrag({
    onMove: (pixels) => setChosen(pan(view, (-pixels / Math.max(width, 1)) * (view.to - view.from), limits)),
    onWheel: (pixel, factor) => closer(factor, view.from + (pixel / Math.max(width, 1)) * (view.to - view.from)),
  });
  useShortcuts([
    { keys: "+", says: t("keys.zoomIn"), run: () => closer(0.5) },
    { keys: "-", says: t("keys.zoomOut"), run: () => closer(2) },
    { keys: "[", says: t("keys.earlier"), run: () => move(-0.25) },
    { keys: "]", says: t("keys.later"), run: () => move(0.25) },
    { keys: "0", says: t("keys.fit"), run: () => setChosen(undefined) },
  ]);

  const names = useMemo(() => new Map(candidates.map((one) => [one.id, one.person.name])), [candidates]);
  const x = (at: number) => ((at - view.from) / (view.to - view.from)) * width;
  const heights = laneList.map(laneHeight);
  const tops = heights.map((_, i) => heights.slice(0, i).reduce((sum, height) => sum + height, 0));
  const total = heights.reduce((sum, height) => sum + height, 0);

  return (
    <section className={styles.timeline} aria-label={t("timeline.title")}>
      <Group className={styles.tools} gap={4}>
        <Legend hovered={hovered} name={hovered && names.get(hovered.exposure)} />
        <ActionIcon variant="default" size="sm" onClick={() => closer(0.5)} aria-label={t("keys.zoomIn")}>
          <IconPlus size={14} />
        </ActionIcon>
        <ActionIcon variant="default" size="sm" onClick={() => closer(2)} disabled={view === limits} aria-label={t("keys.zoomOut")}>
          <IconMinus size={14} />
        </ActionIcon>
        <ActionIcon variant="default" size="sm" onClick={() => setChosen(undefined)} disabled={view === limits} aria-label={t("keys.fit")}>
          <IconArrowsMaximize size={14} />
        </ActionIcon>
      </Group>
      <div className={styles.scroll} tabIndex={0}>
        <div className={styles.labels}>
          <div className={styles.corner} style={{ height: axisHeight }} />
          {laneList.map((lane, i) => (
            <LaneLabel key={lane.key} lane={lane} height={heights[i] ?? 0} />
          ))}
        </div>
        <div ref={ref} className={styles.plot}>
          <div className={styles.axis}>
            <Axis view={view} width={width} height={axisHeight} window={window} />
          </div>
          {/* Touch and mouse move the view; the bars themselves are also reached through the table. */}
          <svg ref={plot} width={width} height={total} role="img" aria-label={t("timeline.description", { count: candidates.length })}>
            <Patterns />
            {laneList.map((lane, i) => (
              <LaneShape
                key={lane.key}
                lane={lane}
                top={tops[i] ?? 0}
                height={heights[i] ?? 0}
                x={x}
                width={width}
                marked={marked}
                onHover={setHovered}
                onPick={onPick}
              />
            ))}
            {window && (
              <g className={styles.outside}>
                <rect x={0} width={Math.max(0, x(window.from))} height={total} />
                <rect x={Math.min(width, Math.max(0, x(window.to)))} width={Math.max(0, width - x(window.to))} height={total} />
              </g>
            )}
          </svg>
        </div>
      </div>
    </section>
  );
}
