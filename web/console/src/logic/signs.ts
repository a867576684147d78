// Signs of illness that are offered for a day's entry of follow-up: as the disease's file has them for that day.
import type { Disease } from "../api/types";
import { inForce } from "./notification";

type Pack = Pick<Disease, "signs">;
export type Sign = Pack["signs"][number]["offered"][number];

/** Of every disease, until each said which are its own; entries of before name them. */
export const generalSigns = ["fever", "cough", "breath", "throat", "aches", "diarrhoea", "vomiting", "rash"] as const;
/** Another one, in the note. */
export const otherSign = "other" as const;

/** Nothing: the disease is not known here. */
export function signsOn(disease: Pack | undefined, day: string): readonly Sign[] | undefined {
  return disease && (inForce(disease.signs, day)?.offered ?? []);
}

/** Of that day, else of any other. */
export function signText(disease: Pack | undefined, day: string, id: string): Sign["text"] | undefined {
  const all = [...(signsOn(disease, day) ?? []), ...(disease?.signs ?? []).flatMap((entry) => entry.offered)];
  return all.find((one) => one.id === id)?.text;
}
