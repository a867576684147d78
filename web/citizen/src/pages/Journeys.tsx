// A journey past checkpoints, told once ahead: one code for the plate and everybody in the vehicle. And where one has
// passed.

import { ask, type Journey, type MyPassage } from "@luytre/shared/api";
import { dayAndClock } from "@luytre/shared/time";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { api, client } from "../app/api";
import { usePeople } from "../app/queries";
import { toast } from "../app/toast";
import { tidyPlate, type Direction } from "../lane/draft";
import { useWords } from "../lane/words";
import { ConsentGate } from "../people/ConsentGate";
import { UnitSearch, type ChosenUnit } from "../people/UnitSearch";
import { Button, Checks, Choices, Input, Notice, Page, Select, Skeleton } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";
import styles from "./MyCode.module.css";

const journeysQuery = queryOptions({
  queryKey: ["journeys"],
  queryFn: async () => (await ask(api.GET("/api/v1/me/journeys"))).items,
});
const passagesQuery = queryOptions({
  queryKey: ["passages"],
  queryFn: async () => (await ask(api.GET("/api/v1/me/passages"))).items,
});

const day = 24 * 3600_000;
/** "2026-03-02T08:30" of Viet Nam, as the input wants it. */
const localMinute = (at: number): string => new Date(at + 7 * 3600_000).toISOString().slice(0, 16);

export function Journeys() {
  return (
    <ConsentGate purpose="declarations">
      <Told />
    </ConsentGate>
  );
}

function Told() {
  const { w } = useWords();
  const journeys = useQuery(journeysQuery);
  const [telling, setTelling] = useState(false);
  const none = journeys.data?.length === 0;
  return (
    <Page title={w("journeys.title")} back="/" lead={w("journeys.lead")}>
      <Trouble error={journeys.error} retry={() => void journeys.refetch()} />
      {journeys.isPending && <Skeleton />}
      {journeys.data?.map((journey) => (
        <One key={journey.id} journey={journey} />
      ))}
      {telling || none ? (
        <Tell onTold={() => setTelling(false)} />
      ) : (
        journeys.data && (
          <Button wide tone="second" icon="plus" onClick={() => setTelling(true)}>
            {w("journeys.new")}
          </Button>
        )
      )}
      <Notice>
        <p className="small">{w("journeys.privacy")}</p>
      </Notice>
      <Passages />
    </Page>
  );
}

function One({ journey }: { journey: Journey }) {
  const { w, language } = useWords();
  const { people } = usePeople();
  const names = journey.people.map((id) => people.find((each) => each.id === id)?.name ?? "?").join(", ");
  const withdraw = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/me/journeys/{id}/withdraw", { params: { path: { id: journey.id } } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: journeysQuery.queryKey });
      toast({ text: w("journeys.withdrawn") });
    },
  });
  return (
    <figure className={styles.pass}>
      <img className={styles.code} src={`data:image/svg+xml,${encodeURIComponent(journey.svg)}`} alt={w("journeys.code")} />
      <figcaption className="stack-small">
        <p className={styles.name}>{journey.plate ?? w(`vehicles.${journey.vehicle}`)}</p>
        <p>
          {w(journey.direction)} → {journey.towardsName}
        </p>
        <p className="numbers">
          {w("journeys.window", {
            from: dayAndClock(journey.from, language),
            until: dayAndClock(journey.until, language),
          })}
        </p>
        <p className="small">{names}</p>
        {journey.used && <p className="small soft">{w("journeys.used", { time: dayAndClock(journey.used, language) })}</p>}
        <Trouble error={withdraw.error} />
        <Button tone="plain" wide busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {w("journeys.withdraw")}
        </Button>
      </figcaption>
    </figure>
  );
}

function Tell({ onTold }: { onTold: () => void }) {
  const { w } = useWords();
  const { people } = usePeople();
  const [plate, setPlate] = useState("");
  const [towards, setTowards] = useState<ChosenUnit>();
  const [direction, setDirection] = useState<Direction>();
  const [from, setFrom] = useState(() => localMinute(Date.now()));
  const [hours, setHours] = useState("24");
  const [who, setWho] = useState<readonly string[]>([]);
  const [flaw, setFlaw] = useState(false);
  const sent = useRef({ told: "", key: "" });
  const ready = towards !== undefined && direction !== undefined && who.length > 0 && from !== "";
  const tell = useMutation({
    mutationFn: () => {
      const begins = new Date(`${from}:00+07:00`);
      const body = {
        ...(plate.trim() ? { plate: plate.trim() } : {}),
        vehicle: plate.trim() ? ("car" as const) : ("foot" as const),
        direction: direction!,
        towards: towards!.id,
        from: begins.toISOString(),
        until: new Date(begins.getTime() + Number(hours) * 3600_000).toISOString(),
        people: [...who],
      };
      const told = JSON.stringify(body);
      if (sent.current.told !== told) sent.current = { told, key: crypto.randomUUID() }; // the same told again counts once
      const header = { "Idempotency-Key": sent.current.key };
      return ask(api.POST("/api/v1/me/journeys", { params: { header }, body }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: journeysQuery.queryKey });
      onTold();
    },
  });
  const field = useFields(tell.error);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = plate.trim() !== "" && !tidyPlate(plate);
        setFlaw(wrong);
        if (ready && !wrong && !tell.isPending) tell.mutate();
      }}
    >
      <Checks
        label={w("journeys.who")}
        name="who"
        values={who}
        onToggle={(id) => setWho((now) => (now.includes(id) ? now.filter((each) => each !== id) : [...now, id]))}
        options={people.map((each) => ({ value: each.id, text: each.name }))}
        wrong={field("/people")}
      />
      <Input
        label={w("journeys.plate")}
        hint={w("plateHint")}
        optional
        autoCapitalize="characters"
        autoComplete="off"
        maxLength={20}
        value={plate}
        onValue={setPlate}
        wrong={flaw ? w("plateWrong") : field("/plate")}
      />
      <UnitSearch
        id="towards"
        label={w("journeys.towards")}
        hint={w("journeys.towardsHint")}
        value={towards}
        onValue={setTowards}
        wrong={field("/towards")}
      />
      <Choices
        label={w("journeys.direction")}
        name="direction"
        value={direction}
        onValue={(value) => setDirection(value as Direction)}
        options={[
          { value: "in", text: w("in") },
          { value: "out", text: w("out") },
        ]}
      />
      <Input
        label={w("journeys.from")}
        type="datetime-local"
        min={localMinute(Date.now() - day / 48)}
        value={from}
        onValue={setFrom}
        wrong={field("/from")}
      />
      <Select
        label={w("journeys.hours")}
        value={hours}
        onValue={setHours}
        options={[6, 12, 24, 48, 72].map((count) => ({ value: String(count), text: w("journeys.hoursCount", { count }) }))}
        wrong={field("/until")}
      />
      <Trouble error={tell.error} />
      <Button type="submit" wide busy={tell.isPending} resting={!ready}>
        {w("journeys.send")}
      </Button>
    </form>
  );
}

function Passages() {
  const { w } = useWords();
  const passages = useQuery(passagesQuery);
  if (!passages.data) return <Trouble error={passages.error} />;
  return (
    <section className="stack-small">
      <h2>{w("journeys.passages")}</h2>
      {passages.data.length === 0 && <p className="soft">{w("journeys.none")}</p>}
      {passages.data.length > 0 && (
        <ul className="list">
          {passages.data.map((passage) => (
            <Passage key={passage.id} passage={passage} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Passage({ passage }: { passage: MyPassage }) {
  const { w, language } = useWords();
  return (
    <li className="line">
      <span className="grow">
        <span className="strong">{passage.placeName}</span> · {w(passage.direction)}
        <br />
        <span className="small soft numbers">{dayAndClock(passage.at, language)}</span>
        {passage.why && <span className="small"> · {w(`whys.${passage.why}`)}</span>}
      </span>
      <span className="tag">{w(`journeys.decision.${passage.decision}`)}</span>
      {passage.how === "journey" && <span className="tag">{w("journeys.declaredOnly")}</span>}
      {passage.how === "card" && <span className="tag">{w("journeys.byCard")}</span>}
    </li>
  );
}
