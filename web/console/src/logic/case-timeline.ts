// What is known of a case's person, in the order it happened: of the case, of its milestones, and of what came before it.
import type { Case, ContactHistory, Milestone } from "../api/types";
import { instantOf } from "./moments";

type Fact = "onset" | "diagnosedAt" | "sampleAt" | "resultAt" | "isolatedAt" | "outcome";
export type Moment = { key: string; at: string; to?: string | undefined; day?: true } & (
  | { what: "fact"; fact: Fact }
  | { what: "hospital"; hospital: string; step: "admitted" | "discharged" }
  | { what: "milestone"; name: string; approximate: boolean }
  | { what: "exposure"; number: string }
  | { what: "followUp" }
);

const midnight = (date: string) => instantOf(date, "00:00");

export function timelineOf(
  file: Pick<Case, Fact | "outcomeOn" | "stays">,
  milestones: readonly Pick<Milestone, "id" | "place" | "where" | "from" | "to" | "precision" | "struck">[],
  before: { exposures: readonly Pick<ContactHistory["exposures"][number], "candidate" | "caseNumber" | "exposedSince" | "lastExposure">[]; followUps: readonly { id: string; firstDay: string; lastDay: string }[] },
): Moment[] {
  const out: Moment[] = [];
  for (const fact of ["diagnosedAt", "sampleAt", "resultAt", "isolatedAt"] as const) {
    const at = file[fact];
    if (at) out.push({ key: fact, at, what: "fact", fact });
  }
  if (file.onset) out.push({ key: "onset", at: midnight(file.onset), day: true, what: "fact", fact: "onset" });
  if (file.outcome && file.outcomeOn) out.push({ key: "outcome", at: midnight(file.outcomeOn), day: true, what: "fact", fact: "outcome" });
  file.stays.forEach(({ hospital, admittedOn, dischargedOn }, index) => {
    out.push({ key: `in ${index}`, at: midnight(admittedOn), day: true, what: "hospital", hospital, step: "admitted" });
    if (dischargedOn) out.push({ key: `out ${index}`, at: midnight(dischargedOn), day: true, what: "hospital", hospital, step: "discharged" });
  });
  for (const one of milestones)
    if (!one.struck)
      out.push({ key: one.id, at: one.from, to: one.to, what: "milestone", name: one.place?.name ?? one.where ?? "", approximate: one.precision !== "exact" });
  for (const one of before.exposures)
    out.push({ key: one.candidate, at: one.exposedSince, to: one.lastExposure, what: "exposure", number: one.caseNumber });
  for (const one of before.followUps) out.push({ key: one.id, at: midnight(one.firstDay), to: midnight(one.lastDay), day: true, what: "followUp" });
  return out.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.key < b.key ? -1 : 1));
}
