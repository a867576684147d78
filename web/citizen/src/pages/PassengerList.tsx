// A vehicle's passenger list: one file for one departure. Every line that was refused is named, with what is wrong; the
// others are taken. The keeper sees counts of earlier lists, never names.

import { ask, type PassengerReport } from "@luytre/shared/api";
import { listAccepts, listBody } from "@luytre/shared/csv";
import { dayAndClock } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";

import { api, client } from "../app/api";
import { placeQuery, tripsQuery } from "../app/queries";
import { Aboard } from "../duties/Aboard";
import { useText } from "../i18n";
import { TakeOff } from "../passengers/TakeOff";
import { useWords } from "../passengers/words";
import { UnitSearch, type ChosenUnit } from "../people/UnitSearch";
import { Button, described, Frame, Input, Notice, Page } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import styles from "./Diary.module.css";

interface File {
  name: string;
  type: string;
  body: string | Blob;
  /** Of this choice of this file: sent twice, it counts once. */
  key: string;
}

export function PassengerList() {
  const { t } = useText();
  const { id } = useParams({ from: "/inside/places/$id/passengers" });
  const place = useQuery(placeQuery(id));
  const [departure, setDeparture] = useState("");
  const [towards, setTowards] = useState<ChosenUnit>();
  const [file, setFile] = useState<File>();
  const [unread, setUnread] = useState(false);
  const picked = useRef<globalThis.File>(undefined);
  const ready = departure !== "" && towards !== undefined && file !== undefined;
  const send = useMutation({
    mutationFn: () =>
      ask(
        api.POST("/api/v1/places/{id}/passengers", {
          params: {
            path: { id },
            query: { departure: new Date(`${departure}:00+07:00`).toISOString(), towards: towards!.id },
            header: { "Idempotency-Key": file!.key },
          },
          headers: { "Content-Type": file!.type },
          body: file!.body as never,
          bodySerializer: (body: unknown) => body as string | Blob,
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: tripsQuery(id).queryKey }),
  });
  const choose = async (chosen: globalThis.File | undefined) => {
    send.reset();
    picked.current = chosen;
    setFile(undefined);
    setUnread(false);
    const list = chosen && (await listBody(chosen).catch(() => undefined)); // moved or changed since it was chosen
    if (!chosen || picked.current !== chosen) return;
    setUnread(!list);
    setFile(list && { name: chosen.name, ...list, key: crypto.randomUUID() });
  };
  return (
    <Page title={t("passengers.title")} back="/places" lead={place.data?.name}>
      <Notice title={t("passengers.format")}>
        <p className="small">
          <code>seat,name,birthYear,phone,paper</code>
        </p>
        <p className="small">{t("passengers.formatText")}</p>
      </Notice>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !send.isPending) send.mutate();
        }}
      >
        <Input
          label={t("passengers.departure")}
          type="datetime-local"
          value={departure}
          onValue={(value) => {
            setDeparture(value);
            setFile((before) => before && { ...before, key: crypto.randomUUID() });
          }}
        />
        <UnitSearch
          id="towards"
          label={t("passengers.towards")}
          value={towards}
          onValue={(unit) => {
            setTowards(unit);
            setFile((before) => before && { ...before, key: crypto.randomUUID() });
          }}
        />
        <Frame id="file" label={t("passengers.file")} hint={file?.name} wrong={unread ? t("passengers.fileUnread") : undefined}>
          <input
            className="input"
            id="file"
            type="file"
            accept={listAccepts}
            aria-invalid={unread || undefined}
            aria-describedby={described("file", file, unread)}
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        </Frame>
        <Trouble error={send.error} />
        <Button type="submit" wide busy={send.isPending} resting={!ready}>
          {t("passengers.send")}
        </Button>
      </form>
      {send.data && <Told report={send.data} />}
      <Earlier id={id} />
    </Page>
  );
}

const columns = ["seat", "name", "birthYear", "phone", "paper"] as const;
const flaws = ["required", "format", "range", "too_long", "repeated", "encoding"] as const;

function Told({ report }: { report: PassengerReport }) {
  const { t } = useText();
  const { taken, changed, same, refused } = report;
  const say = ({ column: named, code }: { column: string; code: string }) => {
    const column = columns.find((one) => one === named);
    const flaw = flaws.find((one) => one === code) ?? "format";
    return column ? `${t(`passengers.column.${column}`)}: ${t(`passengers.flaw.${flaw}`)}` : t("passengers.unreadable");
  };
  return (
    <section className="stack-small">
      <Notice
        tone={refused > 0 ? "care" : "good"}
        live
        title={t("passengers.told", { taken, changed, same, refused })}
      />
      {refused > 0 && (
        <div className={styles.entries} tabIndex={0} role="region" aria-label={t("passengers.refused")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("passengers.line")}</th>
                <th scope="col">{t("passengers.column.seat")}</th>
                <th scope="col">{t("passengers.wrong")}</th>
              </tr>
            </thead>
            <tbody>
              {report.lines
                .filter(({ state }) => state === "refused")
                .map(({ line, seat, errors }) => (
                  <tr key={line}>
                    <th scope="row">{line}</th>
                    <td>{seat ?? "–"}</td>
                    <td>{errors.map(say).join("; ")}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Earlier({ id }: { id: string }) {
  const { t, language } = useText();
  const w = useWords();
  const trips = useQuery(tripsQuery(id));
  const [asked, setAsked] = useState<{ departure: string; towardsName: string }>();
  const [off, setOff] = useState<string>();
  return (
    <section className="stack-small">
      <h2>{t("passengers.earlier")}</h2>
      {off !== undefined && <Notice tone="good" live title={w("off.done", { seat: off })} />}
      <Trouble error={trips.error} retry={() => void trips.refetch()} />
      {trips.data?.length === 0 && <p className="soft">{t("passengers.none")}</p>}
      {trips.data && trips.data.length > 0 && (
        <ul className="list">
          {trips.data.map(({ departure, towards, towardsName, seats }) => (
            <li key={departure + towards} className="line" style={{ flexWrap: "wrap" }}>
              <span className="grow">
                <span className="strong numbers">{dayAndClock(departure, language)}</span>
                <br />
                <span className="small soft">{towardsName}</span>
              </span>
              <span className="tag">{t("passengers.seats", { count: seats })}</span>
              <Aboard id={id} departure={departure} />
              <Button
                tone="plain"
                onClick={() => {
                  setOff(undefined);
                  setAsked({ departure, towardsName });
                }}
              >
                {w("off.open")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {asked && (
        <TakeOff
          id={id}
          trip={asked}
          onClose={() => setAsked(undefined)}
          onDone={(seat) => {
            setAsked(undefined);
            setOff(seat);
          }}
        />
      )}
    </section>
  );
}
