// A place has been recognised: say which, ask for whom and as what, record it, and say what comes next.

import { ApiError, ask, Unreachable, type Resolved, type Visit } from "@luytre/shared/api";
import { clock } from "@luytre/shared/time";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, client, queue } from "../app/api";
import { useLooking } from "../app/hooks";
import { usePeople, visitsQuery } from "../app/queries";
import { toast } from "../app/toast";
import { useText } from "../i18n";
import { ConsentGate } from "../people/ConsentGate";
import { Icon } from "../ui/Icon";
import { Button, ButtonLink, Checks, Choices, Notice, Page, Skeleton } from "../ui/parts";
import { sayError, Trouble } from "../ui/Trouble";
import { cameAt } from "../visits/arrival";
import { CameEarlier } from "../visits/CameEarlier";
import { CheckingIn, type CheckedIn } from "../visits/checkingIn";
import { ShareWhere } from "../visits/ShareWhere";
import { checkOut } from "../visits/submit";
import { ConsentNeeded } from "../visits/Waiting";
import styles from "./CheckIn.module.css";

export const capacities = ["customer", "visitor", "patient", "carer", "passenger", "staff", "other"] as const;

export function CheckIn({ code, onAgain }: { code: string; onAgain?: () => void }) {
  const { t } = useText();
  const [done, setDone] = useState<CheckedIn[]>();
  const place = useQuery({
    queryKey: ["resolve", code],
    staleTime: 60_000,
    queryFn: () => ask(api.POST("/api/v1/places/resolve", { body: { code } })),
  });
  if (done) return <Recorded done={done} placeName={place.data?.place.name} onAgain={onAgain} />;
  if (place.isPending)
    return (
      <Page title={t("scan.looking")} back="/">
        <Skeleton lines={[120, 56, 56]} />
      </Page>
    );
  const offline = place.error instanceof Unreachable;
  if (place.error && !offline)
    return (
      <Page title={t("scan.title")} back="/">
        <Trouble error={place.error} />
        {onAgain && (
          <Button wide icon="scan" onClick={onAgain}>
            {t("scan.again")}
          </Button>
        )}
      </Page>
    );
  const confirm = <Confirm key={code} code={code} resolved={place.data} onDone={setDone} onAgain={onAgain} />;
  return place.data?.checkInInForce === false ? confirm : <ConsentGate purpose="tracing">{confirm}</ConsentGate>;
}

function Confirm({
  code,
  resolved,
  onDone,
  onAgain,
}: {
  code: string;
  resolved: Resolved | undefined;
  onDone: (done: CheckedIn[]) => void;
  onAgain: (() => void) | undefined;
}) {
  const { t, language } = useText();
  const { people, self, others } = usePeople();
  const looking = useLooking();
  const [checkingIn] = useState(() => new CheckingIn(code, (...entry) => queue.submit(...entry), looking));
  const [at] = useState(() => new Date().toISOString()); // when the codes met, not when the button was found
  const [chosen, setChosen] = useState<readonly string[]>(self && others.length === 0 ? [self.id] : []);
  const [capacity, setCapacity] = useState<string>();
  const [nobody, setNobody] = useState(false);
  const [said, setSaid] = useState<string>(); // when the person came, if before
  const [saidWrong, setSaidWrong] = useState(false);
  const visits = useInfiniteQuery({ ...visitsQuery(), enabled: resolved !== undefined }).data?.pages[0]?.items ?? [];
  const here =
    resolved &&
    visits.find(
      (visit) =>
        visit.place === resolved.place.id &&
        (visit.zone ?? "") === (resolved.zone?.id ?? "") &&
        visit.outEstimated &&
        Date.now() < Date.parse(visit.out),
    );
  const enter = useMutation({
    mutationFn: (came: string) =>
      checkingIn.record(
        people.filter((person) => chosen.includes(person.id)),
        { place: resolved?.place.name, capacity, at: came },
      ),
    onSuccess: onDone,
  });
  const leave = useMutation({
    mutationFn: (visit: Visit) => checkOut({ id: visit.id }, { person: self?.name ?? "", place: visit.placeName }, at, looking),
    onSuccess: () => toast({ text: t("visit.left") }),
  });

  return (
    <Page title={resolved ? t("scan.youAreAt") : t("scan.offlineTitle")} back="/">
      <div className={styles.place}>
        <Icon name="place" size={30} />
        <div className="grow">
          {resolved ? (
            <>
              <p className={styles.name}>{resolved.place.name}</p>
              {resolved.zone && <p className="strong">{resolved.zone.name}</p>}
              <p className="soft">{resolved.place.unitPath}</p>
            </>
          ) : (
            <p>{t("scan.offlineText", { time: clock(at, language) })}</p>
          )}
        </div>
      </div>
      {resolved && !resolved.checkInInForce ? (
        <>
          <Notice title={t("scan.notInForce")}>
            <p>{t("scan.notInForceText")}</p>
          </Notice>
          <ButtonLink to="/" wide tone="second">
            {t("home.back")}
          </ButtonLink>
        </>
      ) : (
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const came = said === undefined ? at : cameAt(said, at);
            setNobody(chosen.length === 0);
            setSaidWrong(came === undefined);
            if (chosen.length > 0 && came !== undefined && !enter.isPending) enter.mutate(came);
          }}
        >
          {here && (
            <Notice icon="clock" title={t("scan.hereSince", { time: clock(here.in, language) })}>
              <div>
                <Button busy={leave.isPending} onClick={() => leave.mutate(here, { onSuccess: () => history.back() })} icon="door">
                  {t("visit.leaveNow")}
                </Button>
              </div>
              <Trouble error={leave.error} />
            </Notice>
          )}
          {others.length > 0 && (
            <Checks
              label={t("scan.who")}
              values={chosen}
              onToggle={(id) => {
                setNobody(false);
                setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
              }}
              options={people.map((person) => ({
                value: person.id,
                text: person === self ? t("scan.me", { name: person.name }) : person.name,
              }))}
              wrong={nobody ? t("scan.whoMissing") : undefined}
            />
          )}
          <CameEarlier
            said={said}
            onSaid={(time) => {
              setSaid(time);
              setSaidWrong(false);
            }}
            wrong={saidWrong}
          />
          <Choices
            label={t("scan.as")}
            optional
            columns={2}
            value={capacity}
            onValue={setCapacity}
            options={capacities.map((value) => ({ value, text: t(`capacity.${value}`) }))}
          />
          <Trouble error={enter.error} />
          <div className="sticky stack-small">
            <Button type="submit" wide busy={enter.isPending} icon="check">
              {t("scan.record")}
            </Button>
          </div>
          {onAgain && (
            <Button tone="plain" wide onClick={onAgain}>
              {t("scan.wrongPlace")}
            </Button>
          )}
        </form>
      )}
    </Page>
  );
}

function Recorded({
  done,
  placeName,
  onAgain,
}: {
  done: CheckedIn[];
  placeName: string | undefined;
  onAgain: (() => void) | undefined;
}) {
  const { t } = useText();
  const good = done.filter(({ outcome }) => outcome.state !== "refused");
  const waiting = good.length > 0 && good.every(({ outcome }) => outcome.state === "waiting");
  const needs = good.some(({ outcome }) => outcome.state === "waiting" && outcome.needs);
  return (
    <Page
      title={good.length === 0 ? t("scan.refusedTitle") : waiting ? t("scan.waitingTitle") : t("scan.doneTitle")}
      back="/"
    >
      {good.length > 0 && (
        <div className={styles.done} data-waiting={waiting || undefined}>
          <span className={styles.seal}>
            <Icon name={waiting ? "cloud" : "check"} size={44} />
          </span>
          <p className={styles.name}>{placeName ?? visitOf(good[0]!)?.placeName ?? t("waiting.somePlace")}</p>
          {waiting && !needs && <p className="soft">{t("scan.waitingText")}</p>}
        </div>
      )}
      {needs && <ConsentNeeded />}
      <ul className="stack">
        {done.map((each) => (
          <Result key={each.key} checked={each} placeName={placeName} />
        ))}
      </ul>
      <div className="stack-small">
        <ButtonLink to="/" wide tone="second">
          {t("home.back")}
        </ButtonLink>
        {onAgain && (
          <Button tone="plain" wide icon="scan" onClick={onAgain}>
            {t("scan.another")}
          </Button>
        )}
      </div>
    </Page>
  );
}

const visitOf = ({ outcome }: CheckedIn): Visit | undefined =>
  outcome.state === "sent" ? (outcome.answer as Visit) : undefined;

function Result({ checked, placeName }: { checked: CheckedIn; placeName: string | undefined }) {
  const { t, language } = useText();
  const { person, key, outcome } = checked;
  const visit = visitOf(checked);
  const looking = useLooking();
  const [undone, setUndone] = useState(false);
  const undo = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/visits/{id}/cancel", { params: { path: { id: visit!.id } } })),
    onSuccess: () => {
      setUndone(true);
      void client.invalidateQueries({ queryKey: ["visits"] });
    },
  });
  const leave = useMutation({
    mutationFn: () =>
      checkOut(
        { id: visit!.id },
        { person: person.name, ...(placeName ? { place: placeName } : {}) },
        new Date().toISOString(),
        looking,
      ),
  });
  if (outcome.state === "refused") {
    return (
      <li>
        <Notice tone="bad" title={person.name} live>
          <p>{sayError(new ApiError(outcome.problem), t).title}</p>
        </Notice>
      </li>
    );
  }
  if (undone || leave.isSuccess)
    return (
      <li className="card">
        <p className="strong">{person.name}</p>
        <p className="soft">{undone ? t("scan.undone") : t("visit.left")}</p>
      </li>
    );
  return (
    <li className="card stack">
      <div>
        <p className="strong">{person.name}</p>
        {visit && (
          <p className="soft">
            {t("scan.from", { time: clock(visit.in, language) })} ·{" "}
            {t("scan.until", { time: clock(visit.out, language) })}
          </p>
        )}
      </div>
      {visit?.declarationNeeded && (
        <Notice tone="care" icon="form" title={t("scan.declareTitle")}>
          <p>{t("scan.declareText")}</p>
          <ButtonLink
            to="/declare/$form"
            params={{ form: visit.declarationNeeded }}
            search={{ place: visit.place, ...(person.relation === "self" ? {} : { person: person.id }) }}
            wide
          >
            {t("scan.declareDo")}
          </ButtonLink>
        </Notice>
      )}
      {visit && "geolocation" in navigator && <ShareWhere visit={visit.id} />}
      <Trouble error={undo.error ?? leave.error} />
      <div className="wrap">
        {visit && (
          <Button tone="second" icon="door" busy={leave.isPending} onClick={() => leave.mutate()}>
            {t("visit.leaveNow")}
          </Button>
        )}
        <Button
          tone="plain"
          icon="undo"
          busy={undo.isPending}
          onClick={() => {
            if (visit) undo.mutate();
            else void queue.remove(key).then(() => setUndone(true));
          }}
        >
          {t("scan.undo")}
        </Button>
      </div>
    </li>
  );
}
