// The households of a team: whom one has been to today, who has declared. Works without a network; what is tapped waits.

import { ApiError, type DoorDesk, type DoorHousehold, type DoorTeam } from "@luytre/shared/api";
import { clock, localDate } from "@luytre/shared/time";
import { useCallback, useEffect, useRef, useState } from "react";

import { useNow, useOnline } from "../app/hooks";
import { toast } from "../app/toast";
import guard from "../guard/GuardDesk.module.css";
import { newest } from "../guard/newest";
import { isOver } from "../guard/over";
import { record } from "../guard/record";
import { RefusedLater } from "../guard/RefusedLater";
import type { OnDuty } from "../guard/shift";
import { useShiftQueue } from "../guard/waiting";
import type { DoorPath, LaneBody } from "../offline/queue";
import { Icon, type IconName } from "../ui/Icon";
import { Button, Empty, Notice, Skeleton } from "../ui/parts";
import { lastList, readList } from "./desk";
import { DoorSheet } from "./DoorSheet";
import { counts, shows, withWaiting, type Show } from "./list";
import styles from "./TeamDesk.module.css";
import { useWords } from "./words";

const refreshEvery = 60_000;
const filters: readonly Show[] = ["all", "open", "missed"];
const icons: Record<DoorHousehold["state"], IconName> = { notVisited: "home", notAtHome: "clock", refused: "hand", reached: "check" };
const tones: Record<DoorHousehold["state"], string | undefined> = { notVisited: undefined, notAtHome: "care", refused: "care", reached: "good" };

interface Props {
  duty: OnDuty;
  onOver: () => void;
  onEnd: () => void;
}

export function TeamDesk({ duty, onOver, onEnd }: Props) {
  const { w, t, language } = useWords();
  const online = useOnline();
  const now = useNow(60_000);
  const { waiting } = useShiftQueue();
  const [read, setRead] = useState<DoorDesk>();
  const [asking] = useState(newest);
  const [chosen, setChosen] = useState<string>();
  const [show, setShow] = useState<Show>("all");
  const [open, setOpen] = useState<string>();
  const [problem, setProblem] = useState<{ title: string; text?: string }>();
  const shown = useRef(open); // whose sheet somebody is looking at
  const { shift } = duty.shift;
  const over = useRef(onOver);
  over.current = onOver;

  const refresh = useCallback(
    () => {
      const isNewest = asking();
      return readList(shift).then((list) => void (isNewest() && setRead(list)), async (error) => {
        if (error instanceof ApiError && isOver(error.code)) return over.current();
        const last = await lastList();
        setRead((shown) => shown ?? last);
      });
    },
    [shift, asking],
  );
  useEffect(() => {
    document.title = `${w("title")} · Lũy Tre`;
    void refresh();
    const timer = setInterval(() => void refresh(), refreshEvery);
    return () => clearInterval(timer);
  }, [refresh, w]);
  useEffect(() => {
    if (Date.parse(duty.shift.ends) <= now) over.current();
  }, [duty.shift.ends, now]);
  // What has just been sent is the server's to tell.
  const ours = waiting.filter(({ what }) => what.kind === "door");
  const left = ours.filter(({ refused }) => !refused).length;
  const before = useRef(left);
  useEffect(() => {
    if (left < before.current) void refresh();
    before.current = left;
  }, [left, refresh]);

  const look = (household: string | undefined) => {
    shown.current = household;
    setProblem(undefined);
    setOpen(household);
  };
  const send = async (path: DoorPath, body: LaneBody): Promise<boolean> => {
    const mine = shown.current;
    const looking = () => shown.current === mine;
    setProblem(undefined);
    const outcome = await record({ kind: "door", path, body }, t, looking);
    if (outcome.state === "refused") {
      if (outcome.over) over.current();
      else if (looking()) setProblem({ title: outcome.title, ...(outcome.text ? { text: outcome.text } : {}) });
      return false;
    }
    if (outcome.state === "sent") void refresh();
    else toast({ text: w("kept") });
    return true;
  };

  if (!read)
    return (
      <main className={guard.desk}>
        <Skeleton lines={[40, 80, 64, 64, 64]} />
      </main>
    );
  const today = localDate(new Date(now).toISOString());
  const desk = withWaiting(read, ours, (at) => localDate(at) === today);
  const team: DoorTeam | undefined = desk.teams.find(({ id }) => id === chosen) ?? desk.teams[0];
  const household = team?.households.find(({ id }) => id === open);
  const sum = team && counts(team);
  const rows = team?.households.filter((each) => shows(show, each)) ?? [];
  return (
    <main className={guard.desk}>
      <header className={guard.head}>
        <h1>{team?.name ?? w("title")}</h1>
        <span className="small numbers">{t("guard.until", { time: clock(duty.shift.ends, language) })}</span>
      </header>
      {desk.teams.length > 1 && (
        <div className={styles.filters} role="group" aria-label={w("teams")}>
          {desk.teams.map(({ id, name }) => (
            <button key={id} type="button" className="button" data-tone={id === team?.id ? "main" : "second"} aria-pressed={id === team?.id} onClick={() => setChosen(id)}>
              {name}
            </button>
          ))}
        </div>
      )}
      {team && !team.working && <Notice tone="care" title={w("shut")}>{w("shutText")}</Notice>}
      {sum && team.working && (
        <dl className={guard.counts}>
          <div>
            <dt>{w("reached")}</dt>
            <dd className="numbers" data-testid="reached">
              {sum.reached}
              <small> / {sum.households}</small>
            </dd>
          </div>
          <div>
            <dt>{w("declared")}</dt>
            <dd className="numbers" data-testid="declared">
              {sum.declared}
              <small> / {sum.members}</small>
            </dd>
          </div>
          <div data-waits={(left > 0 && !online) || undefined}>
            <dt>{online ? t("guard.waiting") : t("guard.offline")}</dt>
            <dd className="numbers" data-testid="waiting">
              {left}
            </dd>
          </div>
        </dl>
      )}
      <RefusedLater entries={ours} said={(number) => w("refusedLater", { number })} />
      {team?.working && (
        <div className={styles.filters} role="group" aria-label={w("show")}>
          {filters.map((each) => (
            <button key={each} type="button" className="button" data-tone={each === show ? "main" : "second"} aria-pressed={each === show} onClick={() => setShow(each)}>
              {w(`filter.${each}`)}
            </button>
          ))}
        </div>
      )}
      {team?.working && rows.length === 0 && <Empty icon="check" title={team.households.length === 0 ? w("none") : w("noneLeft")} />}
      {rows.length > 0 && (
        <ul className="list">
          {rows.map((each) => (
            <li key={each.id}>
              <button type="button" className="line" onClick={() => look(each.id)}>
                <Icon name={icons[each.state]} />
                <span className="grow">
                  <span className="strong">
                    {each.number} · {each.members[0]?.name}
                  </span>
                  <span className={`small soft ${styles.address}`}>{each.address}</span>
                  <span className="wrap">
                    <span className="tag" data-tone={tones[each.state]}>
                      {w(`state.${each.state}`)}
                    </span>
                    <span className="tag numbers">
                      {w("declaredOf", { done: each.members.filter(({ declared }) => declared).length, all: each.members.length })}
                    </span>
                    {each.members.some(({ missed }) => missed) && (
                      <span className="tag" data-tone="care">
                        {w("missed")}
                      </span>
                    )}
                    {each.help && (
                      <span className="tag" data-tone="bad">
                        {w("help")}
                      </span>
                    )}
                  </span>
                </span>
                <Icon name="next" size={18} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button tone="plain" wide onClick={onEnd}>
        {w("end")}
      </Button>
      {left > 0 && !online && <p className="small soft">{w("endHint")}</p>}
      {team && household && (
        <DoorSheet
          team={team}
          household={household}
          onFound={(finding) => send("/api/v1/team/findings", { ...finding, shift, household: household.id, at: new Date().toISOString() })}
          onDeclared={(declaration) => send("/api/v1/team/declarations", { ...declaration, shift })}
          problem={problem}
          onClose={() => look(undefined)}
        />
      )}
    </main>
  );
}
