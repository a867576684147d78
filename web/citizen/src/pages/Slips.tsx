// Paper slips of a place: sheets to print, and the fast form in which they are keyed in later. Every line is sent when it
// is taken; a bad one says what is wrong with it and keeps the focus, nothing of it is lost.

import { ask, type SlipLine, type SlipReport } from "@luytre/shared/api";
import { day, localDate, noon } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";

import { api, client } from "../app/api";
import { placeQuery } from "../app/queries";
import { slipSheetsQuery } from "../paper/queries";
import { RoadFields, type Decided } from "../paper/RoadFields";
import { usePaperWords } from "../paper/words";
import { Icon } from "../ui/Icon";
import { Button, Input, Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

const onPage = 12;
const most = 240;

export function Slips() {
  const { t, p } = usePaperWords();
  const { id } = useParams({ from: "/inside/places/$id/slips" });
  const place = useQuery(placeQuery(id));
  return (
    <Page title={t("slips.title")} back={true} lead={place.data?.name}>
      <p>{p("slips.lead")}</p>
      <Notice>{p("slips.promise")}</Notice>
      {place.isPending && <Skeleton lines={[240]} />}
      {!place.data && <Trouble error={place.error} retry={() => void place.refetch()} />}
      {place.data && <KeyIn id={id} road={place.data.kind === "checkpoint"} />}
      <Print id={id} />
    </Page>
  );
}

const empty = { number: "", name: "", reach: "", in: "", out: "", plate: "" };
type Field = keyof typeof empty;
const fields: readonly Field[] = ["number", "name", "reach", "in", "out"];
const roadFields: readonly Field[] = ["number", "name", "reach", "plate", "in"];
const mayBeEmpty: readonly Field[] = ["reach", "out", "plate"];
const longest: Record<Field, number> = { number: 20, name: 120, reach: 40, in: 10, out: 10, plate: 20 };
const flaws = [
  "required",
  "format",
  "mistyped",
  "unknown",
  "repeated",
  "time_in_future",
  "time_too_old",
  "out_before_in",
  "stay_too_long",
  "place_closed",
  "place_not_approved",
  "not_in_force",
] as const;

interface Told {
  number: string;
  state: SlipReport["lines"][number]["state"];
}

function KeyIn({ id, road }: { id: string; road: boolean }) {
  const { p } = usePaperWords();
  const [line, setLine] = useState(empty);
  const [decided, setDecided] = useState<Decided>({});
  const [told, setTold] = useState<readonly Told[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const focus = (field: string) => form.current?.querySelector<HTMLElement>(`[name="${field}"], #slip-${field}`)?.focus();
  const take = useMutation({
    mutationFn: async (again: boolean) => {
      const body: SlipLine = {
        number: line.number,
        name: line.name,
        in: line.in,
        ...(line.reach.trim() ? { reach: line.reach } : {}),
        ...(line.out.trim() ? { out: line.out } : {}),
        ...(line.plate.trim() ? { plate: line.plate } : {}),
        ...decided,
        ...(again ? { again } : {}),
      };
      const report = await ask(
        api.POST("/api/v1/places/{id}/slips/entries", { params: { path: { id } }, body: { lines: [body] } }),
      );
      return report.lines[0]!;
    },
    onSuccess: (result) => {
      if (result.state === "refused") return focus(result.field);
      setTold((before) => [{ number: line.number, state: result.state }, ...before].slice(0, 50));
      setLine(empty);
      setDecided(({ direction }) => (direction ? { direction } : {})); // the next one goes the same way
      focus("number");
      void client.invalidateQueries({ queryKey: slipSheetsQuery(id).queryKey });
    },
  });
  const refused = take.data?.state === "refused" ? take.data : undefined;
  const flaw = (field: string) =>
    refused?.field === field ? p(`slips.flaw.${flaws.find((one) => one === refused.code) ?? "other"}`) : undefined;
  const set = (field: Field) => (value: string) => {
    setLine((before) => ({ ...before, [field]: value }));
    if (refused?.field === field) take.reset();
  };
  return (
    <section className="stack">
      <h2>{p("slips.key")}</h2>
      <p className="small soft">{p("slips.keyHint")}</p>
      <form
        className="card stack"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!take.isPending) take.mutate(false);
        }}
      >
        {(road ? roadFields : fields).map((field) => (
          <Input
            key={field}
            name={field}
            label={p(`slips.field.${road && field === "in" ? "at" : field}`)}
            optional={mayBeEmpty.includes(field)}
            autoComplete="off"
            spellCheck={false}
            inputMode={field === "number" ? "numeric" : field === "name" ? "text" : undefined}
            maxLength={longest[field]}
            value={line[field]}
            onValue={set(field)}
            wrong={flaw(field)}
          />
        ))}
        {road && (
          <RoadFields
            decided={decided}
            flaw={flaw}
            onDecided={(part) => {
              setDecided(part);
              if (refused) take.reset();
            }}
          />
        )}
        <Trouble error={take.error} />
        <Button type="submit" wide busy={take.isPending}>
          {p("slips.take")}
        </Button>
        {refused?.code === "repeated" && (
          <Button tone="second" wide busy={take.isPending} onClick={() => take.mutate(true)}>
            {p("slips.again", { number: line.number })}
          </Button>
        )}
      </form>
      <div role="log" aria-label={p("slips.list")}>
        {told.length > 0 && (
          <ul className="list">
            {told.map(({ number, state }, at) => (
              <li key={told.length - at} className="line numbers">
                {state === "changed" && p("slips.changed", { number })}
                {state === "same" && p("slips.same", { number })}
                {state === "taken" && p("slips.taken", { number })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Print({ id }: { id: string }) {
  const { p, language } = usePaperWords();
  const sheets = useQuery(slipSheetsQuery(id));
  const [count, setCount] = useState(String(onPage));
  const [date, setDate] = useState(() => localDate(Date.now()));
  const slips = Number(count);
  const ready = slips >= 1 && slips <= most && date !== "";
  const print = useMutation({
    mutationFn: () =>
      ask(api.POST("/api/v1/places/{id}/slips", { params: { path: { id } }, body: { slips, day: date } })),
    onSuccess: () => client.invalidateQueries({ queryKey: slipSheetsQuery(id).queryKey }),
  });
  return (
    <section className="stack">
      <h2>{p("slips.print")}</h2>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !print.isPending) print.mutate();
        }}
      >
        <Input
          label={p("slips.count")}
          hint={p("slips.countHint")}
          inputMode="numeric"
          value={count}
          onValue={(value) => setCount(value.replace(/\D/g, "").slice(0, 3))}
        />
        <Input label={p("slips.day")} type="date" value={date} onValue={setDate} />
        <Trouble error={print.error} />
        <Button type="submit" tone="second" wide busy={print.isPending} resting={!ready}>
          {p("slips.number")}
        </Button>
      </form>
      <h3>{p("slips.sheets")}</h3>
      <Trouble error={sheets.error} retry={() => void sheets.refetch()} />
      {sheets.data?.length === 0 && <p className="soft">{p("slips.none")}</p>}
      {sheets.data && sheets.data.length > 0 && (
        <ul className="list">
          {sheets.data.map((sheet) => (
            <li key={sheet.id} className="line" style={{ flexWrap: "wrap" }}>
              <span className="grow">
                <span className="strong numbers">{p("slips.range", { first: sheet.first, last: sheet.last })}</span>
                <br />
                <span className="small soft numbers">
                  {day(noon(sheet.day), language)} ·{" "}
                  {p("slips.keyed", { keyed: sheet.keyed, slips: sheet.slips })}
                </span>
              </span>
              <a
                className="button"
                data-tone="plain"
                href={`/api/v1/places/${encodeURIComponent(id)}/slips/${encodeURIComponent(sheet.id)}/sheet.pdf`}
                target="_blank"
                rel="noopener"
              >
                <Icon name="print" />
                {p("slips.open")}
                <span className="hidden"> {sheet.first}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
