// The screen of a gate.

import { clock } from "@luytre/shared/time";
import { useEffect, useRef, useState } from "react";

import { useAwake, useNow, useOnline } from "../app/hooks";
import { VisitorSheet } from "../kiosk/VisitorSheet";
import { useWords } from "../kiosk/words";
import { Icon } from "../ui/Icon";
import { Button } from "../ui/parts";
import { Ambulances } from "./Ambulances";
import { DoorReader } from "./DoorReader";
import { useFormReady } from "./form";
import styles from "./GuardDesk.module.css";
import { GuardSheet, type Asked } from "./GuardSheet";
import { RefusedLater } from "./RefusedLater";
import { sound } from "./sound";
import { useVisitors, type Gatekeeping } from "./useVisitors";
import { useShiftQueue } from "./waiting";
import { WaySwitch } from "./WaySwitch";
import { Groups, OtherWays } from "./WithoutCode";
import { useGateWords } from "./words";

const refreshEvery = 60_000;
const alongFor = 10_000; // how long companions of the last visitor can be added

export function GuardDesk({ onEnd, ...keeping }: Gatekeeping & { onEnd: () => void }) {
  const { duty, gate, onChange, onOver } = keeping;
  const { g, t, language } = useGateWords();
  const w = useWords();
  const online = useOnline();
  useAwake();
  const now = useNow(1000);
  const [asked, setAsked] = useState<Asked>();
  const [declaring, setDeclaring] = useState(false);
  const visitors = useVisitors(keeping);
  const { shown, last } = visitors;
  const way = duty.way ?? "in";
  const { waiting } = useShiftQueue();
  const unsent = waiting.filter((entry) => !entry.refused).length;
  const { shift } = duty.shift;
  const refresh = useRef(visitors.refresh);
  refresh.current = visitors.refresh;

  useEffect(() => {
    document.title = `${gate.name} · Lũy Tre`;
  }, [gate.name]);
  useEffect(() => {
    const timer = setInterval(() => refresh.current(), refreshEvery);
    return () => clearInterval(timer);
  }, []);
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

  const { form } = gate;
  const ready = useFormReady(form, online);
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
        <div data-waits={(unsent > 0 && !online) || undefined}>
          <dt>{online ? t("guard.waiting") : t("guard.offline")}</dt>
          <dd className="numbers" data-testid="waiting">
            {unsent}
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
      {form && ready && (
        <Button tone="second" wide icon="form" onClick={() => setDeclaring(true)}>
          {w("ask.do")}
        </Button>
      )}
      {last && now - last.at < alongFor && (
        <Button wide tone="second" icon="plus" onClick={() => void visitors.along()}>
          {last.along ? g("along.more", { count: last.along }) : g("along.one")}
        </Button>
      )}
      <DoorReader onText={(text) => void visitors.scan(text)} onSpoilt={() => visitors.refuse(g("spoilt.verdict"))} />
      <Groups way={way} onGroup={(people) => void visitors.pass({ companions: people })} />
      <div className={styles.actions}>
        <OtherWays onAsk={setAsked} />
        {way === "in" && (
          <>
            <Button tone="second" icon="hand" onClick={() => setAsked("turnBack")}>
              {t("guard.turnBack")}
            </Button>
            <Button tone="second" icon="warn" onClick={() => void visitors.ambulance()}>
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
      <Ambulances gate={gate} shift={shift} onSaid={visitors.refresh} />
      <RefusedLater entries={waiting} said={(count) => t("guard.refusedLater", { count })} />
      {declaring && form && (
        <VisitorSheet
          shift={shift}
          gate={{ ...gate, form }}
          shown={shown?.who}
          online={online}
          onDeclared={({ light }) => {
            setDeclaring(false);
            visitors.declared(light, w("ask.kept"));
          }}
          onKept={() => {
            setDeclaring(false);
            visitors.waits(w("ask.waits"), gate.essential ? w("ask.waitsEssential") : w("ask.waitsText"));
          }}
          onClose={() => setDeclaring(false)}
        />
      )}
      {asked && (
        <GuardSheet
          asked={asked}
          way={way}
          essential={gate.essential}
          onPhone={(phone) => void visitors.pass({ phone, companions: 0 })}
          onZone={(code) => void visitors.pass({ code, companions: 0 })}
          onCard={(number) => void visitors.pass({ code: number, companions: 0 })}
          onTurnBack={(reason, note) => void visitors.turnBack(reason, note)}
          onEnd={onEnd}
          onClose={() => setAsked(undefined)}
        />
      )}
    </main>
  );
}
