// The keeper plans who stands at the checkpoint: a guard, a day, from when to when, for how many days.

import { ask, type NewPlannedShift } from "@luytre/shared/api";
import { localDate, spanOf } from "@luytre/shared/time";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { api, client } from "../app/api";
import { guardsQuery } from "../app/queries";
import { Button, Input, Select } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";
import { Plan } from "./Plan";
import { useWords } from "./words";

const planQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id, "plan"],
    refetchInterval: 60_000,
    queryFn: () => ask(api.GET("/api/v1/places/{id}/planned-shifts", { params: { path: { id } } })),
  });

export function PlanEditor({ id }: { id: string }) {
  const { w } = useWords();
  const plan = useQuery(planQuery(id));
  const guards = useQuery(guardsQuery(id));
  const [guard, setGuard] = useState("");
  const [day, setDay] = useState(() => localDate(Date.now()));
  const [from, setFrom] = useState("06:00");
  const [until, setUntil] = useState("14:00");
  const [days, setDays] = useState("1");
  const sent = useRef({ body: "", key: "" });
  const { queryKey } = planQuery(id);
  const add = useMutation({
    mutationFn: (body: NewPlannedShift) => {
      const text = JSON.stringify(body);
      if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() }; // the same planned again counts once
      return ask(api.POST("/api/v1/places/{id}/planned-shifts", { params: { path: { id }, header: { "Idempotency-Key": sent.current.key } }, body }));
    },
    onSuccess: (fresh) => {
      sent.current = { body: "", key: "" };
      client.setQueryData(queryKey, fresh);
    },
  });
  const remove = useMutation({
    mutationFn: (shift: string) => ask(api.POST("/api/v1/places/{id}/planned-shifts/{shift}/remove", { params: { path: { id, shift } } })),
    onSuccess: (fresh) => client.setQueryData(queryKey, fresh),
  });
  const field = useFields(add.error);
  return (
    <section className="stack-small">
      <h2>{w("plan.title")}</h2>
      <p className="small soft">{w("plan.lead")}</p>
      <Trouble error={plan.error ?? remove.error} retry={() => void plan.refetch()} />
      {plan.data && (
        <Plan plan={plan.data}>
          {(shift) => (
            <Button tone="plain" busy={remove.isPending} onClick={() => remove.mutate(shift.id)}>
              {w("plan.remove")}
              <span className="hidden"> {shift.name}</span>
            </Button>
          )}
        </Plan>
      )}
      {guards.data && guards.data.length > 0 && (
        <form
          className="card stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (guard && day && from && until && !add.isPending) add.mutate({ guard, ...spanOf(day, from, until), days: Number(days) || 1 });
          }}
        >
          <Select label={w("plan.guard")} value={guard} onValue={setGuard} options={guards.data.map((each) => ({ value: each.id, text: each.name }))} wrong={field("/guard")} />
          <Input label={w("plan.day")} type="date" value={day} onValue={setDay} wrong={field("/from")} />
          <Input label={w("plan.from")} type="time" value={from} onValue={setFrom} />
          <Input label={w("plan.until")} hint={w("plan.untilHint")} type="time" value={until} onValue={setUntil} wrong={field("/until")} />
          <Input label={w("plan.days")} type="number" inputMode="numeric" min={1} max={31} value={days} onValue={setDays} wrong={field("/days")} />
          {!field("/guard") && !field("/from") && !field("/until") && !field("/days") && <Trouble error={add.error} />}
          <Button type="submit" busy={add.isPending}>
            {w("plan.add")}
          </Button>
        </form>
      )}
    </section>
  );
}
