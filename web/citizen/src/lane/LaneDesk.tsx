// The lane of a checkpoint, for one hand: what is read lies above, what is tapped below, where the thumb is. A vehicle is
// scanned, counted and decided about; the next one does not wait for the network.

import { ApiError, type GateInfo, type LaneDesk as Desk } from "@luytre/shared/api";
import { useCallback, useEffect, useRef, useState } from "react";

import { useAwake, useOnline } from "../app/hooks";
import { verifyCard } from "../guard/cardCode";
import { readAtGate } from "../guard/reading";
import { watchReader } from "../guard/reader";
import { verify } from "../guard/personCode";
import { newest as newestOf } from "../guard/newest";
import { isOver } from "../guard/over";
import { record } from "../guard/record";
import { RefusedLater } from "../guard/RefusedLater";
import type { OnDuty } from "../guard/shift";
import { sound } from "../guard/sound";
import { useShiftQueue } from "../guard/waiting";
import type { LaneBody, LanePath } from "../offline/queue";
import { Camera, type CameraTrouble } from "../scan/Camera";
import { Decoder } from "@luytre/shared/scan";
import { Icon, type IconName } from "../ui/Icon";
import { Notice } from "../ui/parts";
import { sayError } from "../ui/Trouble";
import {
  declarationOf,
  declaring,
  fresh,
  has,
  heads,
  lights,
  next,
  passageOf,
  tidyPlate,
  worst,
  type Decision,
  type Draft,
  type Shown,
  type Tone,
  type Why,
} from "./draft";
import { keepDraft, lastDesk, look, readDesk, readDraft } from "./lane";
import styles from "./LaneDesk.module.css";
import { LaneBook } from "./LaneBook";
import { LaneSheet, type Asked } from "./LaneSheet";
import { Thumb } from "./Thumb";
import { useWords } from "./words";

type Told = { tone: Tone | "kept"; icon: IconName; title: string; text?: string };

const icons: Record<Tone, IconName> = { green: "check", yellow: "info", red: "warn" };
const refreshEvery = 30_000;

interface Props {
  duty: OnDuty;
  gate: GateInfo;
  onOver: () => void;
  onEnd: () => void;
}

export function LaneDesk({ duty, gate, onOver, onEnd }: Props) {
  const { w, t } = useWords();
  const online = useOnline();
  useAwake();
  const [decoder] = useState(() => new Decoder());
  const { waiting } = useShiftQueue();
  const [trouble, setTrouble] = useState<CameraTrouble>();
  const [draft, setDraft] = useState<Draft>();
  const [desk, setDesk] = useState<Desk>();
  const [asking] = useState(newestOf);
  const [told, setTold] = useState<Told>();
  const [asked, setAsked] = useState<Asked>();
  const newest = useRef<Draft>(fresh());
  const turn = useRef(0);
  const { shift } = duty.shift;
  const { place } = gate;
  const over = useRef(onOver);
  over.current = onOver;

  useEffect(() => () => decoder.close(), [decoder]);
  useEffect(() => {
    document.title = `${gate.name} · Lũy Tre`;
    void readDraft(place).then((kept) => setDraft((newest.current = kept)));
  }, [gate.name, place]);

  /** The screen says this now; with its turn, a later answer about the same thing may be said. */
  const tell = useCallback((next: Told | undefined) => {
    setTold(next);
    return ++turn.current;
  }, []);

  const refresh = useCallback(
    () => {
      const isNewest = asking();
      return readDesk(shift, place).then((read) => void (isNewest() && setDesk(read)), async (error) => {
        if (error instanceof ApiError && isOver(error.code)) return over.current();
        if (error instanceof ApiError && error.code === "place_not_approved") tell({ tone: "red", icon: "cross", title: sayError(error, t).title });
        const last = await lastDesk(place);
        setDesk((shown) => shown ?? last);
      });
    },
    [shift, place, t, tell, asking],
  );
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), refreshEvery);
    return () => clearInterval(timer);
  }, [refresh]);

  const change = (part: (now: Draft) => Draft) => {
    newest.current = part(newest.current);
    setDraft(newest.current);
    void keepDraft(place, newest.current);
  };
  const show = (next: Told) => {
    tell(next);
    if (next.tone !== "kept") sound(next.tone);
  };
  const refuse = (title: string, text?: string) => {
    navigator.vibrate?.([90, 60, 90]);
    show({ tone: "red", icon: "cross", title, ...(text ? { text } : {}) });
  };
  const showLights = (title?: string) => {
    const tone = worst(lights(newest.current));
    if (!tone) return tell({ tone: "kept", icon: "cloud", title: w("unchecked") });
    show({ tone, icon: icons[tone], title: w(`light.${tone}`), ...(title ? { text: title } : {}) });
  };

  /** What the server says of a code that is in the vehicle already; a code that it refuses leaves it again. */
  const lookUp = async (code: string, journey: boolean) => {
    try {
      const seen = await look(shift, place, code);
      if (!has(newest.current, code)) return; // decided about meanwhile
      change((now) =>
        journey
          ? {
              ...now,
              journey: { code, lights: seen.lights },
              plate: now.plate || (seen.plate ? (tidyPlate(seen.plate) ?? "") : ""),
              vehicle: seen.vehicle ?? now.vehicle,
              direction: seen.direction ?? now.direction,
            }
          : { ...now, people: now.people.map((each) => (each.code === code && seen.lights[0] ? { ...each, light: seen.lights[0] } : each)) },
      );
      showLights(journey ? w("journey") : undefined);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status >= 500 || error.status === 429) return showLights();
      if (isOver(error.code)) return over.current();
      if (!has(newest.current, code)) return;
      change((now) => without(now, code));
      refuse(sayError(error, t).title);
    }
  };

  const scan = async (scanned: string) => {
    const text = scanned.trim();
    const journey = /^LTT\./i.test(text);
    if (journey && newest.current.declares) return refuse(w("not.journey"));
    const reading = journey ? { kind: "journey" as const, code: text } : readAtGate(text);
    if (!("code" in reading)) return refuse(w(`not.${reading.kind}`));
    if (has(newest.current, reading.code)) return;
    if (reading.kind === "person" || reading.kind === "ownCard") {
      const check = reading.kind === "person" ? verify : verifyCard;
      const verdict = await check(reading.code, duty.desk.keys, Date.now());
      if (verdict === "expired" && reading.kind === "ownCard") return refuse(t("guard.not.cardExpired"));
      if (verdict === "forged" || verdict === "expired") return refuse(w(`not.${verdict}`));
    }
    await take(reading.code, journey);
  };
  const take = async (code: string, journey: boolean) => {
    if (has(newest.current, code)) return;
    change((now) => (journey ? { ...now, journey: { code, lights: [] } } : { ...now, people: [...now.people, { code }] }));
    await lookUp(code, journey);
  };
  const newestScan = useRef(scan);
  newestScan.current = scan;
  useEffect(() => watchReader((text) => void newestScan.current(text)), []);

  const common = () => ({ shift, place, at: new Date().toISOString() });

  /**
   * Undefined: not recorded, which the screen says; else with the answer, unless it waits for the network. Of a turn that is over
   * the screen says nothing: the lights of the next vehicle stay, and a refusal is listed below.
   */
  const send = async (path: LanePath, body: LaneBody, label: string, mine = turn.current): Promise<{ answer?: unknown } | undefined> => {
    const looking = () => mine === turn.current;
    const outcome = await record({ kind: "lane", path, body }, t, looking);
    if (outcome.state === "refused") {
      if (outcome.over) over.current();
      else if (looking()) refuse(outcome.title, outcome.text);
      return undefined;
    }
    if (outcome.state === "sent") return { answer: outcome.answer };
    if (looking()) tell({ tone: "kept", icon: "cloud", title: w("kept"), text: label });
    return {};
  };
  /** A vehicle that was not recorded stands there again, unless the next one is being looked at. */
  const back = (vehicle: Draft) => {
    const { current } = newest;
    if (heads(current) === 0 && !current.journey && !current.plate) change(() => vehicle);
  };

  const decide = async (decision: Decision, reason: { why?: Why; note?: string } = {}) => {
    const now = newest.current;
    if (heads(now) === 0) return refuse(w("nobody"));
    if (decision === "turnBack" && !reason.why) return setAsked("why");
    const label = w(`done.${decision}`);
    const mine = tell({ tone: "kept", icon: "check", title: label });
    const sending = send("/api/v1/lane/passages", passageOf(now, decision, common(), reason), label, mine);
    change(next);
    const sent = await sending;
    if (!sent) return back(now);
    if (sent.answer) void refresh();
  };
  const declare = async (passage: string) => {
    const now = newest.current;
    if (heads(now) === 0) return refuse(w("nobody"));
    const label = w("declared", { count: heads(now) });
    const mine = tell({ tone: "kept", icon: "check", title: label });
    const sending = send("/api/v1/lane/settlements", declarationOf(now, passage, common()), label, mine);
    change(next);
    const sent = await sending;
    if (!sent) return back(now);
    if (sent.answer) void refresh();
  };
  const ambulance = async () => {
    const body = passageOf({ ...fresh(newest.current.direction), vehicle: "ambulance" }, "pass", common());
    const mine = tell({ tone: "kept", icon: "check", title: w("ambulance") });
    const sent = await send("/api/v1/lane/passages", body, w("ambulance"), mine);
    if (sent?.answer) void refresh();
  };

  const unsent = waiting.filter((entry) => !entry.refused);
  const unsentPassages = unsent.filter(({ what }) => what.kind === "lane" && what.path.endsWith("/passages"));
  if (!draft) return null;
  return (
    <main className={styles.lane}>
      <header className={styles.head}>
        <h1>{gate.name}</h1>
        <button type="button" className={styles.book} onClick={() => setAsked("book")}>
          <Icon name="form" size={20} />
          {w("desk")}
          {desk && desk.open.length > 0 && <span className="badge">{desk.open.length}</span>}
        </button>
      </header>
      {desk?.queue.alarm && (
        <Notice tone="bad" title={w("alarm", { limit: desk.queue.limit ?? "" })} live>
          {desk.queue.minutes === undefined ? w("queueStill") : w("queueWait", { minutes: desk.queue.minutes })}
        </Notice>
      )}
      <dl className={styles.counts}>
        <div>
          <dt>{w("count.vehicles")}</dt>
          <dd className="numbers" data-testid="vehicles">
            {(desk?.counts.vehicles ?? 0) + unsentPassages.length}
          </dd>
        </div>
        <div>
          <dt>{w("count.people")}</dt>
          <dd className="numbers">{desk?.counts.people ?? 0}</dd>
        </div>
        <div data-waits={(unsent.length > 0 && !online) || undefined}>
          <dt>{online ? w("count.waiting") : w("count.offline")}</dt>
          <dd className="numbers" data-testid="waiting">
            {unsent.length}
          </dd>
        </div>
      </dl>
      {trouble ? (
        <Notice tone="care" title={t(`scan.trouble.${trouble}`)} live>
          <p>{t("guard.reader")}</p>
        </Notice>
      ) : (
        <div className={styles.eye}>
          <Camera decoder={decoder} onText={(text) => void scan(text)} onTrouble={setTrouble} goesOn />
        </div>
      )}
      <div className={styles.verdict} data-tone={told?.tone} role="status">
        {told ? (
          <>
            <Icon name={told.icon} size={36} />
            <div>
              <p className={styles.title}>{told.title}</p>
              {told.text && <p className="small">{told.text}</p>}
            </div>
          </>
        ) : (
          <p>{w("idle")}</p>
        )}
      </div>
      <RefusedLater entries={waiting} said={(count) => t("guard.refusedLater", { count })} />
      <Thumb
        draft={draft}
        onChange={change}
        onAsk={setAsked}
        onDecide={(decision) => void decide(decision)}
        onDeclare={(passage) => void declare(passage)}
        onAmbulance={() => void ambulance()}
      />
      {asked === "book" && (
        <LaneBook
          desk={desk}
          common={common}
          send={send}
          onChanged={() => void refresh()}
          onDeclare={(open) => {
            tell(undefined);
            change((now) => declaring(now, open));
            setAsked(undefined);
          }}
          onEnd={onEnd}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked && asked !== "book" && (
        <LaneSheet
          asked={asked}
          people={draft.people}
          onOne={(index, decision) =>
            change((now) => ({ ...now, people: now.people.map((each, i) => (i === index ? decided(each, decision) : each)) }))
          }
          onPlate={(plate) => change((now) => ({ ...now, plate }))}
          onVehicle={(vehicle) => change((now) => ({ ...now, vehicle }))}
          onPhone={(phone) => change((now) => ({ ...now, people: [...now.people, { phone, light: "yellow" }] }))}
          onCard={(number) => void take(number, false)}
          onWhy={(why, note) => void decide("turnBack", { why, ...(note ? { note } : {}) })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </main>
  );
}

function decided({ decision: _, ...rest }: Shown, decision: Decision | undefined): Shown {
  return decision ? { ...rest, decision } : rest;
}

function without(draft: Draft, code: string): Draft {
  const { journey, ...rest } = { ...draft, people: draft.people.filter((each) => each.code !== code) };
  return journey && journey.code !== code ? { ...rest, journey } : rest;
}
