// The screen of a gate.

import {
  ApiError,
  type GateAdmission,
  type GateAdmitted,
  type GateCounted,
  type GateDeparted,
  type GateInfo,
} from "@luytre/shared/api";
import { clock } from "@luytre/shared/time";
import { useEffect, useRef, useState } from "react";

import { useNow, useOnline } from "../app/hooks";
import { VisitorSheet } from "../kiosk/VisitorSheet";
import type { Who } from "../kiosk/who";
import { useWords } from "../kiosk/words";
import { Camera, type CameraTrouble } from "../scan/Camera";
import { Decoder } from "@luytre/shared/scan";
import { Icon, type IconName } from "../ui/Icon";
import { Button, Notice } from "../ui/parts";
import { sayError } from "../ui/Trouble";
import { Ambulances } from "./Ambulances";
import styles from "./GuardDesk.module.css";
import { GuardSheet, type Asked } from "./GuardSheet";
import { checked } from "./checked";
import { gateQueue, readDesk, type OnDuty } from "./shift";
import { sound, type Tone } from "./sound";
import { SpoiltReader, useReader } from "./SpoiltReader";
import { isOver, useShiftQueue } from "./waiting";
import { WaySwitch } from "./WaySwitch";
import { useGateWords } from "./words";

type Shown = { tone: Tone | "kept"; icon: IconName; title: string; text?: string; who?: Who };

const icons: Record<Tone, IconName> = { green: "check", yellow: "info", red: "warn" };
const groups = [1, 2, 3, 5, 10];
const refreshEvery = 60_000;
const alongFor = 10_000; // how long companions of the last visitor can be added

interface Props {
  duty: OnDuty;
  gate: GateInfo;
  onChange: (part: (now: OnDuty) => Partial<OnDuty>) => void;
  onOver: () => void;
  onEnd: () => void;
}

export function GuardDesk({ duty, gate, onChange, onOver, onEnd }: Props) {
  const { g, t, language } = useGateWords();
  const w = useWords();
  const online = useOnline();
  const now = useNow(1000);
  const [decoder] = useState(() => new Decoder());
  const [trouble, setTrouble] = useState<CameraTrouble>();
  const [shown, setShown] = useState<Shown>();
  const [asked, setAsked] = useState<Asked>();
  const [declaring, setDeclaring] = useState(false);
  const [last, setLast] = useState<{ entry: { id: string } | { gateEntry: string }; at: number; along: number }>();
  const way = duty.way ?? "in";
  const turn = useRef(0);
  const { queue, waiting } = useShiftQueue();
  const refusedLater = waiting.filter((entry) => entry.refused);
  const { shift } = duty.shift;
  const told = useRef({ onChange, onOver });
  told.current = { onChange, onOver };

  useEffect(() => () => decoder.close(), [decoder]);
  useEffect(() => {
    document.title = `${gate.name} · Lũy Tre`;
  }, [gate.name]);
  useEffect(() => {
    const refresh = () =>
      readDesk(shift).then(
        (desk) => told.current.onChange(() => ({ desk })),
        (error) => error instanceof ApiError && isOver(error.code) && told.current.onOver(),
      );
    const timer = setInterval(() => void refresh(), refreshEvery);
    return () => clearInterval(timer);
  }, [shift]);
  useEffect(() => {
    if (Date.parse(duty.shift.ends) <= now) onOver();
  }, [duty.shift.ends, now, onOver]);

  const filled = useRef(gate.fill);
  useEffect(() => {
    if (gate.fill !== filled.current && gate.fill !== "free") {
      sound("filling");
      navigator.vibrate?.(200);
    }
    filled.current = gate.fill;
  }, [gate.fill]);

  const show = (mine: number, next: Shown) => {
    if (mine !== turn.current) return; // a later visitor's answer stays
    setShown(next);
    if (next.tone !== "kept") sound(next.tone);
  };
  const refuse = (mine: number, title: string) => {
    navigator.vibrate?.([90, 60, 90]);
    show(mine, { tone: "red", icon: "cross", title });
  };

  /** Of the gate that is open, now. */
  const common = () => ({
    shift,
    place: gate.place,
    at: new Date().toISOString(),
    ...(duty.zone ? { zone: duty.zone } : {}),
  });

  const refresh = () =>
    void readDesk(shift).then(
      (desk) => onChange(() => ({ desk })),
      () => undefined,
    );
  const counted = (answer: GateCounted | undefined) => (before: OnDuty) =>
    answer ? { desk: withCount(before.desk, gate.place, answer) } : {};

  const depart = async (what: { code?: string; phone?: string; heads: number }) => {
    const mine = ++turn.current;
    setLast(undefined);
    const outcome = await (await gateQueue).submit({ kind: "gateDeparture", body: { ...common(), ...what } }, {});
    if (outcome.state === "refused") {
      if (isOver(outcome.problem.code)) return onOver();
      return refuse(mine, sayError(new ApiError(outcome.problem), t).title);
    }
    const answer = outcome.state === "sent" ? (outcome.answer as GateDeparted) : undefined;
    onChange((before) => ({ left: (before.left ?? 0) + (what.heads || 1), ...counted(answer)(before) }));
    if (!answer) return show(mine, { tone: "kept", icon: "cloud", title: g("out.kept") });
    if (!answer.met) return show(mine, { tone: "yellow", icon: "info", title: g("out.done"), text: g("out.unmet") });
    show(mine, { tone: "green", icon: "door", title: g("out.done") });
  };

  const along = async () => {
    if (!last) return;
    setLast({ ...last, along: last.along + 1, at: Date.now() });
    const { shift, place, at } = common();
    const body = { shift, place, at, companions: 1 };
    const outcome = await (await gateQueue).submit({ kind: "gateCompanions", entry: last.entry, body }, {});
    if (outcome.state === "refused") return refuse(++turn.current, sayError(new ApiError(outcome.problem), t).title);
    const answer = outcome.state === "sent" ? (outcome.answer as GateCounted) : undefined;
    onChange((before) => ({ admitted: before.admitted + 1, ...counted(answer)(before) }));
  };

  const ambulance = async () => {
    const mine = ++turn.current;
    setLast(undefined);
    const outcome = await (await gateQueue).submit({ kind: "gateAmbulance", body: common() }, {});
    if (outcome.state === "refused") return refuse(mine, sayError(new ApiError(outcome.problem), t).title);
    if (outcome.state === "sent") refresh();
    show(mine, { tone: "green", icon: "door", title: g("ambulance.done"), text: g("ambulance.doneText") });
  };

  const admit = async (what: Pick<GateAdmission, "code" | "phone" | "companions">) => {
    if (way === "out") {
      const { companions, ...shownAs } = what;
      return depart({ ...shownAs, heads: companions });
    }
    const mine = ++turn.current;
    setLast(undefined);
    const entry = { ...common(), ...what };
    const outcome = await (await gateQueue).submit({ kind: "gateEntry", body: entry }, {});
    if (outcome.state === "refused") {
      if (isOver(outcome.problem.code)) return onOver();
      return refuse(mine, sayError(new ApiError(outcome.problem), t).title);
    }
    const answer = outcome.state === "sent" ? (outcome.answer as GateAdmitted) : undefined;
    const one = what.code !== undefined || what.phone !== undefined;
    onChange((before) => ({
      admitted: before.admitted + what.companions + (one ? 1 : 0),
      ...counted(answer)(before),
    }));
    if (one && mine === turn.current)
      setLast({ entry: answer ? { id: answer.id } : { gateEntry: outcome.key }, at: Date.now(), along: 0 });
    if (!answer) return show(mine, { tone: "kept", icon: "cloud", title: t("guard.kept") });
    const { light } = answer;
    if (!light) return show(mine, { tone: "kept", icon: "check", title: g("noLight.title"), text: g("noLight.text") });
    const text = light === "red" && gate.essential ? t("guard.redEssential") : t(`guard.do.${light}`);
    const who = what.code ? { who: { code: what.code, at: entry.at } } : {};
    show(mine, { tone: light, icon: icons[light], title: t(`guard.light.${light}`), text, ...who });
  };

  const scan = async (text: string) => {
    const read = await checked(text, duty.desk.keys);
    if ("wrong" in read) return refuse(++turn.current, t(`guard.not.${read.wrong}`));
    await admit({ code: read.code, companions: 0 });
  };
  const spoilt = useReader(
    (text) => void scan(text),
    () => refuse(++turn.current, g("spoilt.verdict")),
  );

  const turnBack = async (reason: "colour" | "full" | "closed" | "noMask" | "other", note?: string) => {
    const mine = ++turn.current;
    const body = { ...common(), reason, ...(note ? { note } : {}) };
    const outcome = await (await gateQueue).submit({ kind: "gateRefusal", body }, {});
    if (outcome.state === "refused") return refuse(mine, sayError(new ApiError(outcome.problem), t).title);
    show(mine, { tone: "kept", icon: "form", title: t("guard.turnedBack") });
  };

  const { form } = gate;
  const zone = gate.zones.find((each) => each.id === duty.zone);
  const fill = gate.fill ?? "free"; // absent of a desk that an older app has kept
  const said = { free: t("guard.present"), near: g("near"), full: t("guard.full") };
  return (
    <main className={styles.desk}>
      <header className={styles.head}>
        <h1>
          {gate.name}
          {zone && <small> · {zone.name}</small>}
        </h1>
        <span className="small numbers">{t("guard.until", { time: clock(duty.shift.ends, language) })}</span>
      </header>
      <WaySwitch way={way} onWay={(next) => onChange(() => ({ way: next }))} />
      <dl className={styles.counts}>
        <div>
          <dt>{way === "out" ? g("out.left") : t("guard.admitted")}</dt>
          <dd className="numbers" data-testid={way === "out" ? "left" : "admitted"}>
            {way === "out" ? (duty.left ?? 0) : duty.admitted}
          </dd>
        </div>
        <div data-fill={fill}>
          <dt>{said[fill]}</dt>
          <dd className="numbers" data-testid="present">
            {gate.present}
            {gate.capacity !== undefined && <small> / {gate.capacity}</small>}
          </dd>
        </div>
        <div data-waits={(waiting.length > 0 && !online) || undefined}>
          <dt>{online ? t("guard.waiting") : t("guard.offline")}</dt>
          <dd className="numbers" data-testid="waiting">
            {waiting.length - refusedLater.length}
          </dd>
        </div>
      </dl>
      <div className={styles.verdict} data-tone={shown?.tone} role="status">
        {shown ? (
          <>
            <Icon name={shown.icon} size={56} />
            <div>
              <p className={styles.title}>{shown.title}</p>
              {shown.text && <p>{shown.text}</p>}
            </div>
          </>
        ) : (
          <p>{way === "out" ? g("out.idle") : t("guard.idle")}</p>
        )}
      </div>
      {form && online && (
        <Button tone="second" wide icon="form" onClick={() => setDeclaring(true)}>
          {w("ask.do")}
        </Button>
      )}
      {last && now - last.at < alongFor && (
        <Button wide tone="second" icon="plus" onClick={() => void along()}>
          {last.along ? g("along.more", { count: last.along }) : g("along.one")}
        </Button>
      )}
      {spoilt && <SpoiltReader />}
      {trouble ? (
        <Notice tone="care" title={t(`scan.trouble.${trouble}`)} live>
          <p>{t("guard.reader")}</p>
        </Notice>
      ) : (
        <Camera decoder={decoder} onText={(text) => void scan(text)} onTrouble={setTrouble} goesOn />
      )}
      <section className={styles.groups} aria-label={way === "out" ? g("out.groups") : t("guard.groups")}>
        {groups.map((count) => (
          <button key={count} type="button" className="button" data-tone="second" onClick={() => void admit({ companions: count })}>
            {way === "out" ? "−" : "+"}
            {count}
          </button>
        ))}
      </section>
      <div className={styles.actions}>
        <Button tone="second" icon="phone" onClick={() => setAsked("phone")}>
          {t("guard.typePhone")}
        </Button>
        <Button tone="second" icon="code" onClick={() => setAsked("card")}>
          {t("guard.typeCard")}
        </Button>
        <Button tone="second" icon="image" onClick={() => setAsked("paper")}>
          {t("guard.passport")}
        </Button>
        {way === "in" && (
          <>
            <Button tone="second" icon="hand" onClick={() => setAsked("turnBack")}>
              {t("guard.turnBack")}
            </Button>
            <Button tone="second" icon="warn" onClick={() => void ambulance()}>
              {g("ambulance.pass")}
            </Button>
          </>
        )}
        <Button tone="plain" onClick={() => void document.documentElement.requestFullscreen?.().catch(() => undefined)}>
          {t("guard.fullScreen")}
        </Button>
        <Button tone="plain" onClick={() => setAsked("end")}>
          {t("guard.end")}
        </Button>
      </div>
      <Ambulances gate={gate} shift={shift} onSaid={refresh} />
      {refusedLater.length > 0 && (
        <Notice tone="care" title={t("guard.refusedLater", { count: refusedLater.length })}>
          <Button
            tone="second"
            onClick={() => void Promise.all(refusedLater.map((entry) => queue?.remove(entry.key)))}
          >
            {t("guard.seen")}
          </Button>
        </Notice>
      )}
      {declaring && form && (
        <VisitorSheet
          shift={shift}
          gate={{ ...gate, form }}
          shown={shown?.who}
          onDeclared={({ light }) => {
            setDeclaring(false);
            const mine = ++turn.current;
            show(mine, { tone: light, icon: icons[light], title: t(`guard.light.${light}`), text: w("ask.kept") });
          }}
          onClose={() => setDeclaring(false)}
        />
      )}
      {asked && (
        <GuardSheet
          asked={asked}
          way={way}
          essential={gate.essential}
          onPhone={(phone) => void admit({ phone, companions: 0 })}
          onZone={(code) => void admit({ code, companions: 0 })}
          onCard={(number) => void admit({ code: number, companions: 0 })}
          onTurnBack={(reason, note) => void turnBack(reason, note)}
          onEnd={onEnd}
          onClose={() => setAsked(undefined)}
        />
      )}
    </main>
  );
}

function withCount(desk: OnDuty["desk"], place: string, { present, capacity, fill }: GateCounted): OnDuty["desk"] {
  const gates = desk.gates.map((each) =>
    each.place === place ? { ...each, present, fill, ...(capacity === undefined ? {} : { capacity }) } : each,
  );
  return { ...desk, gates };
}
