// What a contact is asked before an officer assigns the class: as the disease's file has it for the day of the exposure.
import type { Answers, Disease } from "../api/types";
import { inForce } from "./notification";

type Pack = Pick<Disease, "contactQuestions">;
type Entry = Pack["contactQuestions"][number];
export type ContactQuestion = Entry["questions"][number];

export function questionsOn(disease: Pack | undefined, day: string): readonly ContactQuestion[] {
  return inForce(disease?.contactQuestions ?? [], day)?.questions ?? [];
}

/** Of that day, else of any other. */
export function briefOf(disease: Pack | undefined, day: string, id: string): ContactQuestion["brief"] | undefined {
  const all = [...questionsOn(disease, day), ...(disease?.contactQuestions ?? []).flatMap((entry) => entry.questions)];
  return all.find((one) => one.id === id)?.brief;
}

/** Answers that are kept, to what is asked no more. */
export function noLongerAsked(kept: Answers, questions: readonly ContactQuestion[]): [string, Answers[string]][] {
  return Object.entries(kept).filter(([id]) => !questions.some((one) => one.id === id));
}
