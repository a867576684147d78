// The graph of an outbreak, a page of its own, and that of a case, a tab of its file.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type GraphOf, graphQuery } from "../../api/graph";
import { outbreakQuery } from "../../api/outbreaks";
import { TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { useCase } from "../cases/useCase";
import { GraphView } from "./GraphView";

const outbreakRoute = getRouteApi("/office/outbreaks/$outbreak/graph");

const usually = 2;

function Loaded({ of, name, mayTake }: { of: GraphOf; name: string; mayTake: boolean }) {
  const [level, setLevel] = useState(usually);
  // Fewer levels than were read are folded away, more are read.
  const [read, setRead] = useState(usually);
  const { data, error, refetch } = useQuery(graphQuery(of, read));
  // Stays while more levels are read, and when they cannot be.
  const [graph, setGraph] = useState(data);
  if (data && data !== graph) setGraph(data);
  const choose = (to: number) => {
    setLevel(to);
    setRead((before) => Math.max(before, to));
  };
  if (barring({ data: graph, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!graph) return <Loading />;
  return (
    <>
      <ProblemNote error={error} retry={() => void refetch()} />
      <GraphView of={of} name={name} graph={graph} level={level} reading={!data && !error} onLevel={choose} mayTake={mayTake} />
    </>
  );
}

export function OutbreakGraphPage() {
  const { t } = useTranslation();
  const { outbreak: id } = outbreakRoute.useParams();
  const { data, error, refetch } = useQuery(outbreakQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <PageHead
        title={t("graph.of", { name: data.name })}
        back={
          <TextLink to="/outbreaks/$outbreak" params={{ outbreak: id }}>
            {data.name}
          </TextLink>
        }
      />
      <Loaded key={id} of={{ kind: "outbreak", id }} name={data.name} mayTake={data.mine} />
    </>
  );
}

export function CaseGraphTab() {
  const file = useCase();
  return <Loaded key={file.id} of={{ kind: "case", id: file.id }} name={file.number} mayTake />;
}
