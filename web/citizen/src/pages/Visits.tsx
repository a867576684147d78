// Where I have been, newest first, along a culm: a joint for every visit, broken where the end is only estimated.

import { ask, type Visit } from "@luytre/shared/api";
import { foreignApp } from "@luytre/shared/foreign";
import { clock, daysBetween, localDate, longDay } from "@luytre/shared/time";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";

import { api, client } from "../app/api";
import { useLooking, useNow } from "../app/hooks";
import { usePeople, visitsQuery } from "../app/queries";
import { toast } from "../app/toast";
import { useText, type T } from "../i18n";
import { Button, ButtonLink, Empty, Page, Select, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { isGrownUp } from "../people/adult";
import { checkOut } from "../visits/submit";
import { Waiting } from "../visits/Waiting";
import { useWords } from "../visits/words";
import styles from "./Visits.module.css";

const undoable = 10 * 60_000;
const doubts = ["oddHours", "farAway", "closedHours", "twoPlaces", "tooFast"] as const;

export function Visits() {
  const { t, language } = useText();
  const navigate = useNavigate();
  const { person: wanted } = useSearch({ from: "/inside/visits" });
  const { people: all, self } = usePeople();
  const people = all.filter((each) => !isGrownUp(each, localDate(Date.now())));
  const person = people.find((each) => each.id === wanted && each !== self);
  const visits = useInfiniteQuery(visitsQuery(person?.id));
  const now = useNow(15_000);
  const items = visits.data?.pages.flatMap((page) => page.items) ?? [];
  const days = new Map<string, Visit[]>();
  for (const visit of items) days.set(localDate(visit.in), [...(days.get(localDate(visit.in)) ?? []), visit]);

  return (
    <Page title={t("visits.title")} back="/" lead={t("visits.lead")}>
      {people.length > 1 && (
        <Select
          label={t("visits.whose")}
          value={person?.id ?? self?.id ?? ""}
          onValue={(id) =>
            void navigate({ to: "/visits", search: id && id !== self?.id ? { person: id } : {}, replace: true })
          }
          options={people.map((each) => ({
            value: each.id,
            text: each === self ? t("scan.me", { name: each.name }) : each.name,
          }))}
        />
      )}
      <Waiting />
      {visits.isPending && <Skeleton lines={[28, 84, 84, 84]} />}
      <Trouble error={visits.error} retry={() => void visits.refetch()} />
      {visits.isSuccess && items.length === 0 && (
        <Empty icon="path" title={t("visits.noneTitle")}>
          <p>{t("visits.noneText")}</p>
          <ButtonLink to="/scan" icon="scan">
            {t("home.scan")}
          </ButtonLink>
        </Empty>
      )}
      {[...days].map(([date, ofDay]) => (
        <section key={date}>
          <h2 className={styles.day}>{dayTitle(ofDay[0]!.in, now, language, t)}</h2>
          <ol className={styles.culm}>
            {ofDay.map((visit) => (
              <Line key={visit.id} visit={visit} now={now} name={person?.name ?? self?.name ?? ""} />
            ))}
          </ol>
        </section>
      ))}
      {visits.hasNextPage && (
        <Button tone="second" busy={visits.isFetchingNextPage} onClick={() => void visits.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </Page>
  );
}

function dayTitle(at: string, now: number, language: string, t: T): string {
  const ago = daysBetween(at, now);
  return ago === 0 ? t("today") : ago === 1 ? t("yesterday") : longDay(at, language);
}

function Line({ visit, now, name }: { visit: Visit; now: number; name: string }) {
  const { t, language } = useText();
  const w = useWords();
  const doubtful = doubts.filter((doubt) => visit.flags.includes(doubt));
  const open = visit.outEstimated && now < Date.parse(visit.out) && Date.parse(visit.in) <= now;
  const looking = useLooking();
  const leave = useMutation({
    mutationFn: () => checkOut({ id: visit.id }, { person: name, place: visit.placeName }, new Date().toISOString(), looking),
    onSuccess: (changed) => {
      toast({ text: changed ? t("visit.left") : t("visit.leftWaiting") });
      void client.invalidateQueries({ queryKey: ["visits"] });
    },
  });
  const undo = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/visits/{id}/cancel", { params: { path: { id: visit.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["visits"] }),
  });
  return (
    <li className={styles.visit} data-open={open || undefined} data-estimated={visit.outEstimated || undefined}>
      <p className={`numbers ${styles.times}`}>
        <span className="strong">{clock(visit.in, language)}</span>
        {!open && (
          <>
            <span aria-hidden="true"> – </span>
            <span className="hidden">{t("visits.to")}</span>
            {visit.outEstimated && <span>{t("visits.about")} </span>}
            {clock(visit.out, language)}
          </>
        )}
      </p>
      <p className={styles.name}>{visit.placeName}</p>
      <p className="wrap">
        {visit.zoneName && <span className="tag">{visit.zoneName}</span>}
        {open && (
          <span className="tag" data-tone="good">
            {t("visits.open")}
          </span>
        )}
        {!open && visit.outEstimated && <span className="tag">{t("visits.estimated")}</span>}
        {visit.flags.includes("late") && <span className="tag">{t("visits.late")}</span>}
        {visit.flags.includes("overlapsElsewhere") && (
          <span className="tag" data-tone="care">
            {t("visits.overlaps")}
          </span>
        )}
        {visit.origin && <span className="tag">{w("origin", { app: foreignApp(visit.origin, language) })}</span>}
        {doubtful.map((doubt) => (
          <span key={doubt} className="tag" data-tone="care">
            {w(`doubt.${doubt}`)}
          </span>
        ))}
      </p>
      {doubtful.length > 0 && <p className="small soft">{w("doubt.text")}</p>}
      {(leave.error || undo.error) && <Trouble error={leave.error ?? undo.error} />}
      {(open || now - Date.parse(visit.in) < undoable) && (
        <div className="wrap">
          {open && (
            <Button tone="second" icon="door" busy={leave.isPending} onClick={() => leave.mutate()}>
              {t("visit.leaveNow")}
            </Button>
          )}
          {now - Date.parse(visit.in) < undoable && (
            <Button tone="plain" icon="undo" busy={undo.isPending} onClick={() => undo.mutate()}>
              {t("scan.undo")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
