// What one must declare, why and until when; the rosters one is on; joining and leaving, always by one's own tap.

import { ask, type Duty } from "@luytre/shared/api";
import { day, noon } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { dutiesQuery, usePeople } from "../app/queries";
import { toast } from "../app/toast";
import { pick, useText } from "../i18n";
import { Button, ButtonLink, Input, Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWhy } from "./DutiesDue";
import { myRostersQuery } from "./queries";
import { useWords } from "./words";

const changed = () => client.invalidateQueries({ queryKey: ["duties"] });

export function Duties() {
  const w = useWords();
  const { code } = useSearch({ from: "/inside/duties" });
  return (
    <Page title={w("title")} back="/" lead={w("lead")}>
      {code && <Join given={code} />}
      <Invitations />
      <Today />
      <Mine />
      {!code && <Join given="" />}
    </Page>
  );
}

const tones = { done: "good", open: "care", later: undefined, missed: "bad", journey: undefined } as const;

function Today() {
  const w = useWords();
  const duties = useQuery(dutiesQuery);
  return (
    <section className="stack-small">
      <h2>{w("today")}</h2>
      {duties.isPending && <Skeleton lines={[96]} />}
      <Trouble error={duties.error} retry={() => void duties.refetch()} />
      {duties.data?.items.length === 0 && <p className="soft">{w("none")}</p>}
      {duties.data && duties.data.items.length > 0 && (
        <ul className="stack">
          {duties.data.items.map((duty) => (
            <li key={duty.rule + duty.person} className="card stack-small">
              <One duty={duty} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function One({ duty }: { duty: Duty }) {
  const { language } = useText();
  const w = useWords();
  const { why, until } = useWhy()(duty);
  const { people, self } = usePeople();
  const person = people.find(({ id }) => id === duty.person);
  return (
    <>
      <p>
        <span className="strong">{person?.name}</span>{" "}
        <span className="tag" data-tone={tones[duty.state]}>
          {w(`state.${duty.state}`)}
        </span>
      </p>
      <p>{pick(duty.reason, language)}</p>
      <p className="small soft">{why}</p>
      <p className="small soft">{until}</p>
      {duty.journeys.length > 0 && <Journeys duty={duty} />}
      {(duty.state === "open" || duty.state === "journey") && (
        <ButtonLink
          to="/declare/$form"
          params={{ form: duty.form } as never}
          search={
            {
              ...(person && person !== self ? { person: duty.person } : {}),
              ...(duty.place ? { place: duty.place } : {}),
              ...(duty.unit ? { unit: duty.unit } : {}),
            } as never
          }
          tone={duty.state === "open" ? "main" : "second"}
        >
          {w("declare")}
        </ButtonLink>
      )}
      <details className="small">
        <summary>{w("source")}</summary>
        <p className="soft" lang="en">
          {duty.source}
        </p>
      </details>
    </>
  );
}

function Journeys({ duty }: { duty: Duty }) {
  const { language } = useText();
  const w = useWords();
  return (
    <section className="stack-small">
      <p className="small strong">{w("journeys")}</p>
      <ul className="list small">
        {duty.journeys.map((journey, i) => {
          const due = duty.windows[i];
          return (
            <li key={i} className="line">
              <span className="grow">
                <span className="numbers">{day(noon(journey.day), language)}</span>: {w(`recorded.${journey.recorded}`)},{" "}
                {journey.unitName}
                {due?.state === "open" && (
                  <>
                    <br />
                    <span className="soft">
                      {w("until", { date: day(Date.parse(due.until) - 1000, language) })}
                    </span>
                  </>
                )}
              </span>
              {due && (
                <span className="tag" data-tone={tones[due.state]}>
                  {w(`state.${due.state}`)}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <p className="small soft">{w("journeysText")}</p>
    </section>
  );
}

function Invitations() {
  const w = useWords();
  const mine = useQuery(myRostersQuery);
  const act = useMutation({
    mutationFn: ({ id, what }: { id: string; what: "accept" | "decline" }): Promise<unknown> =>
      what === "accept"
        ? ask(api.POST("/api/v1/me/roster-invitations/{id}/accept", { params: { path: { id } } }))
        : ask(api.POST("/api/v1/me/roster-invitations/{id}/decline", { params: { path: { id } } })),
    onSettled: changed,
  });
  if (!mine.data || mine.data.invitations.length === 0) return null;
  return (
    <section className="stack-small">
      <h2>{w("invited")}</h2>
      <p>{w("invitedText")}</p>
      <Trouble error={act.error} />
      {mine.data.invitations.map(({ id, name, sector, unitName }) => (
        <div key={id} className="card stack-small">
          <p className="strong">{name}</p>
          <p className="small soft">
            {w(`sector.${sector}`)} · {unitName}
          </p>
          <Sees />
          <Button busy={act.isPending} onClick={() => act.mutate({ id, what: "accept" })}>
            {w("accept")}
          </Button>
          <Button tone="plain" busy={act.isPending} onClick={() => act.mutate({ id, what: "decline" })}>
            {w("decline")}
          </Button>
        </div>
      ))}
    </section>
  );
}

function Sees() {
  const w = useWords();
  return (
    <Notice icon="eye" title={w("seesTitle")}>
      <p className="small">{w("sees")}</p>
    </Notice>
  );
}

function Mine() {
  const { t, language } = useText();
  const w = useWords();
  const mine = useQuery(myRostersQuery);
  const leave = useMutation({
    mutationFn: (id: string) => ask(api.POST("/api/v1/me/rosters/{id}/leave", { params: { path: { id } } })),
    onSuccess: async () => {
      await changed();
      toast({ text: t("saved") });
    },
  });
  return (
    <section className="stack-small">
      <h2>{w("mine")}</h2>
      <Trouble error={mine.error ?? leave.error} retry={() => void mine.refetch()} />
      {mine.data?.memberships.length === 0 && <p className="soft">{w("mineNone")}</p>}
      {mine.data && mine.data.memberships.length > 0 && (
        <ul className="list">
          {mine.data.memberships.map(({ id, name, sector, joined }) => (
            <li key={id} className="line" style={{ flexWrap: "wrap" }}>
              <span className="grow">
                <span className="strong">{name}</span>
                <br />
                <span className="small soft">
                  {w(`sector.${sector}`)} · {w("since", { date: day(joined, language) })}
                </span>
              </span>
              <Button tone="plain" busy={leave.isPending} onClick={() => leave.mutate(id)}>
                {w("leave")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Join({ given }: { given: string }) {
  const { t } = useText();
  const w = useWords();
  const [code, setCode] = useState(given);
  const look = useMutation({
    mutationFn: () => ask(api.GET("/api/v1/me/rosters/preview", { params: { query: { code: code.trim() } } })),
  });
  const join = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/me/rosters", { body: { code: code.trim() } })),
    onSuccess: async () => {
      look.reset();
      setCode("");
      await changed();
      toast({ text: t("saved") });
    },
  });
  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() && !look.isPending) look.mutate();
      }}
    >
      <h2>{w("join")}</h2>
      <Input
        label={w("code")}
        hint={w("codeHint")}
        value={code}
        maxLength={20}
        autoComplete="off"
        autoCapitalize="characters"
        onValue={(value) => {
          setCode(value);
          look.reset();
          join.reset();
        }}
      />
      <Trouble error={look.error ?? join.error} />
      {!look.data && (
        <Button type="submit" busy={look.isPending} resting={!code.trim()}>
          {w("look")}
        </Button>
      )}
      {look.data && (
        <>
          <p>
            <span className="strong">{look.data.name}</span>
            <br />
            <span className="small soft">
              {w(`sector.${look.data.sector}`)} · {look.data.unitName}
            </span>
          </p>
          {look.data.member ? (
            <p>{w("already")}</p>
          ) : (
            <>
              <Sees />
              <Button busy={join.isPending} onClick={() => join.mutate()}>
                {w("agree")}
              </Button>
            </>
          )}
        </>
      )}
    </form>
  );
}
