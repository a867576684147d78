// When a vehicle's runs begin and end, told by its keeper: what is scanned in between belongs to the run.

import { ask, Unreachable } from "@luytre/shared/api";
import { sentOnce } from "@luytre/shared/once";
import { dayAndClock } from "@luytre/shared/time";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { placeQuery } from "../app/queries";
import { useText } from "../i18n";
import { UnitSearch, type ChosenUnit } from "../people/UnitSearch";
import { Button, Input, Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "./words";

const runsQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id, "runs"],
    queryFn: async () => (await ask(api.GET("/api/v1/places/{id}/runs", { params: { path: { id } } }))).items,
  });

const toSecond = (at: string) => at.replace(/\.\d+/, "");

export function Runs() {
  const r = useWords();
  const { language } = useText();
  const { id } = useParams({ from: "/inside/places/$id/runs" });
  const place = useQuery(placeQuery(id));
  const runs = useQuery(runsQuery(id));
  const [left, setLeft] = useState<number>();
  const underWay = runs.data?.find(({ ends }) => !ends);
  return (
    <Page title={r("title")} back={true} lead={place.data?.name}>
      <p>{r("lead")}</p>
      {runs.isPending && <Skeleton />}
      <Trouble error={runs.error} retry={() => void runs.refetch()} />
      {left !== undefined && <Notice tone="good" live title={r("ended", { left })} />}
      {underWay && <End key={underWay.id} place={id} run={underWay} onEnded={setLeft} />}
      {runs.data && !underWay && <Begin place={id} onBegun={() => setLeft(undefined)} />}
      <section className="stack-small">
        <h2>{r("earlier")}</h2>
        {runs.data?.length === 0 && <p className="soft">{r("none")}</p>}
        {runs.data && runs.data.length > 0 && (
          <ul className="list">
            {runs.data.map(({ id: run, fromName, towardsName, plate, departs, ends }) => (
              <li key={run} className="line">
                <span className="grow">
                  <span className="strong numbers">
                    {dayAndClock(departs, language)}
                    {ends && ` – ${dayAndClock(ends, language)}`}
                  </span>
                  <br />
                  <span className="small soft">{[plate, fromName, towardsName].filter(Boolean).join(" · ")}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </Page>
  );
}

function Begin({ place, onBegun }: { place: string; onBegun: () => void }) {
  const r = useWords();
  const [from, setFrom] = useState<ChosenUnit>();
  const [towards, setTowards] = useState<ChosenUnit>();
  const [plate, setPlate] = useState("");
  const [tried, setTried] = useState(false);
  const [once] = useState(() => sentOnce<{ from: string; towards: string; plate?: string }, unknown>());
  const begin = useMutation({
    mutationFn: (run: { from: string; towards: string; plate?: string }) =>
      once(run, (body, key, at) =>
        ask(
          api.POST("/api/v1/places/{id}/runs", {
            params: { path: { id: place }, header: { "Idempotency-Key": key } },
            body: { ...body, at: toSecond(at) },
          }),
        ),
      ),
    retry: (failures, error) => failures < 2 && error instanceof Unreachable,
    onSuccess: () => {
      onBegun();
      return client.invalidateQueries({ queryKey: runsQuery(place).queryKey });
    },
  });
  const wrong = tried && (!from || !towards) ? r("missing") : undefined;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!from || !towards || begin.isPending) return;
        begin.mutate({ from: from.id, towards: towards.id, ...(plate.trim() ? { plate: plate.trim() } : {}) });
      }}
    >
      <UnitSearch id="from" label={r("from")} value={from} onValue={setFrom} wrong={!from ? wrong : undefined} />
      <UnitSearch id="towards" label={r("towards")} value={towards} onValue={setTowards} wrong={!towards ? wrong : undefined} />
      <Input label={r("plate")} optional value={plate} onValue={setPlate} maxLength={20} autoCapitalize="characters" autoComplete="off" />
      <Trouble error={begin.error} />
      <Button type="submit" wide busy={begin.isPending}>
        {r("begin")}
      </Button>
    </form>
  );
}

function End({ place, run, onEnded }: { place: string; run: { id: string; departs: string }; onEnded: (left: number) => void }) {
  const r = useWords();
  const { language } = useText();
  const [once] = useState(() => sentOnce<string, { left: number }>());
  const end = useMutation({
    mutationFn: () =>
      once(run.id, (ended, key, at) =>
        ask(
          api.POST("/api/v1/places/{id}/runs/{run}/end", {
            params: { path: { id: place, run: ended }, header: { "Idempotency-Key": key } },
            body: { at: toSecond(at) },
          }),
        ),
      ),
    onSuccess: ({ left }) => {
      onEnded(left);
      return client.invalidateQueries({ queryKey: runsQuery(place).queryKey });
    },
  });
  return (
    <section className="card stack">
      <p className="strong" role="status">
        {r("underWay", { at: dayAndClock(run.departs, language) })}
      </p>
      <Trouble error={end.error} />
      <Button wide busy={end.isPending} onClick={() => end.mutate()}>
        {r("end")}
      </Button>
    </section>
  );
}
