// An ambulance goes through first. Who was in it is said later, here.

import type { GateInfo } from "@luytre/shared/api";
import { clock } from "@luytre/shared/time";
import { useState } from "react";

import { useLooking } from "../app/hooks";
import { tidyPhone } from "../people/phone";
import { Button, Input, Notice, Sheet } from "../ui/parts";
import { record } from "./record";
import { useShiftQueue } from "./waiting";
import { useGateWords } from "./words";

interface Props {
  gate: GateInfo;
  shift: string;
  onSaid: () => void;
}

export function Ambulances({ gate, shift, onSaid }: Props) {
  const { g, language } = useGateWords();
  const { waiting } = useShiftQueue();
  const [open, setOpen] = useState<string>();
  const said = new Set(
    waiting.map(({ what, refused }) => (what.kind === "gateAmbulancePeople" && !refused ? what.ambulance : "")),
  );
  // Absent of a desk that an older app has kept.
  const left = (gate.ambulances ?? []).filter(({ id }) => !said.has(id));
  return (
    <>
      {left.length > 0 && (
        <Notice tone="care" title={g("ambulance.left", { count: left.length })}>
          <div className="wrap">
            {left.map(({ id, at }) => (
              <Button key={id} tone="second" onClick={() => setOpen(id)}>
                {g("ambulance.at", { time: clock(at, language) })}
              </Button>
            ))}
          </div>
        </Notice>
      )}
      {/* Stays until there is an answer: what was typed is there still when it is refused. */}
      {open && (
        <People ambulance={open} place={gate.place} shift={shift} onClose={() => setOpen(undefined)} onSaid={onSaid} />
      )}
    </>
  );
}

interface PeopleProps {
  ambulance: string;
  place: string;
  shift: string;
  onClose: () => void;
  onSaid: () => void;
}

function People({ ambulance, place, shift, onClose, onSaid }: PeopleProps) {
  const { g, t } = useGateWords();
  const [heads, setHeads] = useState("2");
  const [plate, setPlate] = useState("");
  const [phone, setPhone] = useState("");
  const [flaw, setFlaw] = useState<"heads" | "phone">();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const looking = useLooking();
  const say = async () => {
    if (busy) return;
    setFlaw(undefined);
    const count = Number(heads);
    const tidy = phone.trim() ? tidyPhone(phone) : "";
    if (!/^\d{1,2}$/.test(heads.trim()) || count > 60) return setFlaw("heads");
    if (tidy === undefined) return setFlaw("phone");
    const body = {
      shift,
      place,
      at: new Date().toISOString(),
      heads: count,
      ...(plate.trim() ? { plate: plate.trim() } : {}),
      ...(tidy ? { phone: tidy } : {}),
    };
    setBusy(true);
    const outcome = await record({ kind: "gateAmbulancePeople", ambulance, body }, t, looking);
    setBusy(false);
    if (outcome.state === "refused") return setProblem(outcome.text ? `${outcome.title}. ${outcome.text}` : outcome.title);
    if (outcome.state === "sent") onSaid();
    if (looking()) onClose();
  };
  return (
    <Sheet title={g("ambulance.title")} onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void say();
        }}
      >
        <p className="small soft">{g("ambulance.lead")}</p>
        <Input
          label={g("ambulance.heads")}
          inputMode="numeric"
          maxLength={2}
          value={heads}
          onValue={setHeads}
          wrong={flaw === "heads" ? g("ambulance.headsWrong") : undefined}
        />
        <Input label={g("ambulance.plate")} optional autoComplete="off" maxLength={20} value={plate} onValue={setPlate} />
        <Input
          label={t("guard.visitorPhone")}
          optional
          type="tel"
          inputMode="tel"
          autoComplete="off"
          value={phone}
          onValue={setPhone}
          wrong={flaw === "phone" ? t("signIn.phoneWrong") : undefined}
        />
        {problem && <Notice tone="care" title={problem} live />}
        <Button type="submit" wide busy={busy}>
          {g("ambulance.say")}
        </Button>
      </form>
    </Sheet>
  );
}
