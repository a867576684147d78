// Somebody being registered or put right, as typed so far, and what of it is sent.
import type { NewPerson, Person, PersonCorrection } from "../../api/types";

type Sex = NewPerson["sex"];
type PaperKind = NonNullable<NewPerson["paper"]>["kind"];

export const paperKinds: readonly PaperKind[] = ["cccd", "cmnd", "passport", "insurance"];

export interface PersonDraft {
  name: string;
  birthDate?: string | undefined;
  birthYear: string;
  /** Nobody can tell it; said, not left out. */
  birthUnknown?: boolean | undefined;
  sex: string;
  unit?: string | undefined;
  address: string;
  phone: string;
  paperKind?: PaperKind | undefined;
  paperNumber: string;
  nationality?: string | undefined;
}

export const emptyDraft: PersonDraft = { name: "", birthYear: "", sex: "", address: "", phone: "", paperNumber: "" };

const sexes: readonly Sex[] = ["female", "male", "other"];

const tidy = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();

/** Undefined while something needed is missing: name, birth date or year or that nobody knows it, sex, residence. */
export function personOf(draft: PersonDraft, thisYear = new Date().getFullYear()): NewPerson | undefined {
  const name = tidy(draft.name);
  const sex = sexes.find((one) => one === draft.sex);
  const year = Number(draft.birthYear);
  const yearKnown = /^\d{4}$/.test(draft.birthYear) && year >= 1900 && year <= thisYear;
  if (!name || !sex || !draft.unit || !(draft.birthDate || yearKnown || draft.birthUnknown)) return undefined;
  const [address, phone, number] = [tidy(draft.address), tidy(draft.phone), tidy(draft.paperNumber)];
  return {
    name,
    sex,
    unit: draft.unit,
    ...(draft.birthUnknown ? { birthUnknown: true } : draft.birthDate ? { birthDate: draft.birthDate } : { birthYear: year }),
    ...(address ? { address } : {}),
    ...(phone ? { phone } : {}),
    ...(draft.paperKind && number ? { paper: { kind: draft.paperKind, number } } : {}),
    ...(draft.nationality ? { nationality: draft.nationality } : {}),
  };
}

/** A record as it stands, to be put right. The year of a known date is not filled in: a date that cannot be read is no year. */
export const draftOf = (person: Person): PersonDraft => ({
  ...emptyDraft,
  name: person.name,
  birthDate: person.birthDate,
  birthYear: person.birthDate || !person.birthYear ? "" : String(person.birthYear),
  sex: person.sex,
  unit: person.unit,
  address: person.address ?? "",
  nationality: person.nationality,
});

export type Corrected = Omit<PersonCorrection, "reason">;

/** What differs from the record; undefined while nothing does, or what was typed cannot be. */
export function correctionOf(person: Person, draft: PersonDraft, wrongPaper: string, thisYear = new Date().getFullYear()): Corrected | undefined {
  const [name, address, number, wrong] = [tidy(draft.name), tidy(draft.address), tidy(draft.paperNumber), tidy(wrongPaper)];
  const sex = sexes.find((one) => one === draft.sex);
  const year = Number(draft.birthYear);
  const yearTyped = draft.birthDate === undefined && (person.birthDate !== undefined || year !== person.birthYear);
  const yearKnown = /^\d{4}$/.test(draft.birthYear) && year >= 1900 && year <= thisYear;
  if (!name || !sex || !draft.unit || (yearTyped && !yearKnown) || Boolean(draft.paperKind) !== Boolean(number)) return undefined;
  const out: Corrected = {
    ...(name !== person.name ? { name } : {}),
    ...(draft.birthDate && draft.birthDate !== person.birthDate ? { birthDate: draft.birthDate } : {}),
    ...(yearTyped ? { birthYear: year } : {}),
    ...(sex !== person.sex ? { sex } : {}),
    ...(draft.unit !== person.unit ? { unit: draft.unit } : {}),
    ...(address !== (person.address ?? "") ? { address } : {}),
    ...(draft.nationality && draft.nationality !== person.nationality ? { nationality: draft.nationality } : {}),
    ...(draft.paperKind && number ? { paper: { kind: draft.paperKind, number } } : {}),
    ...(wrong ? { wrongPaper: wrong } : {}),
  };
  return Object.keys(out).length > 0 ? out : undefined;
}
