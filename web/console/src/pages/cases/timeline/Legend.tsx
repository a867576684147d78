import { useTranslation } from "react-i18next";

import type { Bar } from "../../../logic/timeline";
import { LevelBadge } from "../../../parts/Badges";
import { Doubts } from "../../../parts/Doubts";
import { WhenSpan } from "../../../parts/When";
import styles from "./Timeline.module.css";

/** What the marks mean; while a bar is under the pointer, what that bar says. */
export function Legend({ hovered, name }: { hovered: Bar | undefined; name: string | undefined }) {
  const { t } = useTranslation();
  if (hovered) {
    return (
      <div className={styles.legend}>
        <LevelBadge level={hovered.level} suspected /> <b>{name}</b>{" "}
        <WhenSpan from={new Date(hovered.from).toISOString()} to={new Date(hovered.to).toISOString()} />
        <span>{t("common.minutes", { count: Math.round((hovered.to - hovered.from) / 60_000) })}</span>
        {hovered.estimated && <span>{t("timeline.estimated")}</span>}
        <Doubts of={hovered.doubts} />
      </div>
    );
  }
  const marks = [
    { key: "presence", className: styles.presence },
    { key: "recorded", className: styles.bar, level: 1 },
    { key: "estimated", className: styles.bar, level: 1, estimated: true },
    { key: "doubtful", className: styles.bar, level: 1, doubtful: true },
  ] as const;
  return (
    <div className={styles.legend}>
      {marks.map((mark) => (
        <span key={mark.key}>
          <svg width="26" height="10" aria-hidden>
            <rect
              width="26"
              height="10"
              rx="2.5"
              className={mark.className}
              data-level={"level" in mark ? mark.level : undefined}
              data-estimated={"estimated" in mark || undefined}
              data-doubtful={"doubtful" in mark || undefined}
            />
          </svg>
          {t(`timeline.${mark.key}`)}
        </span>
      ))}
    </div>
  );
}
