// What officers found who came to see the place, in the words that are meant for its keeper; the last three times.

import { ask } from "@luytre/shared/api";
import { day, noon } from "@luytre/shared/time";
import { queryOptions, useQuery } from "@tanstack/react-query";

import { api } from "../app/api";
import { useText } from "../i18n";
import { Notice } from "../ui/parts";
import { useInspectionWords } from "./words";

const shown = 3;

const findingsQuery = (place: string) =>
  queryOptions({
    queryKey: ["places", place, "findings"],
    queryFn: () => ask(api.GET("/api/v1/places/{id}/inspection-results", { params: { path: { id: place } } })),
  });

export function Findings({ place }: { place: string }) {
  const w = useInspectionWords();
  const { language } = useText();
  const findings = useQuery(findingsQuery(place)).data?.items.slice(0, shown) ?? [];
  if (findings.length === 0) return null;
  return (
    <Notice title={w("title")}>
      {findings.map((finding) => (
        <p key={finding.at}>
          <b>
            {day(finding.at, language)}: {w(`outcome.${finding.outcome}`)}.
          </b>{" "}
          {finding.forKeeper}
          {finding.followUp && ` ${w("again", { day: day(noon(finding.followUp), language) })}`}
        </p>
      ))}
      <p>{w("wrong")}</p>
    </Notice>
  );
}
