// A vehicle's passenger list: one file, or seats written down one by one, for one departure. Every line that was refused is named, with what is
// wrong; the others are taken. The keeper sees counts of earlier lists, never names.

import { ask, type PassengerReport } from "@luytre/shared/api";
import { listAccepts, listBody } from "@luytre/shared/csv";
import { dayAndClock } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";

import { api, client } from "../app/api";
import { device, draftKey } from "../app/device";
import { placeQuery, tripsQuery } from "../app/queries";
import { useSession } from "../app/session";
import { Aboard } from "../duties/Aboard";
import { useText } from "../i18n";
import { UnitSearch, type ChosenUnit } from "../people/UnitSearch";
import { asList, refused, type Written } from "../trips/seats";
import { useFlaw } from "../trips/useFlaw";
import { WriteSeats } from "../trips/WriteSeats";
import { Button, Choices, described, Frame, Input, Notice, Page } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import styles from "./Diary.module.css";

interface File {
  name: string;
  type: string;
  body: string | Blob;
  /** Of this choice of this file: sent twice, it counts once. */
  key: string;
}

const ways = ["file", "written"] as const;

/** Seats that were written down and not sent yet; on this device alone, over a reload. */
function useWritten(place: string): [readonly Written[], (next: readonly Written[]) => void] {
  const session = useSession();
  const key = draftKey(session?.account ?? "", "passengers", place);
  const [seats, setSeats] = useState<readonly Written[]>([]);
  useEffect(() => void device.get<Written[]>("drafts", key).then((kept) => kept && setSeats(kept), () => undefined), [key]);
  const put = (next: readonly Written[]) => {
    setSeats(next);
    void (next.length > 0 ? device.put("drafts", key, next) : device.remove("drafts", key)).catch(() => undefined);
  };
  return [seats, put];
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
  const [seats, setSeats] = useWritten(id);
  const [chosen, setWay] = useState<(typeof ways)[number]>();
  const way = chosen ?? (seats.length > 0 ? "written" : "file");
  const written = useMemo<File | undefined>(
    () => (seats.length > 0 ? { name: "", type: "text/csv", body: asList(seats), key: crypto.randomUUID() } : undefined),
    [seats, departure, towards?.id],
  );
  const list = way === "file" ? file : written;
  const ready = departure !== "" && towards !== undefined && list !== undefined;
  const send = useMutation({
    mutationFn: ({ list }: { list: File; rows: readonly Written[] }) =>
      ask(
        api.POST("/api/v1/places/{id}/passengers", {
          params: {
            path: { id },
            query: { departure: new Date(`${departure}:00+07:00`).toISOString(), towards: towards!.id },
            header: { "Idempotency-Key": list.key },
          },
          headers: { "Content-Type": list.type },
          body: list.body as never,
          bodySerializer: (body: unknown) => body as string | Blob,
        }),
      ),
    onSuccess: (report, { rows }) => {
      if (rows.length > 0) setSeats([...refused(rows, report), ...seats.filter((each) => !rows.includes(each))]);
      void client.invalidateQueries({ queryKey: tripsQuery(id).queryKey });
    },
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
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready || send.isPending) return;
          setWay(way);
          send.mutate({ list, rows: way === "written" ? seats : [] });
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
        <Choices
          id="way"
          label={t("passengers.way")}
          columns={2}
          value={way}
          onValue={(value) => {
            send.reset();
            setWay(value as typeof way);
          }}
          options={ways.map((value) => ({ value, text: t(`passengers.by.${value}`) }))}
        />
        {way === "written" ? (
          <WriteSeats seats={seats} onSeats={setSeats} />
        ) : (
          <>
            <Notice title={t("passengers.format")}>
              <p className="small">
                <code>seat,name,birthYear,phone,paper</code>
              </p>
              <p className="small">{t("passengers.formatText")}</p>
            </Notice>
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
          </>
        )}
        <Trouble error={send.error} />
        <Button type="submit" wide busy={send.isPending} resting={!ready}>
          {t("passengers.send")}
        </Button>
      </form>
      {send.data && <Told report={send.data} lines={way === "file"} />}
      <Earlier id={id} />
    </Page>
  );
}

/** `lines`: name those of the file that were refused. */
function Told({ report, lines }: { report: PassengerReport; lines: boolean }) {
  const { t } = useText();
  const say = useFlaw();
  const { taken, changed, same, refused } = report;
  return (
    <section className="stack-small">
      <Notice
        tone={refused > 0 ? "care" : "good"}
        live
        title={t("passengers.told", { taken, changed, same, refused })}
      />
      {lines && refused > 0 && (
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
  const trips = useQuery(tripsQuery(id));
  return (
    <section className="stack-small">
      <h2>{t("passengers.earlier")}</h2>
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
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
