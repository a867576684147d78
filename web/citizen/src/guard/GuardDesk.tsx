// The screen of a gate.

import { ApiError, type GateAdmission, type GateAdmitted, type GateInfo } from "@luytre/shared/api";
import { clock } from "@luytre/shared/time";
import { useEffect, useRef, useState } from "react";

import { useNow, useOnline } from "../app/hooks";
import { useText } from "../i18n";
import { Camera, type CameraTrouble } from "../scan/Camera";
import { Decoder } from "../scan/decoder";
import { Icon, type IconName } from "../ui/Icon";
import { Button, Notice } from "../ui/parts";
import { sayError } from "../ui/Trouble";
import { useWords } from "../visits/words";
import styles from "./GuardDesk.module.css";
import { GuardSheet, type Asked } from "./GuardSheet";
import { verifyCard } from "./cardCode";
import { verify } from "./personCode";
import { readAtGate } from "./reading";
import { watchReader } from "./reader";
import { gateQueue, readDesk, type OnDuty } from "./shift";
import { sound, type Tone } from "./sound";
import { isOver, useShiftQueue } from "./waiting";

type Shown = { tone: Tone | "kept"; icon: IconName; title: string; text?: string };

const icons: Record<Tone, IconName> = { green: "check", yellow: "info", red: "warn" };
const groups = [1, 2, 3, 5, 10];
const refreshEvery = 60_000;

interface Props {
  duty: OnDuty;
  gate: GateInfo;
  onChange: (part: (now: OnDuty) => Partial<OnDuty>) => void;
  onOver: () => void;
  onEnd: () => void;
}

export function GuardDesk({ duty, gate, onChange, onOver, onEnd }: Props) {
  const { t, language } = useText();
  const w = useWords();
  const online = useOnline();
  const now = useNow(1000);
  const [decoder] = useState(() => new Decoder());
  const [trouble, setTrouble] = useState<CameraTrouble>();
  const [shown, setShown] = useState<Shown>();
  const [asked, setAsked] = useState<Asked>();
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

  const admit = async (what: Pick<GateAdmission, "code" | "phone" | "companions">) => {
    const mine = ++turn.current;
    const outcome = await (await gateQueue).submit({ kind: "gateEntry", body: { ...common(), ...what } }, {});
    if (outcome.state === "refused") {
      if (isOver(outcome.problem.code)) return onOver();
      return refuse(mine, sayError(new ApiError(outcome.problem), t).title);
    }
    const answer = outcome.state === "sent" ? (outcome.answer as GateAdmitted) : undefined;
    onChange((before) => ({
      admitted: before.admitted + what.companions + (what.code || what.phone ? 1 : 0),
      desk: answer ? withCount(before.desk, gate.place, answer) : before.desk,
    }));
    if (!answer) return show(mine, { tone: "kept", icon: "cloud", title: t("guard.kept") });
    const { light } = answer;
    if (!light) return show(mine, { tone: "kept", icon: "check", title: w("noLight.title"), text: w("noLight.text") });
    const text = light === "red" && gate.essential ? t("guard.redEssential") : t(`guard.do.${light}`);
    show(mine, { tone: light, icon: icons[light], title: t(`guard.light.${light}`), text });
  };

  const scan = async (text: string) => {
    const reading = readAtGate(text);
    if (!("code" in reading)) return refuse(++turn.current, t(`guard.not.${reading.kind}`));
    if (reading.kind !== "card") {
      const check = reading.kind === "person" ? verify : verifyCard;
      const verdict = await check(reading.code, duty.desk.keys, Date.now());
      if (verdict === "expired" && reading.kind === "ownCard") return refuse(++turn.current, t("guard.not.cardExpired"));
      if (verdict === "forged" || verdict === "expired") return refuse(++turn.current, t(`guard.not.${verdict}`));
    }
    await admit({ code: reading.code, companions: 0 });
  };
  const newest = useRef(scan);
  newest.current = scan;
  useEffect(() => watchReader((text) => void newest.current(text)), []);

  const turnBack = async (reason: "colour" | "full" | "closed" | "noMask" | "other", note?: string) => {
    const mine = ++turn.current;
    const body = { ...common(), reason, ...(note ? { note } : {}) };
    const outcome = await (await gateQueue).submit({ kind: "gateRefusal", body }, {});
    if (outcome.state === "refused") return refuse(mine, sayError(new ApiError(outcome.problem), t).title);
    show(mine, { tone: "kept", icon: "form", title: t("guard.turnedBack") });
  };

  const zone = gate.zones.find((each) => each.id === duty.zone);
  const full = gate.capacity !== undefined && gate.present >= gate.capacity;
  return (
    <main className={styles.desk}>
      <header className={styles.head}>
        <h1>
          {gate.name}
          {zone && <small> · {zone.name}</small>}
        </h1>
        <span className="small numbers">{t("guard.until", { time: clock(duty.shift.ends, language) })}</span>
      </header>
      <dl className={styles.counts}>
        <div>
          <dt>{t("guard.admitted")}</dt>
          <dd className="numbers" data-testid="admitted">
            {duty.admitted}
          </dd>
        </div>
        <div data-full={full || undefined}>
          <dt>{full ? t("guard.full") : t("guard.present")}</dt>
          <dd className="numbers">
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
          <p>{t("guard.idle")}</p>
        )}
      </div>
      {trouble ? (
        <Notice tone="care" title={t(`scan.trouble.${trouble}`)} live>
          <p>{t("guard.reader")}</p>
        </Notice>
      ) : (
        <Camera decoder={decoder} onText={(text) => void scan(text)} onTrouble={setTrouble} goesOn />
      )}
      <section className={styles.groups} aria-label={t("guard.groups")}>
        {groups.map((count) => (
          <button key={count} type="button" className="button" data-tone="second" onClick={() => void admit({ companions: count })}>
            +{count}
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
        <Button tone="second" icon="hand" onClick={() => setAsked("turnBack")}>
          {t("guard.turnBack")}
        </Button>
        <Button tone="plain" onClick={() => void document.documentElement.requestFullscreen?.().catch(() => undefined)}>
          {t("guard.fullScreen")}
        </Button>
        <Button tone="plain" onClick={() => setAsked("end")}>
          {t("guard.end")}
        </Button>
      </div>
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
      {asked && (
        <GuardSheet
          asked={asked}
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

function withCount(desk: OnDuty["desk"], place: string, { present, capacity }: GateAdmitted): OnDuty["desk"] {
  const gates = desk.gates.map((each) =>
    each.place === place ? { ...each, present, ...(capacity === undefined ? {} : { capacity }) } : each,
  );
  return { ...desk, gates };
}
