import { foreignApp } from "@luytre/shared/foreign";
import { useTranslation } from "react-i18next";

import type { Evidence } from "../../../api/types";
import { LevelBadge } from "../../../parts/Badges";
import { Doubts } from "../../../parts/Doubts";
import { usePlaceKindName } from "../../../parts/useNames";
import { useLanguage, WhenSpan } from "../../../parts/When";
import styles from "./EvidenceList.module.css";

/** Every link that makes this person a candidate: where, with whom, from when to when, and how it is known. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  const { t } = useTranslation();
  const kind = usePlaceKindName();
  const language = useLanguage();
  return (
    <ol className={styles.list}>
      {evidence.map((one, i) => (
        <li key={i} data-kind={one.kind}>
          <p className={styles.where}>
            <b>{one.place ? one.place.name : t(one.named && one.with.level > 0 ? "named.evidence" : `tracing.evidence.${one.kind}`)}</b>
            {one.zone && ` · ${one.zone}`}
            {one.place && <span className="quiet"> {kind(one.place.kind)}</span>}
            {one.where && ` · ${one.where}`}
          </p>
          <p>
            <WhenSpan from={one.from} to={one.to} />
            {one.kind !== "household" && !(one.kind === "declared" && one.estimated) && (
              <>
                {" "}
                · <b className="number">{t("common.minutes", { count: one.minutes })}</b>
              </>
            )}
          </p>
          <p className={styles.how}>
            <LevelBadge level={one.with.level} /> {one.with.name}
            <span>{one.named && one.how === "interview" ? t("named.by") : one.how ? t(`declared.source.${one.how}`) : t(`tracing.source.${one.kind}`)}</span>
            {one.relation && <span>{one.relation}</span>}
            {one.seat !== undefined && (
              <span>
                {one.seatOfOther === undefined ? t("tracing.seat", { seat: one.seat }) : t("tracing.seats", { seat: one.seat, other: one.seatOfOther })}
              </span>
            )}
            {one.estimated && <span className={styles.estimated}>{t(one.kind === "declared" ? "declared.dayTold" : "tracing.estimatedEnd")}</span>}
            {one.attenuation !== undefined && <span className="number">{t("tracing.attenuation", { decibel: one.attenuation })}</span>}
            {one.origins.map((origin) => (
              <span key={origin}>{t("foreign.from", { app: foreignApp(origin, language) })}</span>
            ))}
            <Doubts of={one.doubts} whose="contact" />
            <Doubts of={one.doubtsOfOther} whose="other" />
          </p>
        </li>
      ))}
    </ol>
  );
}
