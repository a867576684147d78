// What is taken for the tests of a disease: as its file has it for the day on which a sampling session is opened.
import type { Disease } from "../api/types";
import { inForce } from "./notification";

type Pack = Pick<Disease, "specimens">;
export type Specimen = Pack["specimens"][number]["taken"][number];

/** Of every disease, until each said what is taken for it; sessions and tubes of before name them. */
export const generalSpecimens = ["nasopharyngeal", "oropharyngeal", "saliva", "blood", "stool"] as const;
/** Another one; offered for every disease. */
export const otherSpecimen = "other" as const;

/** The usual one first. */
export function specimensOn(disease: Pack | undefined, day: string): readonly Specimen[] {
  return (disease && inForce(disease.specimens, day)?.taken) ?? [];
}

/** Of whatever day. */
export function specimenText(disease: Pack | undefined, id: string): Specimen["text"] | undefined {
  return disease?.specimens.flatMap((entry) => entry.taken).find((one) => one.id === id)?.text;
}
