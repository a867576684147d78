// What shapes, colours and lines of the graph mean.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Panel } from "../../parts/Panel";
import styles from "./Graph.module.css";
import { hex, standingColours, strokes, type Standing, type Stroke } from "./looks";

const standings = Object.keys(standingColours) as Standing[];

function Mark({ of }: { of: Standing }) {
  const colour = hex(standingColours[of]);
  return (
    <svg width="36" height="14" aria-hidden>
      {["confirmed", "probable", "suspect"].includes(of) ? <circle cx="18" cy="7" r="6" fill={colour} /> : <path d="M18 1L24 7L18 13L12 7Z" fill={colour} />}
    </svg>
  );
}

function Rule({ of }: { of: Stroke }) {
  return (
    <svg width="36" height="14" aria-hidden>
      <line x1="2" x2="34" y1="7" y2="7" stroke={hex(of.colour)} strokeWidth={of.width} strokeDasharray={of.dashed ? "6 4" : undefined} />
    </svg>
  );
}

export function Legend() {
  const { t } = useTranslation();
  return (
    <Panel title={t("graph.legend")}>
      <ul className={styles.legend}>
        {standings.map((one) => (
          <Row key={one} mark={<Mark of={one} />} says={t(`graph.standing.${one}`)} />
        ))}
        <Row
          mark={
            <svg width="36" height="14" aria-hidden>
              <circle cx="18" cy="7" r="5" fill="none" stroke={hex(standingColours.unasked)} strokeWidth="2" />
            </svg>
          }
          says={t("graph.legendOf.unseen")}
        />
        <Row
          mark={
            <svg width="36" height="14" aria-hidden>
              <path d="M12.5 1.5H23.5V12.5H12.5Z" fill={hex(standingColours.confirmed)} />
            </svg>
          }
          says={t("graph.legendOf.outside")}
        />
        <Row mark={<Rule of={strokes.source} />} says={t("graph.legendOf.source")} />
        <Row mark={<Rule of={strokes.contact} />} says={t("graph.legendOf.contactLine")} />
        <Row mark={<Rule of={strokes.possible} />} says={t("graph.legendOf.possible")} />
        <Row mark={<Rule of={strokes.contradiction} />} says={t("graph.legendOf.contradiction")} />
      </ul>
    </Panel>
  );
}

function Row({ mark, says }: { mark: ReactNode; says: string }) {
  return (
    <li>
      {mark} <span>{says}</span>
    </li>
  );
}
