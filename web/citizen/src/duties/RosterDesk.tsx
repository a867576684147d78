// One roster, for its head: how many have declared, who has not, and nothing of what they declared.

import { ask, type RosterDuty } from "@luytre/shared/api";
import { day, localDate } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { toast } from "../app/toast";
import { pick, useText } from "../i18n";
import { tidyPhone } from "../people/phone";
import { Button, Input, Notice, Page, Select, Sheet, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { rosterExport, rosterQuery, rostersQuery } from "./queries";
import styles from "./RosterDesk.module.css";
import { useWords } from "./words";

export function RosterDesk() {
  const w = useWords();
  const { id } = useParams({ from: "/inside/rosters/$id" });
  const roster = useQuery(rosterQuery(id));
  return (
    <Page title={roster.data?.name ?? w("heads")} back="/rosters" lead={roster.data?.unitName}>
      {roster.isPending && <Skeleton />}
      <Trouble error={roster.error} retry={() => void roster.refetch()} />
      {roster.data && (
        <>
          <p>
            {w(`sector.${roster.data.sector}`)} · {w("members", { count: roster.data.members })}
          </p>
          {roster.data.duties.length === 0 && <Notice tone="care" title={w("noDuty")} />}
          {roster.data.duties.map((duty) => (
            <Compliance key={duty.rule} id={id} duty={duty} />
          ))}
          <Code id={id} code={roster.data.code} svg={roster.data.svg} />
          <Invite id={id} waiting={roster.data.invitations} />
          <Close id={id} />
        </>
      )}
    </Page>
  );
}

function Compliance({ id, duty }: { id: string; duty: RosterDuty }) {
  const { language } = useText();
  const w = useWords();
  const { declared, members } = duty.today;
  const remind = useMutation({
    mutationFn: () =>
      ask(api.POST("/api/v1/rosters/{id}/reminders", { params: { path: { id } }, body: { rule: duty.rule } })),
    onSuccess: ({ reminded }) => toast({ text: w("reminded", { count: reminded }) }),
  });
  return (
    <section className="card stack">
      <h2>{pick(duty.title, language)}</h2>
      <p className="strong numbers">{w("count", { declared, members })}</p>
      <div>
        <h3 className="small">{w("strip")}</h3>
        <ol className={styles.strip}>
          {duty.strip.map((one) => {
            const said = { date: day(one.day, language), declared: one.declared, members: one.members };
            return (
              <li key={one.day}>
                <span className={styles.bar} aria-hidden="true">
                  <span style={{ height: `${one.members ? (100 * one.declared) / one.members : 0}%` }} />
                </span>
                <span className={styles.number} aria-hidden="true">
                  {Number(one.day.slice(8))}
                </span>
                <span className="hidden">{w("stripDay", said)}</span>
              </li>
            );
          })}
        </ol>
      </div>
      <Button tone="second" busy={remind.isPending} resting={declared === members} onClick={() => remind.mutate()}>
        {w("remind")}
      </Button>
      <p className="small soft">{w("remindText")}</p>
      <Trouble error={remind.error} />
      <People id={id} duty={duty} />
      <TakeOut id={id} rule={duty.rule} />
    </section>
  );
}

interface Shown {
  items: { person: string; name: string; declared?: boolean | undefined }[];
  next: string | undefined;
}

function People({ id, duty }: { id: string; duty: RosterDuty }) {
  const { t, language } = useText();
  const w = useWords();
  const today = duty.today.day;
  const [at, setAt] = useState(today);
  const [which, setWhich] = useState("not");
  const filter = { rule: duty.rule, day: at, ...(which === "all" ? {} : { declared: which === "did" }) };
  const [shown, setShown] = useState<Shown>();
  const [leaving, setLeaving] = useState<Shown["items"][number]>();
  // Only when asked for: every look is logged.
  const looking = useMutation({
    mutationFn: (cursor: string | undefined) =>
      ask(
        api.GET("/api/v1/rosters/{id}/members", {
          params: { path: { id }, query: { ...filter, limit: 100, ...(cursor ? { cursor } : {}) } },
        }),
      ),
  });
  /** The first page, or the next one below what is shown. */
  const look = (before?: Shown) =>
    looking.mutate(before?.next, {
      onSuccess: ({ items, next }) => setShown({ items: [...(before?.items ?? []), ...items], next }),
    });
  const forget = () => {
    looking.reset(); // an answer about another day is not shown
    setShown(undefined);
  };
  const reminding = useMutation({
    mutationFn: (person: string) =>
      ask(api.POST("/api/v1/rosters/{id}/reminders", { params: { path: { id } }, body: { rule: duty.rule, person } })),
    onSuccess: () => toast({ text: t("saved") }),
  });
  const removing = useMutation({
    mutationFn: (person: string) =>
      ask(api.POST("/api/v1/rosters/{id}/members/{person}/remove", { params: { path: { id, person } } })),
    onSuccess: async (_, person) => {
      toast({ text: t("saved") });
      setLeaving(undefined);
      setShown((now) => now && { ...now, items: now.items.filter((one) => one.person !== person) });
      await client.invalidateQueries({ queryKey: rosterQuery(id).queryKey });
    },
  });
  const said = (declared: boolean | undefined) =>
    declared === undefined ? w("notDue") : declared ? w("did") : w("not");
  return (
    <form
      className="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!looking.isPending) look();
      }}
    >
      <h3>{w("list")}</h3>
      <p className="small soft">{w("listText")}</p>
      <Select
        label={w("day")}
        value={at}
        onValue={(value) => {
          setAt(value || today);
          forget();
        }}
        options={[...duty.strip].reverse().map((one) => ({ value: one.day, text: day(one.day, language) }))}
      />
      <Select
        label={w("which")}
        value={which}
        onValue={(value) => {
          setWhich(value || "not");
          forget();
        }}
        options={[
          { value: "not", text: w("not") },
          { value: "did", text: w("did") },
          { value: "all", text: w("all") },
        ]}
      />
      <Button type="submit" tone="second" busy={looking.isPending}>
        {w("show")}
      </Button>
      <Trouble error={looking.error ?? reminding.error} />
      {shown?.items.length === 0 && <p role="status">{w("nobody")}</p>}
      {shown && shown.items.length > 0 && (
        <ul className="list">
          {shown.items.map((one) => (
            <li key={one.person} className="line" style={{ flexWrap: "wrap" }}>
              <span style={{ flexBasis: "100%" }}>
                <span className="strong">{one.name}</span>{" "}
                <span className="tag" data-tone={one.declared ? "good" : one.declared === false ? "care" : undefined}>
                  {said(one.declared)}
                </span>
              </span>
              {one.declared === false && at === today && localDate(Date.now()) === today && (
                <Button tone="second" busy={reminding.isPending} onClick={() => reminding.mutate(one.person)}>
                  {w("remindOne")}
                </Button>
              )}
              <Button
                tone="plain"
                onClick={() => {
                  removing.reset();
                  setLeaving(one);
                }}
              >
                {w("remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {shown?.next && (
        <Button tone="second" busy={looking.isPending} onClick={() => look(shown)}>
          {t("more")}
        </Button>
      )}
      {leaving && (
        <Sheet title={w("removeTitle", { name: leaving.name })} onClose={() => setLeaving(undefined)}>
          <p>{w("removeText")}</p>
          <Trouble error={removing.error} />
          <Button tone="danger" wide busy={removing.isPending} onClick={() => removing.mutate(leaving.person)}>
            {w("remove")}
          </Button>
          <Button tone="second" wide onClick={() => setLeaving(undefined)}>
            {t("cancel")}
          </Button>
        </Sheet>
      )}
    </form>
  );
}

function TakeOut({ id, rule }: { id: string; rule: string }) {
  const w = useWords();
  const [reason, setReason] = useState("");
  const taking = useMutation({ mutationFn: () => rosterExport(id, rule, reason.trim()) });
  return (
    <details>
      <summary>{w("export")}</summary>
      <div className="stack-small">
        <p className="small">{w("exportText")}</p>
        <Input label={w("reason")} value={reason} onValue={setReason} maxLength={200} />
        {reason.trim() && (
          <Button tone="second" busy={taking.isPending} onClick={() => taking.mutate()}>
            {w("download")}
          </Button>
        )}
        <Trouble error={taking.error} />
      </div>
    </details>
  );
}

function Code({ id, code, svg }: { id: string; code: string; svg: string }) {
  const w = useWords();
  const renew = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/rosters/{id}/code", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: rosterQuery(id).queryKey }),
  });
  return (
    <section className="card stack-small">
      <h2>{w("showCode")}</h2>
      <p>{w("showCodeText")}</p>
      <img className={styles.qr} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={w("qr")} />
      <p className={`strong numbers ${styles.code}`}>{code}</p>
      <Trouble error={renew.error} />
      <Button tone="plain" busy={renew.isPending} onClick={() => renew.mutate()}>
        {w("newCode")}
      </Button>
    </section>
  );
}

function Invite({ id, waiting }: { id: string; waiting: number }) {
  const w = useWords();
  const [phone, setPhone] = useState("");
  const [flaw, setFlaw] = useState(false);
  const invite = useMutation({
    mutationFn: (tidy: string) =>
      ask(api.POST("/api/v1/rosters/{id}/invitations", { params: { path: { id } }, body: { phone: tidy } })),
    onSuccess: async () => {
      setPhone("");
      await client.invalidateQueries({ queryKey: rosterQuery(id).queryKey });
    },
  });
  return (
    <form
      className="card stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const tidy = tidyPhone(phone);
        setFlaw(!tidy);
        if (tidy && !invite.isPending) invite.mutate(tidy);
      }}
    >
      <h2>{w("invite")}</h2>
      <p>{w("inviteText")}</p>
      <Input
        label={w("phone")}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        value={phone}
        onValue={setPhone}
        wrong={flaw ? w("phoneWrong") : undefined}
      />
      <Trouble error={invite.error} />
      {invite.isSuccess && <Notice live title={w("inviteSent")} />}
      <Button type="submit" tone="second" busy={invite.isPending}>
        {w("inviteSend")}
      </Button>
      {waiting > 0 && <p className="small soft">{w("waiting", { count: waiting })}</p>}
    </form>
  );
}

function Close({ id }: { id: string }) {
  const w = useWords();
  const go = useNavigate();
  const [sure, setSure] = useState(false);
  const close = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/rosters/{id}/close", { params: { path: { id } } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: rostersQuery.queryKey });
      await go({ to: "/rosters" });
    },
  });
  return (
    <>
      <Button tone="plain" onClick={() => setSure(true)}>
        {w("close")}
      </Button>
      {sure && (
        <Sheet title={w("close")} onClose={() => setSure(false)}>
          <p>{w("closeText")}</p>
          <Trouble error={close.error} />
          <Button tone="danger" wide busy={close.isPending} onClick={() => close.mutate()}>
            {w("closeSure")}
          </Button>
        </Sheet>
      )}
    </>
  );
}
