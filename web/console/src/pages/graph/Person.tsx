// Whom the officer chose in the graph, and what speaks for each line that leads there or away.
import { Button, Group, VisuallyHidden } from "@mantine/core";
import { dayAndClock, noon, day } from "@luytre/shared/time";
import { useTranslation } from "react-i18next";

import type { Layout } from "../../logic/graph";
import { Fact, Facts } from "../../parts/Facts";
import { ButtonLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { useLanguage } from "../../parts/When";
import styles from "./Graph.module.css";
import { type GraphData, isCase } from "./looks";
import { isOutside } from "./outside";

const linesShown = 30;
const dayLength = 86_400_000;

/** The date so many days after the first. */
export const dateOf = (graph: GraphData, days: number) => new Date(Date.parse(graph.first ?? "1970-01-01") + days * dayLength).toISOString().slice(0, 10);

export function useWho() {
  const { t } = useTranslation();
  return (graph: GraphData, n: number) => graph.nodes.label[n] || t("graph.elsewhere");
}

/** "Confirmed case", and whether it is one outside. */
export function useStanding() {
  const { t } = useTranslation();
  return (graph: GraphData, n: number) => {
    const standing = t(`graph.standing.${graph.standings[graph.nodes.standing[n]!]!}`);
    return isOutside(graph, n) ? t("graph.standingOutside", { standing }) : standing;
  };
}

/** The case above somebody: where the contact's evidence is kept. */
function caseAbove(graph: GraphData, of: Layout, n: number): number {
  let at = n;
  while (at !== -1 && !isCase(graph, at)) at = of.parent[at]!;
  return at;
}

function Line({ graph, edge, n }: { graph: GraphData; edge: number; n: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const who = useWho();
  const { edges } = graph;
  const leadsHere = edges.to[edge] === n;
  const kind = graph.kinds[edges.kind[edge]!]!;
  const by = graph.means[edges.by[edge]!];
  const why = graph.reasons[edges.why[edge]!];
  const place = graph.places[edges.place[edge]!];
  const start = edges.start[edge]!;
  // Of those who live together no hours are known, only the days one of them was infectious.
  const timed = by !== "household";
  const said = [
    by && t(`graph.by.${by}`),
    place,
    timed && start >= 0 && graph.first && dayAndClock(new Date(Date.parse(`${graph.first}T00:00:00+07:00`) + start * 60_000).toISOString(), language),
    timed && edges.minutes[edge]! > 0 && t("graph.minutes", { count: edges.minutes[edge]! }),
    edges.estimated[edge] === 1 && t("graph.estimated"),
    edges.evidence[edge]! > 1 && t("graph.times", { count: edges.evidence[edge]! }),
    why && t(`graph.why.${why}`),
  ].filter(Boolean);
  return (
    <li>
      <b>{t(`graph.kind.${kind}${leadsHere ? "From" : "To"}`, { who: who(graph, leadsHere ? edges.from[edge]! : edges.to[edge]!) })}</b>
      {said.length > 0 && <span>: {said.join(" · ")}</span>}
      {edges.early[edge]! > 0 && <div className={styles.clash}>{t("graph.contradiction", { count: edges.early[edge]! })}</div>}
    </li>
  );
}

/** Says who was chosen, for whoever walks by keys and does not see it. */
export function Chosen({ graph, chosen }: Pick<Props, "graph" | "chosen">) {
  const { t } = useTranslation();
  const language = useLanguage();
  const who = useWho();
  const standing = useStanding();
  const { nodes } = graph;
  const said =
    chosen !== undefined &&
    [
      who(graph, chosen),
      standing(graph, chosen),
      `${t(`graph.date.${graph.dates[nodes.date[chosen]!]!}`)} ${day(noon(dateOf(graph, nodes.day[chosen]!)), language)}`,
    ].join(", ");
  return <VisuallyHidden role="status">{said}</VisuallyHidden>;
}

interface Props {
  graph: GraphData;
  of: Layout;
  chosen: number | undefined;
  closed: boolean;
  onFold: (who: number) => void;
  onLeave: () => void;
}

export function Person({ graph, of, chosen, closed, onFold, onLeave }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const who = useWho();
  const standing = useStanding();
  if (chosen === undefined) return <Panel title={t("graph.who")}>{<p className="quiet">{t("graph.choose")}</p>}</Panel>;
  const { nodes, edges } = graph;
  const lines: number[] = [];
  for (let e = 0; e < edges.from.length; e++) if (edges.from[e] === chosen || edges.to[e] === chosen) lines.push(e);
  // What led here before what leads away; contradictions before everything.
  lines.sort((a, b) => edges.early[b]! - edges.early[a]! || Number(edges.to[b] === chosen) - Number(edges.to[a] === chosen) || a - b);
  const unit = graph.units[nodes.unit[chosen]!];
  const above = caseAbove(graph, of, chosen);
  const hangsBelow = !Number.isNaN(of.spine[chosen]!);
  return (
    <Panel title={who(graph, chosen)}>
      <Facts narrow>
        <Fact name={t("graph.standingOf")}>{standing(graph, chosen)}</Fact>
        <Fact name={t(`graph.date.${graph.dates[nodes.date[chosen]!]!}`)}>{day(noon(dateOf(graph, nodes.day[chosen]!)), language)}</Fact>
        {!isCase(graph, chosen) && <Fact name={t("graph.levelOf")}>{nodes.level[chosen]}</Fact>}
        {unit && <Fact name={t("graph.lives")}>{unit}</Fact>}
      </Facts>
      <Group gap="xs" mt="sm">
        {isCase(graph, chosen) ? (
          <ButtonLink to="/cases/$case" params={{ case: nodes.id[chosen]! }} preload={false} size="xs" variant="default">
            {t("graph.openCase")}
          </ButtonLink>
        ) : (
          nodes.id[chosen] &&
          above !== -1 && (
            <ButtonLink to="/cases/$case/candidates" params={{ case: nodes.id[above]! }} preload={false} size="xs" variant="default">
              {t("graph.openContacts")}
            </ButtonLink>
          )
        )}
        {(hangsBelow || closed) && (
          <Button size="xs" variant="default" onClick={() => onFold(chosen)}>
            {closed ? t("graph.unfold", { count: of.folded[chosen]! }) : t("graph.fold")}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={onLeave}>
          {t("graph.close")}
        </Button>
      </Group>
      <h3>{t("graph.lines", { count: lines.length })}</h3>
      {lines.length === 0 && <p className="quiet">{t("graph.noLines")}</p>}
      <ul className={styles.lines}>
        {lines.slice(0, linesShown).map((edge) => (
          <Line key={edge} graph={graph} edge={edge} n={chosen} />
        ))}
      </ul>
      {lines.length > linesShown && <p className="quiet">{t("graph.more", { count: lines.length - linesShown })}</p>}
    </Panel>
  );
}
