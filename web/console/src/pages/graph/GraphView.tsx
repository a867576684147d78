// A graph of transmission with all that belongs to it: levels, search, the picture, whom one chose with the evidence, the legend, the same as a
// list, and taking it out.
import { Alert, Button, Group, NativeSelect } from "@mantine/core";
import { day, noon } from "@luytre/shared/time";
import { save } from "@luytre/shared/save";
import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { graphLevels, type GraphOf, takeGraph } from "../../api/graph";
import type { GraphFile } from "../../api/types";
import { found, layout, segments } from "../../logic/graph";
import { Empty } from "../../parts/ListFrame";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SearchBox } from "../../parts/SearchBox";
import { say } from "../../parts/Toasts";
import { useLanguage } from "../../parts/When";
import styles from "./Graph.module.css";
import { Legend } from "./Legend";
import type { GraphData } from "./looks";
import { Chosen, dateOf, Person } from "./Person";
import { taken } from "./outside";
import { PeopleTable } from "./PeopleTable";
import { type Shown, Stage } from "./Stage";
import { shown as onScreen, vector } from "./vector";

const levels = [0, 1, 2, 3, 4] as const;

interface Props {
  of: GraphOf;
  name: string;
  graph: GraphData;
  level: number;
  /** More levels are being read. */
  reading: boolean;
  onLevel: (level: number) => void;
  /** Whether this officer may print it or save it. */
  mayTake: boolean;
}

export function GraphView({ of: whose, name, graph, level, reading, onLevel, mayTake }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const [chosen, setChosen] = useState<number>();
  const [words, setWords] = useState("");
  const [hitAt, setHitAt] = useState(0);
  const [goTo, setGoTo] = useState<{ who: number }>();
  const [command, setCommand] = useState<{ what: "nearer" | "farther" | "all" }>();
  const [paper, setPaper] = useState("");
  const shown = useRef<Shown>(undefined);

  // Of another answer the same place in the columns is somebody else.
  const [known, setKnown] = useState(graph);
  if (known !== graph) {
    setKnown(graph);
    setClosed(new Set());
    setChosen(undefined);
    setGoTo(undefined);
    setHitAt(0);
  }

  const of = useMemo(() => layout(graph, level, closed), [graph, level, closed]);
  const all = useMemo(() => segments(graph, of), [graph, of]);
  const hits = useMemo(() => found(graph.nodes.label, of, words), [graph, of, words]);
  const contradictions = useMemo(() => graph.edges.early.filter((days) => days > 0).length, [graph]);
  const dayName = useCallback((days: number) => day(noon(dateOf(graph, days)), language).slice(0, 5), [graph, language]);
  const title = t("graph.of", { name });

  const fold = useCallback((who: number) => {
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(who)) after.add(who);
      return after;
    });
  }, []);
  const search = (typed: string, at = 0) => {
    setWords(typed);
    const next = found(graph.nodes.label, of, typed);
    const who = next[at % Math.max(1, next.length)];
    setHitAt(next.length === 0 ? 0 : at % next.length);
    if (who === undefined) return;
    setChosen(who);
    setGoTo({ who });
  };

  const taking = useMutation({
    // What was on the screen when it was asked for is what is logged, and what leaves.
    mutationFn: async (file: GraphFile) => {
      const at = shown.current!;
      const { people, outside } = taken(graph, onScreen(of, at.view, at.width, at.height));
      const { mark } = await takeGraph(whose, file, people, outside);
      return vector(graph, of, all, at.view, at.width, at.height, { title, mark, outside: t("graph.outside"), day: dayName });
    },
    onSuccess: (svg, file) => {
      say(t("graph.taken"));
      if (file === "svg") save(new Blob([svg], { type: "image/svg+xml" }), `luytre-${whose.kind}-${whose.id}-graph.svg`);
      else setPaper(svg);
    },
  });
  useEffect(() => {
    if (!paper) return;
    const done = () => setPaper("");
    window.addEventListener("afterprint", done, { once: true });
    window.print();
    return () => window.removeEventListener("afterprint", done);
  }, [paper]);

  if (graph.nodes.id.length === 0)
    return (
      <Empty title={t("graph.nobody")}>
        <p>{t("graph.nobodyLead")}</p>
      </Empty>
    );
  const cases = graph.nodes.level.filter((one) => one === 0).length - graph.outside.length;
  return (
    <>
      <div className="no-print">
        <LoggedNote>{t("graph.logged")}</LoggedNote>
        <p role="status">
          {t("graph.counted", { people: graph.nodes.id.length, cases, contradictions })} {graph.outside.length > 0 && t("graph.outsideCounted", { count: graph.outside.length })}{" "}
          {graph.unseen > 0 && t("graph.unseen", { count: graph.unseen })} {reading && t("common.loading")}
        </p>
        {graph.leftOut.map((count, i) => count > 0 && <Alert key={i} color="turmeric" mb="xs">{t("graph.leftOut", { count, level: i + 1 })}</Alert>)}
        {graph.outsideLeftOut > 0 && <p className="quiet">{t("graph.outsideLeftOut", { count: graph.outsideLeftOut })}</p>}
        {!graph.outsideWhole && <p className="quiet">{t("graph.outsideNotWhole")}</p>}
        {graph.notSearched > 0 && <p className="quiet">{t("graph.notSearched", { count: graph.notSearched })}</p>}
        <div className={styles.bar}>
          <NativeSelect
            label={t("graph.levels")}
            value={String(level)}
            onChange={(event) => onLevel(Number(event.currentTarget.value))}
            data={levels.filter((one) => one <= graphLevels).map((one) => ({ value: String(one), label: t(`graph.level.${one}`) }))}
          />
          <form
            onSubmit={(event) => {
              event.preventDefault();
              search(words, hitAt + 1);
            }}
          >
            <SearchBox value={words} onSearch={(typed) => typed !== words && search(typed)} label={t("graph.search")} width={240} />
          </form>
          {words && (
            <span role="status" className="number">
              {hits.length > 0 ? t("graph.hits", { at: hitAt + 1, of: hits.length }) : t("graph.noHit")}
            </span>
          )}
          <Group gap="xs">
            {(["nearer", "farther", "all"] as const).map((what) => (
              <Button key={what} variant="default" onClick={() => setCommand({ what })}>
                {t(`graph.${what}`)}
              </Button>
            ))}
            {mayTake &&
              (["svg", "print"] as const).map((file) => (
                <Button key={file} variant="default" loading={taking.isPending && taking.variables === file} onClick={() => taking.mutate(file)}>
                  {t(`graph.take.${file}`)}
                </Button>
              ))}
          </Group>
        </div>
        {!mayTake && <p className="quiet">{t("graph.takeForCharge")}</p>}
        <ProblemNote error={taking.error} />
        <div className={styles.frame}>
          <div>
            <Stage
              graph={graph}
              of={of}
              all={all}
              title={title}
              dayName={dayName}
              chosen={chosen}
              goTo={goTo}
              command={command}
              onChoose={setChosen}
              onFold={fold}
              onShown={(what) => (shown.current = what)}
            />
            <PeopleTable graph={graph} of={of} people={words && hits.length > 0 ? hits : [...of.rows]} onChoose={(who) => (setChosen(who), setGoTo({ who }))} />
          </div>
          <div className={styles.side}>
            <Chosen graph={graph} chosen={chosen} />
            <Person graph={graph} of={of} chosen={chosen} closed={chosen !== undefined && closed.has(chosen)} onFold={fold} onLeave={() => setChosen(undefined)} />
            <Legend />
          </div>
        </div>
      </div>
      {paper && <div className={`only-print ${styles.paper}`} dangerouslySetInnerHTML={{ __html: paper }} />}
    </>
  );
}

