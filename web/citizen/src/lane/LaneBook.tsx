// The checkpoint's book: who is on duty, what this shift has done, vehicles that are still here, the queue, the handover.

import type { LaneDesk as Desk, LaneOpen, LaneSettlement } from "@luytre/shared/api";
import { clock, dayAndClock } from "@luytre/shared/time";
import { useState } from "react";

import type { LaneBody, LanePath } from "../offline/queue";
import { Button, Frame, Notice, Sheet } from "../ui/parts";
import styles from "./LaneDesk.module.css";
import { Plan } from "./Plan";
import { WhyChoice } from "./WhyChoice";
import { useWords } from "./words";

interface Props {
  desk: Desk | undefined;
  common: () => { shift: string; place: string; at: string };
  /** Undefined: not recorded, which the lane's screen says. */
  send: (path: LanePath, body: LaneBody, label: string) => Promise<{ answer?: unknown } | undefined>;
  onChanged: () => void;
  /** An ambulance that has passed is declared now. */
  onDeclare: (ambulance: LaneOpen) => void;
  onEnd: () => void;
  onClose: () => void;
}

export function LaneBook({ desk, common, send, onChanged, onDeclare, onEnd, onClose }: Props) {
  const { w, t, language } = useWords();
  const [open, setOpen] = useState<LaneOpen>();
  const [waiting, setWaiting] = useState(desk?.queue.waiting ?? 0);
  const [note, setNote] = useState("");
  const [handed, setHanded] = useState<"done" | "kept" | "lost">();
  const [busy, setBusy] = useState<"count" | "handOver">();
  const { counts, queue, handover, roster = [] } = desk ?? {};

  const once = async <Sent,>(what: typeof busy, sending: () => Promise<Sent>): Promise<Sent> => {
    setBusy(what);
    const sent = await sending();
    setBusy(undefined);
    return sent;
  };
  const count = async () => {
    const sent = await once("count", () => send("/api/v1/lane/queues", { ...common(), waiting }, w("queue")));
    if (!sent) onClose();
    else if (sent.answer) onChanged();
  };
  const handOver = async () => {
    const said = note.trim();
    if (!said) return;
    setHanded(undefined);
    const sent = await once("handOver", () => send("/api/v1/lane/handovers", { ...common(), note: said }, w("handover")));
    setHanded(!sent ? "lost" : sent.answer ? "done" : "kept"); // what is written stays when it is lost
    if (sent) setNote("");
    if (sent?.answer) onChanged();
  };
  if (open)
    return (
      <Settle
        open={open}
        onSettle={async (part) => {
          const body = { occupants: [], unnamed: 0, ...part, ...common(), passage: open.id } satisfies LaneSettlement;
          onClose();
          if ((await send("/api/v1/lane/settlements", body, w("settle")))?.answer) onChanged();
        }}
        onClose={() => setOpen(undefined)}
      />
    );
  return (
    <Sheet title={w("desk")} onClose={onClose}>
      <section className="stack-small">
        <h2>
          {w("roster")} <span className="small soft">{w("onDuty", { count: roster.length })}</span>
        </h2>
        <ul className="list">
          {roster.map((each) => (
            <li key={`${each.name} ${each.began}`} className="line">
              <span className="grow strong">{each.name}</span>
              <span className="small soft numbers">{w("until", { time: clock(each.ends, language) })}</span>
            </li>
          ))}
        </ul>
        {desk && (desk.plan.shifts.length > 0 || desk.plan.gaps.length > 0) && (
          <>
            <h2>{w("plan.title")}</h2>
            <Plan plan={desk.plan} />
          </>
        )}
        {counts && <p className="small">{w("shiftCounts", { ...counts })}</p>}
      </section>
      <section className="stack-small">
        <h2>{w("openTitle")}</h2>
        {desk?.open.length === 0 && <p className="small soft">{w("openNone")}</p>}
        {desk?.open.map((each) => (
          <Button key={each.id} wide tone="second" onClick={() => (each.vehicle === "ambulance" ? onDeclare(each) : setOpen(each))}>
            <span>
              {each.plate ?? w(`vehicles.${each.vehicle}`)} · {w("peopleCount", { count: each.people })}
              <br />
              <span className="small">
                {each.vehicle === "ambulance"
                  ? w("openAmbulance", { time: clock(each.at, language) })
                  : w("openTest", { time: clock(each.at, language) })}
              </span>
            </span>
          </Button>
        ))}
      </section>
      <section className="stack-small">
        <h2>{w("queue")}</h2>
        <div className={styles.row}>
          <button type="button" className={styles.step} aria-label={`${w("queue")} −5`} onClick={() => setWaiting(Math.max(0, waiting - 5))}>
            −5
          </button>
          <p className={styles.people}>
            <span className="numbers" data-testid="queue">
              {waiting}
            </span>
          </p>
          <button type="button" className={styles.step} aria-label={`${w("queue")} +5`} onClick={() => setWaiting(waiting + 5)}>
            +5
          </button>
        </div>
        {queue?.counted && queue.waiting > 0 && (
          <p className="small">
            {queue.minutes === undefined ? w("queueStill") : w("queueWait", { minutes: queue.minutes })}
            {queue.limit !== undefined && ` (${w("queueLimit", { limit: queue.limit })})`}
          </p>
        )}
        <Button wide tone="second" busy={busy === "count"} onClick={() => void count()}>
          {w("queueSave")}
        </Button>
      </section>
      <section className="stack-small">
        <h2>{w("handover")}</h2>
        {handover && (
          <div className="card">
            <p className="small soft">
              {w("handoverLast", { ...handover, time: dayAndClock(handover.at, language) })}
            </p>
            <p>{handover.note}</p>
          </div>
        )}
        <Frame id="handover" label={w("handoverNote")} hint={w("handoverHint")}>
          <textarea
            className="input"
            id="handover"
            rows={3}
            maxLength={1000}
            aria-describedby="handover-hint"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Frame>
        {handed === "lost" && <Notice tone="bad" title={w("handoverLost")} live />}
        {(handed === "done" || handed === "kept") && <Notice title={handed === "done" ? w("handoverDone") : w("kept")} live />}
        <Button wide tone="second" busy={busy === "handOver"} resting={!note.trim()} onClick={() => void handOver()}>
          {w("handoverSave")}
        </Button>
      </section>
      <Button wide tone="danger" onClick={onEnd}>
        {t("guard.end")}
      </Button>
      <Button tone="plain" wide onClick={onClose}>
        {t("cancel")}
      </Button>
    </Sheet>
  );
}

type Part = Pick<LaneSettlement, "decision" | "why" | "note">;

/** The end of a test. */
function Settle({ open, onSettle, onClose }: { open: LaneOpen; onSettle: (part: Part) => Promise<void>; onClose: () => void }) {
  const { w, t } = useWords();
  const [why, setWhy] = useState(false);
  return (
    <Sheet title={w("settle")} onClose={onClose}>
      <p className="strong">{open.plate ?? w(`vehicles.${open.vehicle}`)}</p>
      {!why && (
        <>
          <Button wide onClick={() => void onSettle({ decision: "pass" })}>
            {w("decide.pass")}
          </Button>
          <Button wide tone="second" onClick={() => void onSettle({ decision: "isolate" })}>
            {w("decide.isolate")}
          </Button>
          <Button wide tone="second" onClick={() => setWhy(true)}>
            {w("decide.turnBack")}
          </Button>
        </>
      )}
      {why && <WhyChoice onWhy={(reason, note) => void onSettle({ decision: "turnBack", why: reason, ...(note ? { note } : {}) })} />}
      <Button tone="plain" wide onClick={onClose}>
        {t("cancel")}
      </Button>
    </Sheet>
  );
}
