// Registering the patient together with the case. While the fields are filled, people who might be the same are shown: one more record of
// somebody we know costs the tracers more than one more look.
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { peopleQuery } from "../../api/people";
import { draftDuplicatesQuery } from "../../api/person-duplicates";
import type { PersonQuery } from "../../logic/person-query";
import { NearNote } from "../../parts/NearNote";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { FoundAlready } from "../people/FoundAlready";
import { PersonFields } from "../people/PersonFields";
import { personOf, type PersonDraft } from "../people/person-draft";
import styles from "../people/FoundAlready.module.css";
import { PeopleChoices, type Picked } from "./PersonPicker";

interface Props {
  draft: PersonDraft;
  onChange: (draft: PersonDraft) => void;
  error: unknown;
  onSame: (person: Picked) => void;
}

// A number that is typed half finds others' that are near it.
const fullLength: Partial<Record<string, number>> = { cccd: 12, cmnd: 9 };

/** The strongest thing typed so far that can be looked up. */
function likeness(draft: PersonDraft): PersonQuery | undefined {
  const paper = draft.paperNumber.replace(/\s/g, "");
  if (draft.paperKind && paper.length >= (fullLength[draft.paperKind] ?? 8)) return { paper };
  const phone = draft.phone.replace(/[\s.-]/g, "");
  if (/^(\+84|0)\d{9}$/.test(phone)) return { phone };
  const name = draft.name.replace(/\s+/g, " ").trim();
  const year = draft.birthDate?.slice(0, 4) ?? draft.birthYear;
  return name.includes(" ") && /^\d{4}$/.test(year) ? { name, birthYear: Number(year) } : undefined;
}

export function NewPatient({ draft, onChange, error, onSame }: Props) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(draft, 500);
  const reason = t("cases.searchReason");
  // Once everything needed is there, records are compared field by field.
  const whole = personOf(settled);
  const found = useQuery(peopleQuery(whole ? undefined : likeness(settled), reason));
  const compared = useQuery(draftDuplicatesQuery(whole, reason));
  const alike = found.data?.items ?? [];
  return (
    <>
      <PersonFields draft={draft} onChange={onChange} error={error} at="/newPerson" />
      <LoggedNote>{t("cases.searchLogged", { reason })}</LoggedNote>
      {alike.length > 0 && (
        <aside className={styles.alike} role="status">
          <h3>{t("cases.alike", { count: alike.length })}</h3>
          <p>{t("cases.alikeLead")}</p>
          {found.data?.near && <NearNote />}
          <PeopleChoices people={alike} onChoose={(brief) => onSame({ id: brief.id, brief })} />
        </aside>
      )}
      <ProblemNote error={whole && compared.error} retry={() => void compared.refetch()} />
      {whole && (
        <FoundAlready typed={whole} candidates={compared.data?.items ?? []} reason={reason} onChoose={(person) => onSame({ id: person.id })} />
      )}
    </>
  );
}
