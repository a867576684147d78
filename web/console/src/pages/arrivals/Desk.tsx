// Whoever stands at the desk: by our code, by a paper, or, if nobody is known by it, registered here.
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { lookAt, vehicleQueuesQuery, type Shown } from "../../api/arrivals";
import type { PlaceBrief } from "../../api/types";
import { isBareNumber } from "../../logic/shown";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { Scanner } from "../../parts/Scanner";
import choices from "../cases/PersonPicker.module.css";
import styles from "./Arrivals.module.css";
import { QueuePanel } from "./QueuePanel";
import { RegisterTraveller } from "./RegisterTraveller";
import { TravellerDesk } from "./TravellerDesk";

interface Props {
  place: PlaceBrief;
  onOther: () => void;
}

export function Desk({ place, onOther }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [code, setCode] = useState("");
  const [year, setYear] = useState("");
  const [by, setBy] = useState<{ vehicle: string; departure: string }>();
  const vehicles = useQuery(vehicleQueuesQuery);
  const look = useMutation({ mutationFn: async (shown: Shown) => ({ ...(await lookAt(place.id, shown, reason.trim())), why: reason.trim() }) });
  const top = useRef<HTMLDivElement>(null);
  const bare = isBareNumber(code);
  const shown: Shown = { code: code.trim(), ...(bare ? { birthYear: Number(year) } : {}) };
  const ready = reason.trim().length >= 5 && code.trim() !== "" && (!bare || /^\d{4}$/.test(year));
  const next = () => {
    setCode("");
    setYear("");
  };
  const { person, ticket, several = [], claim } = look.data ?? {};
  return (
    <>
      <div ref={top} />
      <Panel
        title={place.name}
        actions={
          <Button variant="subtle" onClick={onOther}>
            {t("arrivals.otherPlace")}
          </Button>
        }
      >
        <form
          className={styles.scan}
          onSubmit={(event) => {
            event.preventDefault();
            if (!ready) return;
            setBy(undefined);
            look.mutate(shown);
          }}
        >
          <TextInput label={t("arrivals.reason")} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} w={320} maw="100%" />
          <TextInput
            label={t("arrivals.code")}
            description={t("arrivals.codeHint")}
            maxLength={600}
            autoComplete="off"
            spellCheck={false}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            w={420}
            maw="100%"
          />
          {bare && (
            <TextInput
              label={t("arrivals.birthYear")}
              inputMode="numeric"
              maxLength={4}
              autoComplete="off"
              value={year}
              onChange={(event) => setYear(event.currentTarget.value)}
              w={140}
            />
          )}
          <Button type="submit" loading={look.isPending} disabled={!ready}>
            {t("arrivals.look")}
          </Button>
        </form>
        <Scanner
          onText={(text) => {
            setCode(text);
            if (reason.trim().length < 5 || isBareNumber(text)) return;
            setBy(undefined);
            look.mutate({ code: text });
          }}
        />
        <ProblemNote error={look.error} />
      </Panel>
      {several.length > 0 && (
        <Panel title={t("arrivals.several")}>
          <ul className={choices.choices}>
            {several.map((one) => (
              <li key={one.id}>
                <button type="button" onClick={() => look.mutate({ ...look.variables!, person: one.id })}>
                  <b>
                    {one.name}, {one.birthYear}
                  </b>
                  <span>{one.unitPath}</span>
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {claim && <RegisterTraveller key={JSON.stringify(look.variables)} place={place} claim={claim} onRegistered={(code) => look.mutate({ code })} />}
      {person && ticket && look.data && (
        <TravellerDesk
          key={person.id}
          place={place.id}
          code={ticket}
          reason={look.data.why}
          traveller={{ ...look.data, person }}
          vehicles={vehicles.data ?? []}
          by={by}
          onCorrected={() => look.mutate({ code: ticket })}
          onDecided={next}
        />
      )}
      <QueuePanel
        place={place}
        reason={reason}
        onPick={(one, trip) => {
          setBy(trip);
          look.mutate(one);
          top.current?.scrollIntoView();
        }}
      />
    </>
  );
}
