// Said at the door while codes come late: since when, and what helps meanwhile. Without an answer nothing is said.

import { ask } from "@luytre/shared/api";
import { dayAndClock } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";

import { api } from "../app/api";
import { useText } from "../i18n";
import { roomWords } from "../i18n/room";
import { Notice } from "../ui/parts";
import en from "./en.json";
import vi from "./vi.json";

const useWords = roomWords(vi, en);

export function CodesLate() {
  const { language } = useText();
  const w = useWords();
  const known = useQuery({
    queryKey: ["outages", "codes"],
    queryFn: () => ask(api.GET("/api/v1/outages/codes")),
    staleTime: 60_000,
    retry: false,
  }).data;
  if (!known?.late || !known.since) return null;
  return (
    <Notice tone="care" title={w("title")} live>
      <p className="small">
        {w("since", { time: dayAndClock(known.since, language) })}
        {known.until && ` ${w("until", { time: dayAndClock(known.until, language) })}`}
      </p>
      <ul className="small stack-small">
        <li>{w("wait")}</li>
        <li>{w("known")}</li>
        <li>{w("station")}</li>
      </ul>
    </Notice>
  );
}
