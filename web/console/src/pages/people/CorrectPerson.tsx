// An officer puts a record right, with a reason; what stood there before is kept.
import { countryName } from "@luytre/shared/nations";
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconPencil } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { correctionsQuery, correctPerson, personQuery } from "../../api/people";
import { queryClient } from "../../api/query-client";
import type { CorrectionMade, Person } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Fact, Facts } from "../../parts/Facts";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useEdit, type Difference } from "../../parts/useEdit";
import { useLanguage, When } from "../../parts/When";
import { PersonFields } from "./PersonFields";
import { correctionOf, draftOf, type Corrected } from "./person-draft";

type Change = Corrected & { reason: string };

export function CorrectPerson({ person, reason }: { person: Person; reason: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={17} />} onClick={() => setOpened(true)}>
        {t("people.correct")}
      </Button>
      {/* Begun anew for each version: nothing typed for an older one is sent. */}
      <Form key={`${person.version} ${opened}`} person={person} opened={opened} reason={reason} onClose={() => setOpened(false)} />
    </>
  );
}

function Form({ person, reason, opened, onClose }: { person: Person; reason: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [draft, setDraft] = useState(() => draftOf(person));
  const [wrongPaper, setWrongPaper] = useState("");
  const shown = (current: Person) => queryClient.setQueryData(personQuery(person.id, reason).queryKey, current);
  const edit = useEdit<Person, Change>({
    save: (change, version) => correctPerson(person.id, version, change),
    compare: (change, current) => {
      const fields: (Difference | false)[] = [
        change.name !== undefined && { name: t("people.name"), mine: change.name, theirs: current.name },
        (change.birthDate ?? change.birthYear) !== undefined && {
          name: t("people.birthDate"),
          mine: change.birthDate ? showDay(change.birthDate) : change.birthYear,
          theirs: current.birthDate ? showDay(current.birthDate) : current.birthYear,
        },
        change.sex !== undefined && { name: t("people.sex"), mine: t(`common.sex.${change.sex}`), theirs: t(`common.sex.${current.sex}`) },
        change.unit !== undefined && { name: t("people.residence"), mine: t("people.newResidence"), theirs: current.unitPath },
        change.address !== undefined && { name: t("people.address"), mine: change.address, theirs: current.address },
        change.nationality !== undefined && {
          name: t("people.nationality"),
          mine: countryName(change.nationality, language),
          theirs: current.nationality && countryName(current.nationality, language),
        },
        (change.paper ?? change.wrongPaper) !== undefined && { name: t("people.paper"), mine: change.paper?.number, theirs: current.paperMasked },
      ];
      return fields.filter((field) => field !== false);
    },
    onSaved: (fresh) => {
      onClose();
      shown(fresh);
      say(t("people.corrected"));
    },
    onKept: (current) => {
      onClose();
      shown(current);
    },
  });
  const correction = correctionOf(person, draft, wrongPaper);
  return (
    <>
      <ReasonDialog
        opened={opened}
        title={t("people.correct")}
        action={t("people.correctDo")}
        ready={correction !== undefined}
        busy={edit.busy}
        error={<ProblemNote error={edit.error} />}
        onReason={(why) => correction && edit.save({ ...correction, reason: why }, person.version)}
        onClose={onClose}
      >
        <p>{t("people.correctLead")}</p>
        <PersonFields draft={draft} onChange={setDraft} error={edit.error} withoutPhone />
        <TextInput
          label={t("people.wrongPaper")}
          description={t("people.wrongPaperHelp")}
          value={wrongPaper}
          onChange={(event) => setWrongPaper(event.currentTarget.value)}
          error={fieldText(t, edit.error, "/wrongPaper")}
          maxLength={32}
          autoComplete="off"
          spellCheck={false}
        />
      </ReasonDialog>
      {edit.dialog}
    </>
  );
}

/** Asked for by a tap: it is a look at the record, and logged as one. */
export function Corrections({ person, reason }: { person: Person; reason: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const made = useQuery({ ...correctionsQuery(person.id, person.version, reason), enabled: asked });
  if (person.version === 1) return null;
  return (
    <Panel title={t("people.corrections")}>
      <ProblemNote error={made.error} retry={() => void made.refetch()} />
      {!made.data && (
        <Button variant="default" loading={made.isFetching} onClick={() => setAsked(true)}>
          {t("people.correctionsShow")}
        </Button>
      )}
      {made.data?.length === 0 && <p className="quiet">{t("people.correctionsNone")}</p>}
      {made.data?.map((one) => (
        <Made key={one.version} made={one} />
      ))}
    </Panel>
  );
}

function Made({ made: { at, by, reason, before } }: { made: CorrectionMade }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const was = (name: string, value: ReactNode) => value !== undefined && value !== null && <Fact name={t("people.was", { what: name })}>{value || t("common.none")}</Fact>;
  return (
    <section>
      <p>
        <When at={at} /> · {by} · {reason}
      </p>
      <Facts>
        {was(t("people.name"), before.name)}
        {was(t("people.birthDate"), before.birthDate ? showDay(before.birthDate) : before.birthYear)}
        {was(t("people.sex"), before.sex && t(`common.sex.${before.sex}`))}
        {was(t("people.nationality"), before.nationality && countryName(before.nationality, language))}
        {was(t("people.residence"), before.unitPath)}
        {was(t("people.address"), before.address)}
        {was(t("people.paper"), before.paper)}
      </Facts>
    </section>
  );
}
