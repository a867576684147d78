// What is asked of a milestone of the interview: as the disease's file has it for the day on which it began. Nothing of it is compulsory.
import type { Answers, Disease } from "../api/types";
import { inForce } from "./notification";

type Pack = Pick<Disease, "milestoneQuestions">;
export type MilestoneQuestion = Pack["milestoneQuestions"][number]["questions"][number];

/** Of every disease, until each said what is asked of it. */
export const askedOfAll = ["masks", "near"] as const;

export function askedOfMilestone(disease: Pack | undefined, day: string): readonly MilestoneQuestion[] {
  return inForce(disease?.milestoneQuestions ?? [], day)?.questions ?? [];
}

/** Of that day, else of any other. */
export function briefOfMilestone(disease: Pack | undefined, day: string, id: string): MilestoneQuestion["brief"] | undefined {
  const all = [...askedOfMilestone(disease, day), ...(disease?.milestoneQuestions ?? []).flatMap((entry) => entry.questions)];
  return all.find((one) => one.id === id)?.brief;
}

/** What is sent: answers to what is asked of that day, and those that stood before. */
export function answersToSend(given: Answers, kept: Answers, questions: readonly MilestoneQuestion[]): Answers {
  return Object.fromEntries(Object.entries(given).filter(([id]) => id in kept || questions.some((one) => one.id === id)));
}
