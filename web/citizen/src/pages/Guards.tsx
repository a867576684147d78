// The guards of a place: named by phone, ended at once when a phone is lost.

import { ask } from "@luytre/shared/api";
import { clock, dayAndClock } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { guardsQuery, placeQuery, refusalsQuery } from "../app/queries";
import { toast } from "../app/toast";
import { useGateWords } from "../guard/words";
import { useText } from "../i18n";
import { PlanEditor } from "../lane/PlanEditor";
import { tidyPhone } from "../people/phone";
import { Button, Input, Page, Sheet, Skeleton } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";
import styles from "./PlaceDesk.module.css";

export function Guards() {
  const { g, t, language } = useGateWords();
  const { id } = useParams({ from: "/inside/places/$id/guards" });
  const place = useQuery(placeQuery(id));
  const guards = useQuery(guardsQuery(id));
  const changed = () => client.invalidateQueries({ queryKey: guardsQuery(id).queryKey });
  const act = useMutation({
    mutationFn: ({ guard, what }: { guard: string; what: "remove" | "phone-lost" }) =>
      what === "remove"
        ? ask(api.POST("/api/v1/places/{id}/guards/{guard}/remove", { params: { path: { id, guard } } }))
        : ask(api.POST("/api/v1/places/{id}/guards/{guard}/phone-lost", { params: { path: { id, guard } } })),
    onSuccess: async () => {
      await changed();
      toast({ text: t("saved") });
    },
  });
  const give = useMutation({
    mutationFn: (guard: string) =>
      ask(api.POST("/api/v1/places/{id}/guards/{guard}/code", { params: { path: { id, guard } } })),
  });
  return (
    <Page title={t("guards.title")} back={true} lead={place.data?.name}>
      <p>{t("guards.lead", { address: `${location.host}/guard` })}</p>
      <Trouble error={guards.error ?? act.error ?? give.error} retry={() => void guards.refetch()} />
      {guards.isPending && <Skeleton />}
      {guards.data && guards.data.length > 0 && (
        <ul className="list">
          {guards.data.map((guard) => (
            <li key={guard.id} className="line" style={{ flexWrap: "wrap" }}>
              <span style={{ flexBasis: "100%" }}>
                <span className="strong">{guard.name}</span>
                <br />
                <span className="small soft numbers">{guard.phoneMasked}</span>
              </span>
              <Button tone="plain" busy={give.isPending} onClick={() => give.mutate(guard.id)}>
                {g("code.give")}
              </Button>
              <Button
                tone="second"
                busy={act.isPending}
                onClick={() => act.mutate({ guard: guard.id, what: "phone-lost" })}
              >
                {t("guards.lost")}
              </Button>
              <Button tone="plain" busy={act.isPending} onClick={() => act.mutate({ guard: guard.id, what: "remove" })}>
                {t("guards.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {give.data && (
        <Sheet title={g("code.title")} onClose={give.reset}>
          <p className={`numbers ${styles.short}`}>{give.data.code}</p>
          <p>{g("code.text", { time: clock(give.data.expiresAt, language) })}</p>
          <Button wide onClick={give.reset}>
            {g("code.told")}
          </Button>
        </Sheet>
      )}
      <NewGuard id={id} onDone={changed} />
      {place.data?.kind === "checkpoint" && <PlanEditor id={id} />}
      <Refusals id={id} />
    </Page>
  );
}

/** When, why and by whom; nothing about who was turned back. */
function Refusals({ id }: { id: string }) {
  const { t, language } = useText();
  const refusals = useQuery(refusalsQuery(id));
  if (!refusals.data || refusals.data.length === 0) return null;
  return (
    <section className="stack-small">
      <h2>{t("guards.refusals")}</h2>
      <ul className="list">
        {refusals.data.map((each) => (
          <li key={each.id} className="line">
            <span className="grow">
              <span className="strong">{t(`guard.reason.${each.reason}`)}</span>
              {each.note && <> · {each.note}</>}
              <br />
              <span className="small soft numbers">
                {dayAndClock(each.at, language)} · {each.guard}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewGuard({ id, onDone }: { id: string; onDone: () => Promise<void> }) {
  const { t } = useText();
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [flaw, setFlaw] = useState(false);
  const add = useMutation({
    mutationFn: (body: { name: string; phone: string }) =>
      ask(api.POST("/api/v1/places/{id}/guards", { params: { path: { id } }, body })),
    onSuccess: async () => {
      setName("");
      setPhone("");
      await onDone();
    },
  });
  const field = useFields(add.error);
  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const tidy = tidyPhone(phone);
        setFlaw(!tidy);
        if (tidy && name.trim() && !add.isPending) add.mutate({ name: name.trim(), phone: tidy });
      }}
    >
      <h2>{t("guards.new")}</h2>
      <Input label={t("guards.name")} maxLength={60} value={name} onValue={setName} wrong={field("/name")} />
      <Input
        label={t("guards.phone")}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        value={phone}
        onValue={setPhone}
        wrong={flaw ? t("signIn.phoneWrong") : field("/phone")}
      />
      {!field("/phone") && !field("/name") && <Trouble error={add.error} />}
      <Button type="submit" busy={add.isPending}>
        {t("guards.add")}
      </Button>
    </form>
  );
}
