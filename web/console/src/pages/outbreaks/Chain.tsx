// Who infected whom, as officers recorded it: each case below its source, with the days between the onsets.
import { useTranslation } from "react-i18next";

import type { OutbreakPicture } from "../../api/types";
import { showDay } from "../../logic/moments";
import { ClassificationBadge } from "../../parts/Badges";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import styles from "./Outbreaks.module.css";

export function Chain({ outbreak, chain }: { outbreak: string; chain: OutbreakPicture["chain"] }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t("outbreaks.chain")}
      actions={
        chain.length > 0 && (
          <ButtonLink to="/outbreaks/$outbreak/graph" params={{ outbreak }} preload={false} size="xs" variant="default">
            {t("graph.open")}
          </ButtonLink>
        )
      }
    >
      {chain.length === 0 && <Empty bare title={t("outbreaks.noCases")} />}
      <ul className={styles.chain}>
        {chain.map((one) => (
          <li key={one.id} style={{ paddingInlineStart: `min(${one.depth * 1.4}em, 50%)` }}>
            {one.depth > 0 && <span aria-hidden>↳ </span>}
            <TextLink to="/cases/$case" params={{ case: one.id }} className="number">
              {one.number}
            </TextLink>{" "}
            <ClassificationBadge of={one.classification} /> {t(`outbreaks.dayOf.${one.of}`, { day: showDay(one.day) })}
            {one.depth > 0 && one.source && <span className="quiet"> · {t("outbreaks.from", { number: one.source })}</span>}
            {one.outside && <span className="quiet"> · {t("outbreaks.outside", { number: one.source })}</span>}
            {one.serial !== undefined && one.serial >= 0 && ` · ${t("outbreaks.serial", { count: one.serial })}`}
            {one.serial !== undefined && one.serial < 0 && <b> · {t("outbreaks.contradiction", { count: -one.serial })}</b>}
          </li>
        ))}
      </ul>
      <p className="quiet">{t("outbreaks.chainNote")}</p>
    </Panel>
  );
}
