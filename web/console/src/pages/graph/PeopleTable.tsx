// The graph as a list, for whoever does not see it, and for a closer look.
import { Table, UnstyledButton } from "@mantine/core";
import { day, noon } from "@luytre/shared/time";
import { useTranslation } from "react-i18next";

import type { Layout } from "../../logic/graph";
import { useLanguage } from "../../parts/When";
import styles from "./Graph.module.css";
import { type GraphData } from "./looks";
import { isOutside, mayHaveInfected } from "./outside";
import { dateOf, useStanding, useWho } from "./Person";

const most = 200;

export function PeopleTable({ graph, of, people, onChoose }: { graph: GraphData; of: Layout; people: readonly number[]; onChoose: (who: number) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const who = useWho();
  const standing = useStanding();
  const { nodes, edges } = graph;
  return (
    <details>
      <summary>{t("graph.asTable")}</summary>
      <div className={styles.table} role="region" aria-label={t("graph.table")} tabIndex={0}>
        <Table captionSide="top">
          <Table.Caption>{t("graph.table")}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {(["who", "standingOf", "levelOf", "when", "from"] as const).map((head) => (
                <Table.Th key={head}>{t(`graph.${head}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.slice(0, most).map((n) => {
              const edge = of.parentEdge[n]!;
              return (
                <Table.Tr key={n}>
                  <Table.Th scope="row" fw={400}>
                    <UnstyledButton td="underline" fz="sm" onClick={() => onChoose(n)}>
                      {who(graph, n)}
                    </UnstyledButton>
                  </Table.Th>
                  <Table.Td>{standing(graph, n)}</Table.Td>
                  <Table.Td>{nodes.level[n]}</Table.Td>
                  <Table.Td>
                    {t(`graph.date.${graph.dates[nodes.date[n]!]!}`)} {day(noon(dateOf(graph, nodes.day[n]!)), language)}
                  </Table.Td>
                  <Table.Td>
                    {edge !== -1 && who(graph, edges.from[edge]!)}
                    {isOutside(graph, n) &&
                      mayHaveInfected(graph, n).map((line) => (
                        <div key={line}>
                          {t("graph.kind.possibleTo", { who: who(graph, edges.to[line]!) })}: {t(`graph.why.${graph.reasons[edges.why[line]!]!}`)}
                        </div>
                      ))}
                    {edge !== -1 && edges.early[edge]! > 0 && <span className={styles.clash}> · {t("graph.contradiction", { count: edges.early[edge]! })}</span>}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
        {people.length > most && <p className="quiet">{t("graph.tableMore", { count: most })}</p>}
      </div>
    </details>
  );
}
