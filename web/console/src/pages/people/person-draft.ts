// Somebody being registered, as typed so far, and what of it is sent.
import type { NewPerson } from "../../api/types";

type Sex = NewPerson["sex"];
type PaperKind = NonNullable<NewPerson["paper"]>["kind"];

export const paperKinds: readonly PaperKind[] = ["cccd", "cmnd", "passport", "insurance"];

export interface PersonDraft {
  name: string;
  birthDate?: string | undefined;
  birthYear: string;
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

/** Undefined while something needed is missing: name, birth date or year, sex, residence. */
export function personOf(draft: PersonDraft, thisYear = new Date().getFullYear()): NewPerson | undefined {
  const name = tidy(draft.name);
  const sex = sexes.find((one) => one === draft.sex);
  const year = Number(draft.birthYear);
  const yearKnown = /^\d{4}$/.test(draft.birthYear) && year >= 1900 && year <= thisYear;
  if (!name || !sex || !draft.unit || !(draft.birthDate || yearKnown)) return undefined;
  const [address, phone, number] = [tidy(draft.address), tidy(draft.phone), tidy(draft.paperNumber)];
  return {
    name,
    sex,
    unit: draft.unit,
    ...(draft.birthDate ? { birthDate: draft.birthDate } : { birthYear: year }),
    ...(address ? { address } : {}),
    ...(phone ? { phone } : {}),
    ...(draft.paperKind && number ? { paper: { kind: draft.paperKind, number } } : {}),
    ...(draft.nationality ? { nationality: draft.nationality } : {}),
  };
}
