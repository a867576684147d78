// One traveller at the desk: what was declared on entry, put right together, and the decision.
import { Button, Group, Select, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { correctShown, decideArrival, readPictureShown } from "../../api/arrivals";
import { formQuery } from "../../api/declarations";
import { queryClient } from "../../api/query-client";
import type { ArrivalOutcome, Declaration, PersonBrief, Traveller, VehicleQueue } from "../../api/types";
import { ColourBadge } from "../../parts/Badges";
import { AnswerForm, type Answered } from "../../parts/forms/AnswerForm";
import { Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { UnitSelect } from "../../parts/UnitSelect";
import { Said } from "../declarations/Said";
import styles from "./Arrivals.module.css";
import { DeclareFor } from "./DeclareFor";

const outcomes: readonly ArrivalOutcome[] = ["pass", "examine", "quarantine"];

interface Props {
  place: string;
  code: string;
  /** Why the declaration was opened. */
  reason: string;
  traveller: Traveller & { person: PersonBrief };
  vehicles: readonly VehicleQueue[];
  /** By which departure the traveller came, if the queue says so. */
  by: { vehicle: string; departure: string } | undefined;
  onCorrected: () => void;
  onDecided: () => void;
}

export function TravellerDesk({ place, code, reason, traveller, vehicles, by: trip, onCorrected, onDecided }: Props) {
  const { t } = useTranslation();
  const { person, declaration } = traveller;
  const [towards, setTowards] = useState(traveller.towards);
  const [vehicle, setVehicle] = useState(trip ? `${trip.vehicle} ${trip.departure}` : null);
  const [note, setNote] = useState("");
  const [key] = useState(() => crypto.randomUUID());
  const decide = useMutation({
    mutationFn: async (outcome: ArrivalOutcome) => {
      const chosen = vehicles.find((one) => `${one.vehicle} ${one.departure}` === vehicle);
      const by = chosen ? { vehicle: chosen.vehicle, departure: chosen.departure } : {};
      const told = note.trim() ? { note: note.trim() } : {};
      await decideArrival({ place, code, outcome, towards: towards!, ...by, ...told }, `${key}-${outcome}`);
      return outcome;
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ["arrivals", "vehicles"] });
      onDecided();
    },
  });
  return (
    <>
      <Panel title={`${person.name}, ${person.birthYear}`} actions={declaration && <ColourBadge of={declaration.result.colour} />}>
        <p>{person.unitPath}</p>
        {declaration ? <Declared place={place} code={code} reason={reason} declaration={declaration} onCorrected={onCorrected} /> : <DeclareFor place={place} code={code} onDeclared={onCorrected} />}
        <LoggedNote />
      </Panel>
      <Panel title={t("arrivals.decision")}>
        {decide.data ? (
          <p role="status">{t("arrivals.decided", { name: person.name, outcome: t(`arrivals.outcome.${decide.data}`) })}</p>
        ) : (
          <div className={styles.decide}>
            <UnitSelect label={t("arrivals.towards")} value={towards} onChange={setTowards} />
            {vehicles.length > 0 && (
              <Select
                label={t("arrivals.vehicle")}
                clearable
                value={vehicle}
                onChange={setVehicle}
                data={[...new Map(vehicles.map((one) => [`${one.vehicle} ${one.departure}`, one.vehicleName])).entries()].map(([value, label]) => ({ value, label }))}
              />
            )}
            <Textarea label={t("arrivals.note")} maxLength={500} autosize minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
            <Group>
              {outcomes.map((outcome) => (
                <Button key={outcome} variant={outcome === "pass" ? "filled" : "default"} disabled={!towards} loading={decide.isPending} onClick={() => decide.mutate(outcome)}>
                  {t(`arrivals.outcome.${outcome}`)}
                </Button>
              ))}
            </Group>
            <ProblemNote error={decide.error} />
          </div>
        )}
      </Panel>
    </>
  );
}

type DeclaredProps = Pick<Props, "place" | "code" | "reason" | "onCorrected"> & { declaration: Declaration };

function Declared({ place, code, reason, declaration, onCorrected }: DeclaredProps) {
  const { t } = useTranslation();
  const form = useQuery(formQuery(declaration.form, declaration.formVersion));
  const [correcting, setCorrecting] = useState(false);
  const save = useMutation({
    mutationFn: ({ response, key }: Answered) => correctShown(place, code, declaration.id, response, key),
    onSuccess: () => {
      setCorrecting(false);
      onCorrected();
    },
  });
  if (barring(form)) return <ProblemNote error={form.error} retry={() => void form.refetch()} />;
  if (!form.data || !declaration.response) return <Loading rows={3} />;
  if (correcting)
    return (
      <AnswerForm
        form={form.data}
        begun={declaration.response}
        send={t("arrivals.save")}
        busy={save.isPending}
        error={save.error}
        onSend={(answered) => save.mutate(answered)}
        onCancel={() => setCorrecting(false)}
      />
    );
  return (
    <>
      {declaration.corrects && <p role="status">{t("arrivals.saved")}</p>}
      <Said
        form={declaration.form}
        version={declaration.formVersion}
        response={declaration.response}
        deciding={declaration.result.reasons.flatMap((one) => one.questions)}
        open={(picture) => readPictureShown(place, code, picture, reason)}
      />
      <Button variant="default" onClick={() => setCorrecting(true)}>
        {t("arrivals.edit")}
      </Button>
    </>
  );
}
