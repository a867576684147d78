// Visitors at the gate that is open on this device, one after the other: what is sent of each, or kept until there is a network, and what the
// screen says of the last one. An answer that comes after a later visitor's turn began is not shown; a refusal then is listed below.

import { ApiError, type GateAdmission, type GateAdmitted, type GateCounted, type GateDeparted, type GateInfo } from "@luytre/shared/api";
import { useRef, useState } from "react";

import type { Who } from "../kiosk/who";
import type { Submission } from "../offline/queue";
import type { IconName } from "../ui/Icon";
import { checked } from "./checked";
import { isOver } from "./over";
import { record } from "./record";
import { readDesk, type OnDuty } from "./shift";
import { sound, type Tone } from "./sound";
import { useGateWords } from "./words";

export type Shown = { tone: Tone | "kept"; icon: IconName; title: string; text?: string; who?: Who };
type Reason = "colour" | "full" | "closed" | "noMask" | "other";
type Last = { entry: { id: string } | { gateEntry: string }; at: number; along: number };

const icons: Record<Tone, IconName> = { green: "check", yellow: "info", red: "warn" };

export interface Gatekeeping {
  duty: OnDuty;
  gate: GateInfo;
  onChange: (part: (now: OnDuty) => Partial<OnDuty>) => void;
  onOver: () => void;
}

export function useVisitors({ duty, gate, onChange, onOver }: Gatekeeping) {
  const { g, t } = useGateWords();
  const [shown, setShown] = useState<Shown>();
  const [last, setLast] = useState<Last>();
  const turn = useRef(0);
  const counts = useRef(0); // how often the server has said how many are here
  const { shift } = duty.shift;

  const show = (mine: number, next: Shown) => {
    if (mine !== turn.current) return; // a later visitor's answer stays
    setShown(next);
    if (next.tone !== "kept") sound(next.tone);
  };
  const refuse = (mine: number, title: string, text?: string) => {
    navigator.vibrate?.([90, 60, 90]); // of an earlier visitor, too: it is listed
    show(mine, { tone: "red", icon: "cross", title, ...(text ? { text } : {}) });
  };
  const showLight = (mine: number, light: Tone, text: string, who?: Who) =>
    show(mine, { tone: light, icon: icons[light], title: t(`guard.light.${light}`), text, ...(who ? { who } : {}) });
  const begin = () => {
    setLast(undefined);
    return ++turn.current;
  };

  /** Of the gate that is open, now. */
  const common = () => ({
    shift,
    place: gate.place,
    at: new Date().toISOString(),
    ...(duty.zone ? { zone: duty.zone } : {}),
  });

  /** Undefined: not recorded, which the screen says; else with the answer, unless it waits for the network. */
  const send = async <Answer>(mine: number, what: Submission): Promise<{ key: string; answer?: Answer } | undefined> => {
    const outcome = await record(what, t, () => mine === turn.current);
    if (outcome.state === "refused") {
      if (outcome.over) onOver();
      else refuse(mine, outcome.title, outcome.text);
      return undefined;
    }
    return outcome.state === "sent" ? { key: outcome.key, answer: outcome.answer as Answer } : { key: outcome.key };
  };

  /** What was asked before the last visitor was counted is older than that, and is not shown. */
  const refresh = () => {
    const before = counts.current;
    void readDesk(shift).then(
      (desk) => before === counts.current && onChange(() => ({ desk })),
      (error) => error instanceof ApiError && isOver(error.code) && onOver(),
    );
  };
  const counted = (answer: GateCounted | undefined) => {
    if (answer) counts.current += 1;
    return (before: OnDuty) => (answer ? { desk: withCount(before.desk, gate.place, answer) } : {});
  };

  const depart = async (what: { code?: string; phone?: string; heads: number }) => {
    const mine = begin();
    const sent = await send<GateDeparted>(mine, { kind: "gateDeparture", body: { ...common(), ...what } });
    if (!sent) return;
    const count = counted(sent.answer);
    onChange((before) => ({ left: (before.left ?? 0) + (what.heads || 1), ...count(before) }));
    if (!sent.answer) return show(mine, { tone: "kept", icon: "cloud", title: g("out.kept") });
    if (!sent.answer.met) return show(mine, { tone: "yellow", icon: "info", title: g("out.done"), text: g("out.unmet") });
    show(mine, { tone: "green", icon: "door", title: g("out.done") });
  };

  const letIn = async (what: Pick<GateAdmission, "code" | "phone" | "companions">) => {
    const mine = begin();
    const entry = { ...common(), ...what };
    const sent = await send<GateAdmitted>(mine, { kind: "gateEntry", body: entry });
    if (!sent) return;
    const { answer } = sent;
    const one = what.code !== undefined || what.phone !== undefined;
    const count = counted(answer);
    onChange((before) => ({ admitted: before.admitted + what.companions + (one ? 1 : 0), ...count(before) }));
    if (one && mine === turn.current)
      setLast({ entry: answer ? { id: answer.id } : { gateEntry: sent.key }, at: Date.now(), along: 0 });
    const who = what.code ? { code: what.code, at: entry.at } : undefined;
    if (!answer) return show(mine, { tone: "kept", icon: "cloud", title: t("guard.kept"), ...(who ? { who } : {}) });
    const { light } = answer;
    if (!light) return show(mine, { tone: "kept", icon: "check", title: g("noLight.title"), text: g("noLight.text") });
    const text = light === "red" && gate.essential ? t("guard.redEssential") : t(`guard.do.${light}`);
    showLight(mine, light, text, who);
  };

  /** Somebody passes, the way that the gate is open. */
  const pass = async (what: Pick<GateAdmission, "code" | "phone" | "companions">) => {
    if (duty.way !== "out") return letIn(what);
    const { companions, ...shownAs } = what;
    return depart({ ...shownAs, heads: companions });
  };

  return {
    shown,
    last,
    pass,
    refresh,
    refuse: (title: string) => refuse(++turn.current, title),
    /** A visitor has declared. */
    declared: (light: Tone, text: string) => showLight(++turn.current, light, text),
    /** One has declared without a network: nobody has judged it. */
    waits: (title: string, text: string) => show(++turn.current, { tone: "kept", icon: "cloud", title, text }),
    scan: async (text: string) => {
      const read = await checked(text, duty.desk.keys);
      if ("wrong" in read) return refuse(++turn.current, t(`guard.not.${read.wrong}`));
      await pass({ code: read.code, companions: 0 });
    },
    /** One more came along with the last one. */
    along: async () => {
      if (!last) return;
      setLast((now) => now && { ...now, along: now.along + 1, at: Date.now() });
      const { shift, place, at } = common();
      const body = { shift, place, at, companions: 1 };
      const sent = await send<GateCounted>(turn.current, { kind: "gateCompanions", entry: last.entry, body });
      if (!sent) return setLast((now) => now && { ...now, along: Math.max(0, now.along - 1) });
      const count = counted(sent.answer);
      onChange((before) => ({ admitted: before.admitted + 1, ...count(before) }));
    },
    ambulance: async () => {
      const mine = begin();
      const sent = await send(mine, { kind: "gateAmbulance", body: common() });
      if (!sent) return;
      if ("answer" in sent) refresh();
      show(mine, { tone: "green", icon: "door", title: g("ambulance.done"), text: g("ambulance.doneText") });
    },
    turnBack: async (reason: Reason, note?: string) => {
      const mine = begin();
      const body = { ...common(), reason, ...(note ? { note } : {}) };
      if (await send(mine, { kind: "gateRefusal", body }))
        show(mine, { tone: "kept", icon: "form", title: t("guard.turnedBack") });
    },
  };
}

function withCount(desk: OnDuty["desk"], place: string, { present, capacity, fill }: GateCounted): OnDuty["desk"] {
  const gates = desk.gates.map((each) =>
    each.place === place ? { ...each, present, fill, ...(capacity === undefined ? {} : { capacity }) } : each,
  );
  return { ...desk, gates };
}
