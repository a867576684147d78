// A vehicle's passenger list of one departure: seats written down one by one, or a file. Every line that was refused is
// named, with what is wrong; the others are taken. The keeper sees counts of earlier lists, never names.

import type { PassengerReport } from "@luytre/shared/api";
import { listAccepts, listBody } from "@luytre/shared/csv";
import { sentOnce } from "@luytre/shared/once";
import { dayAndClock } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";

import { client } from "../app/api";
import { placeQuery, tripsQuery } from "../app/queries";
import { Aboard } from "../duties/Aboard";
import { useText } from "../i18n";
import { sendList, type Where } from "../passengers/send";
import { TakeOff } from "../passengers/TakeOff";
import { Told } from "../passengers/Told";
import { useDraft } from "../passengers/useDraft";
import { useWords } from "../passengers/words";
import { WriteSeats } from "../passengers/WriteSeats";
import { UnitSearch } from "../people/UnitSearch";
import { Button, described, Frame, Input, Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

export function PassengerList() {
  const { t } = useText();
  const { id } = useParams({ from: "/inside/places/$id/passengers" });
  const place = useQuery(placeQuery(id));
  const [draft, setDraft] = useDraft(id);
  return (
    <Page title={t("passengers.title")} back="/places" lead={place.data?.name}>
      {!draft && <Skeleton />}
      {draft && (
        <>
          <div className="stack">
            <Input
              label={t("passengers.departure")}
              type="datetime-local"
              value={draft.departure}
              onValue={(departure) => setDraft((before) => ({ ...before, departure }))}
            />
            <UnitSearch
              id="towards"
              label={t("passengers.towards")}
              value={draft.towards}
              onValue={(towards) => setDraft((before) => ({ ...before, towards }))}
            />
          </div>
          <WriteSeats id={id} draft={draft} onDraft={setDraft} />
          <SendFile id={id} departure={draft.departure} towards={draft.towards?.id} />
        </>
      )}
      <Earlier id={id} />
    </Page>
  );
}

interface File {
  name: string;
  type: string;
  body: string | Blob;
  /** This choice of this file. */
  choice: string;
}

function SendFile({ id, departure, towards }: { id: string; departure: string; towards: string | undefined }) {
  const { t } = useText();
  const w = useWords();
  const [file, setFile] = useState<File>();
  const [unread, setUnread] = useState(false);
  const picked = useRef<globalThis.File>(undefined);
  const ready = departure !== "" && towards !== undefined && file !== undefined;
  const [once] = useState(() => sentOnce<Where & { choice: string }, PassengerReport>());
  const send = useMutation({
    mutationFn: () =>
      once({ departure, towards: towards!, choice: file!.choice }, (where, key) =>
        sendList(id, where, { type: file!.type, body: file!.body, key }),
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
    setFile(list && { name: chosen.name, ...list, choice: crypto.randomUUID() });
  };
  return (
    <section className="stack">
      <h2>{w("file")}</h2>
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
