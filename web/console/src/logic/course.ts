// How an illness went, as it is typed: hospital stays that may still lack something, and an outcome with its day.
import type { Case, CaseOutcome, Course, HospitalStay } from "../api/types";

export const outcomes: readonly CaseOutcome[] = ["recovered", "died", "diedOfOtherCause", "lostToFollowUp"];

export interface StayDraft {
  /** Its place in the form, so that what is typed stays with its row when another is removed. */
  key: number;
  hospital: string;
  admittedOn?: string | undefined;
  dischargedOn?: string | undefined;
}

export interface CourseDraft {
  stays: StayDraft[];
  outcome?: CaseOutcome | undefined;
  outcomeOn?: string | undefined;
}

export function draftOf(file: Pick<Case, "stays" | "outcome" | "outcomeOn">): CourseDraft {
  return { stays: file.stays.map((stay, key) => ({ key, ...stay })), outcome: file.outcome, outcomeOn: file.outcomeOn };
}

export function withStay(draft: CourseDraft): CourseDraft {
  const key = Math.max(-1, ...draft.stays.map((stay) => stay.key)) + 1;
  return { ...draft, stays: [...draft.stays, { key, hospital: "" }] };
}

/** What is sent: everything there is. Undefined while something is missing. */
export function courseOf(draft: CourseDraft): Course | undefined {
  const stays: HospitalStay[] = [];
  for (const { hospital, admittedOn, dischargedOn } of draft.stays) {
    if (!hospital.trim() || !admittedOn) return undefined;
    stays.push({ hospital: hospital.trim(), admittedOn, ...(dischargedOn ? { dischargedOn } : {}) });
  }
  if (!draft.outcome) return { stays };
  return draft.outcomeOn ? { stays, outcome: draft.outcome, outcomeOn: draft.outcomeOn } : undefined;
}

/** Whether an open stay would be ended by what is typed. */
export function deathEndsStay(draft: CourseDraft): boolean {
  return (draft.outcome === "died" || draft.outcome === "diedOfOtherCause") && draft.stays.some((stay) => !stay.dischargedOn);
}

const contradictions = [
  "onsetInFuture",
  "resultInFuture",
  "resultBeforeSample",
  "isolationInFuture",
  "isolationBeforeWindow",
  "diagnosisInFuture",
  "notificationInFuture",
  "publicationInFuture",
  "diagnosisBeforeOnset",
  "notificationBeforeDiagnosis",
  "admissionInFuture",
  "dischargeInFuture",
  "dischargeBeforeAdmission",
  "staysOverlap",
  "outcomeInFuture",
  "outcomeBeforeOnset",
  "stayAfterDeath",
] as const;

/** Which dates contradict each other, if there are words for it. */
export function contradictionOf(which: string | undefined): (typeof contradictions)[number] | undefined {
  return contradictions.find((one) => one === which);
}
