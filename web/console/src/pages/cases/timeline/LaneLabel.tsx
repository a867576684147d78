import { IconBluetooth, IconHome, IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Lane } from "../../../logic/timeline";
import { usePlaceKindName } from "../../../parts/useNames";
import styles from "./Timeline.module.css";

export function LaneLabel({ lane, height }: { lane: Lane; height: number }) {
  const { t } = useTranslation();
  const kind = usePlaceKindName();
  const people = new Set(lane.bars.map((bar) => bar.exposure)).size;
  const name = lane.place?.name ?? t(`tracing.evidence.${lane.kind}`);
  return (
    <div className={styles.label} style={{ height }} title={lane.zone ? `${name} · ${lane.zone}` : name}>
      <b>
        {lane.kind === "encounter" && <IconBluetooth size={14} aria-hidden />}
        {lane.kind === "household" && <IconHome size={14} aria-hidden />}
        {lane.kind === "declared" && <IconMessage size={14} aria-hidden />} {name}
      </b>
      <small>
        {[t("common.people", { count: people }), lane.zone, lane.place && kind(lane.place.kind)].filter(Boolean).join(" · ")}
      </small>
    </div>
  );
}
