// A printed card for somebody without a phone: made, printed, and ended when it is lost. The name is printed only if the
// person agrees: nothing is chosen beforehand but the initials.

import { ask } from "@luytre/shared/api";
import { day, noon } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { peopleQuery } from "../app/queries";
import { toast } from "../app/toast";
import { cardsQuery } from "../paper/queries";
import { usePaperWords } from "../paper/words";
import { Icon } from "../ui/Icon";
import { Button, Choices, Notice, Page, Sheet, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

export function Card() {
  const { t, p, language } = usePaperWords();
  const { id } = useParams({ from: "/inside/family/$id/card" });
  const person = useQuery(peopleQuery).data?.find((each) => each.id === id);
  const cards = useQuery(cardsQuery(id));
  const [what, setWhat] = useState<string>();
  const [losing, setLosing] = useState(false);
  const card = cards.data?.[0];
  const refresh = () => client.invalidateQueries({ queryKey: cardsQuery(id).queryKey });
  const path = { params: { path: { id } } };
  const make = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/me/people/{id}/cards", { ...path, body: { named: what === "name" } })),
    onSuccess: async () => {
      await refresh();
      setWhat(undefined);
      toast({ text: p("card.made") });
    },
  });
  const lose = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/me/people/{id}/cards/lost", path)),
    onSuccess: async () => {
      await refresh();
      setLosing(false);
      toast({ text: p("card.lostDone") });
    },
  });
  return (
    <Page title={t("card.title")} back={true} lead={person?.name}>
      <p>
        {p("card.lead")} {p("card.inQr")}
      </p>
      <Notice>{p("card.proves")}</Notice>
      {cards.isPending && <Skeleton lines={[120]} />}
      <Trouble error={cards.error} retry={() => void cards.refetch()} />
      {card && (
        <section className="card stack">
          <h2>
            <span className="small soft">{p("card.number")}</span>
            <br />
            <span className="numbers">{card.number}</span>
          </h2>
          <p>
            {p("card.printed", { text: card.printed })}
            <br />
            <span className="soft">{p("card.until", { day: day(noon(card.lastDay), language) })}</span>
          </p>
          <a className="button" href={`/api/v1/me/people/${encodeURIComponent(id)}/card.pdf`} target="_blank" rel="noopener">
            <Icon name="print" />
            {p("card.open")}
          </a>
          <Button tone="danger" onClick={() => setLosing(true)}>
            {p("card.lost")}
          </Button>
        </section>
      )}
      {cards.data && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (what && !make.isPending) make.mutate();
          }}
        >
          <Choices
            label={p("card.print")}
            hint={p("card.agreed", { name: person?.name ?? "" })}
            value={what}
            onValue={setWhat}
            options={[
              { value: "initials", text: p("card.initials") },
              { value: "name", text: p("card.name") },
            ]}
          />
          <Trouble error={make.error} />
          <Button type="submit" tone={card ? "second" : "main"} wide busy={make.isPending} resting={!what}>
            {card ? p("card.change") : p("card.make")}
          </Button>
        </form>
      )}
      {losing && card && (
        <Sheet title={p("card.lostTitle", { number: card.number })} onClose={() => setLosing(false)}>
          <p>{p("card.lostText")}</p>
          <Trouble error={lose.error} />
          <Button tone="danger" wide busy={lose.isPending} onClick={() => lose.mutate()}>
            {p("card.lostDo")}
          </Button>
          <Button tone="second" wide onClick={() => setLosing(false)}>
            {t("cancel")}
          </Button>
        </Sheet>
      )}
    </Page>
  );
}
