// Seats written down one by one, by a crew with a phone: kept on the device, and sent together as one list.

import { sentOnce } from "@luytre/shared/once";
import type { PassengerReport } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { client } from "../app/api";
import { tripsQuery } from "../app/queries";
import { useText } from "../i18n";
import { Button, Input } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { ScanCard } from "./ScanCard";
import { asList, columns, lacking, noSeat, written, type Column, type Draft, type Seat } from "./seats";
import { sendList, type Where } from "./send";
import { Told } from "./Told";
import { useWords } from "./words";

const longest: Record<Column, number> = { seat: 20, name: 120, birthYear: 4, phone: 40, paper: 40 };

interface Props {
  id: string;
  draft: Draft;
  onDraft: (change: (before: Draft) => Draft) => void;
}

export function WriteSeats({ id, draft: { departure, towards, seats }, onDraft }: Props) {
  const w = useWords();
  const { t } = useText();
  const [seat, setSeat] = useState(noSeat);
  const [tried, setTried] = useState(false);
  const [scanning, setScanning] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const [once] = useState(() => sentOnce<Where & { body: string }, PassengerReport>());
  const send = useMutation({
    mutationFn: async (sent: readonly Seat[]) => {
      const list = { departure, towards: towards!.id, body: asList(sent) };
      return once(list, ({ body, ...where }, key) => sendList(id, where, { type: "text/csv", body, key }));
    },
    // What was taken goes; what was refused stays to be put right, and what was written meanwhile.
    onSuccess: ({ lines }, sent) => {
      const refused = new Set(lines.filter(({ state }) => state === "refused").map(({ line }) => sent[line - 2]));
      onDraft((before) => ({ ...before, seats: before.seats.filter((one) => !sent.includes(one) || refused.has(one)) }));
      void client.invalidateQueries({ queryKey: tripsQuery(id).queryKey });
    },
  });
  const lacks = tried ? lacking(seat) : undefined;
  const focus = (column: Column) => form.current?.querySelector<HTMLElement>(`[name="${column}"]`)?.focus();
  const without = (gone: Seat) => onDraft((before) => ({ ...before, seats: before.seats.filter((one) => one !== gone) }));
  const ready = departure !== "" && towards !== undefined;
  return (
    <section className="stack">
      <h2>{w("write.title")}</h2>
      <p className="small soft">{w("write.text")}</p>
      <form
        ref={form}
        className="card stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const open = lacking(seat);
          setTried(open !== undefined);
          if (open) return focus(open.column);
          onDraft((before) => ({ ...before, seats: written(before.seats, seat) }));
          setSeat(noSeat);
          focus("seat");
        }}
      >
        <Button tone="second" wide icon="scan" onClick={() => setScanning(true)}>
          {w("write.scan")}
        </Button>
        {columns.map((column) => (
          <Input
            key={column}
            name={column}
            label={t(`passengers.column.${column}`)}
            optional={column === "phone" || column === "paper"}
            hint={column === "phone" ? w("write.either") : undefined}
            inputMode={column === "birthYear" ? "numeric" : column === "phone" ? "tel" : "text"}
            autoCapitalize={column === "name" ? "words" : "characters"}
            autoComplete="off"
            spellCheck={false}
            maxLength={longest[column]}
            value={seat[column]}
            onValue={(value) => setSeat((before) => ({ ...before, [column]: value }))}
            wrong={
              lacks?.column === column
                ? `${t(`passengers.column.${column}`)}: ${t(`passengers.flaw.${lacks.code}`)}`
                : undefined
            }
          />
        ))}
        <Button type="submit" tone="second" wide>
          {w("write.keep")}
        </Button>
      </form>
      {seats.length > 0 && (
        <>
          <ul className="list" aria-label={w("write.kept")}>
            {seats.map((one) => (
              <li key={one.seat} className="line" style={{ flexWrap: "wrap" }}>
                <span className="grow">
                  <span className="strong">{one.seat}</span> {one.name}
                  <br />
                  <span className="small soft numbers">{[one.birthYear, one.phone, one.paper].filter(Boolean).join(" · ")}</span>
                </span>
                <Button
                  tone="plain"
                  aria-label={w("write.changeSeat", { seat: one.seat })}
                  onClick={() => {
                    without(one);
                    setSeat(one);
                    focus("name");
                  }}
                >
                  {w("write.change")}
                </Button>
                <Button tone="plain" aria-label={w("write.removeSeat", { seat: one.seat })} onClick={() => without(one)}>
                  {w("write.remove")}
                </Button>
              </li>
            ))}
          </ul>
          {!ready && <p className="small soft">{w("write.where")}</p>}
          <Trouble error={send.error} />
          <Button wide busy={send.isPending} resting={!ready} onClick={() => ready && !send.isPending && send.mutate(seats)}>
            {w("write.send")}
          </Button>
        </>
      )}
      {send.data && <Told report={send.data} head={1} />}
      {scanning && (
        <ScanCard
          onClose={() => setScanning(false)}
          onCard={(card) => {
            setScanning(false);
            setSeat((before) => ({ ...before, ...card }));
          }}
        />
      )}
    </section>
  );
}
