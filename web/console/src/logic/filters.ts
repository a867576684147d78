// Filters live in the address, so that a filtered list can be reloaded, bookmarked and handed on. What identifies a person (names,
// phones, paper numbers) never does: addresses stay in the browser's history.
import type { ComingFilter } from "../api/arrivals";
import type { CandidateFilter } from "../api/tracing";
import type { CaseFilter, CaseSort } from "../api/cases";
import type { DeclarationFilter } from "../api/declarations";
import type { DifferenceFilter } from "../api/differences";
import type { FollowUpFilter } from "../api/follow-ups";
import type { OrderFilter } from "../api/orders";
import type { LogFilter } from "../api/log";
import type { OutbreakFilter } from "../api/outbreaks";
import type { ReferralFilter } from "../api/referrals";
import type { TaskFilter } from "../api/tasks";
import type { ArrivalOutcome, Candidate, CaseOutcome, Classification, Coming, Release, Task } from "../api/types";
import { sorting, type Sorts } from "./sorting";

type Raw = Record<string, unknown>;

const text = (value: unknown): string | undefined => {
  const plain = typeof value === "number" ? String(value) : value;
  return typeof plain === "string" && plain.trim() !== "" ? plain : undefined;
};

const choice = <T extends string>(value: unknown, of: readonly T[]): T | undefined => of.find((one) => one === value);

const day = (value: unknown): string | undefined => (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined);

/** Only what is set, so that addresses stay short. */
function compact<T extends object>(filter: T): T {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as T;
}

export const classifications: readonly Classification[] = ["suspect", "probable", "confirmed", "discarded"];
export const caseStatuses = ["open", "closed"] as const;
export const caseOutcomes: readonly CaseOutcome[] = ["recovered", "died", "diedOfOtherCause", "lostToFollowUp"];
export const caseSorts: Sorts<CaseSort> = [
  ["report", "descending"],
  ["onset", "descending"],
  ["deadline", "ascending"],
  ["number", "ascending"],
];
/** What awaits its notification begins with the most overdue. */
export const caseSortsOf = (filter: CaseFilter): Sorts<CaseSort> =>
  filter.awaiting || filter.overdue ? [...caseSorts].sort(([a], [b]) => Number(b === "deadline") - Number(a === "deadline")) : caseSorts;
export const taskStates: readonly Task["state"][] = ["open", "acknowledged", "done", "withdrawn"];
export const taskKinds: readonly Task["kind"][] = ["assess", "call", "door"];
export const releaseStates: readonly Release["state"][] = ["awaiting", "released", "rejected", "withdrawn"];
export const declarationColours = ["red", "yellow"] as const;
export const arrivalOutcomes: readonly ArrivalOutcome[] = ["pass", "examine", "quarantine"];
export const comingStates: readonly Coming["state"][] = ["waiting", "acknowledged", "done"];
export const levels = ["1", "2", "3", "4"] as const;
export const candidateStatuses: readonly Candidate["status"][] = ["open", "assigned", "dismissed", "withdrawn"];

export const comingFilter = (raw: Raw): ComingFilter =>
  compact({ unit: text(raw.unit), outcome: choice(raw.outcome, arrivalOutcomes), state: choice(raw.state, comingStates) });

/** An id, of a record or of a file of ours. */
const word = (value: unknown): string | undefined => {
  const plain = text(value);
  return plain && /^[a-z0-9-]{1,40}$/.test(plain) ? plain : undefined;
};

/** A case number, or its beginning; anything else might be a name. */
const caseNumber = (value: unknown): string | undefined => {
  const plain = text(value)?.toUpperCase();
  return plain && /^[A-Z]{2,5}-[A-Z0-9-]{0,20}$/.test(plain) ? plain : undefined;
};

export function caseFilter(raw: Raw): CaseFilter {
  return compact({
    q: caseNumber(raw.q),
    classification: choice(raw.classification, classifications),
    status: choice(raw.status, caseStatuses),
    unit: text(raw.unit),
    awaiting: raw.awaiting === true ? true : undefined,
    overdue: raw.overdue === true ? true : undefined,
    disease: word(raw.disease),
    outcome: choice(raw.outcome, caseOutcomes),
    onsetFrom: day(raw.onsetFrom),
    onsetTo: day(raw.onsetTo),
    reportedFrom: day(raw.reportedFrom),
    reportedTo: day(raw.reportedTo),
    outbreak: word(raw.outbreak),
    sourceUnknown: raw.sourceUnknown === true ? true : undefined,
    ...sorting(raw, caseSorts),
  });
}

/** Without how it is sorted and without a number that was searched for: which cases a file would hold. */
export function caseFileFilter(filter: CaseFilter): Omit<CaseFilter, "q" | "unit" | "sort" | "order"> {
  const { sort, order, q, unit, ...rest } = filter;
  return rest;
}

export interface TaskSearch extends TaskFilter {
  /** Only what is past its time; the list is filtered here, the API has no such parameter. */
  overdue?: boolean;
}

export function taskFilter(raw: Raw): TaskSearch {
  return compact({
    state: choice(raw.state, taskStates),
    kind: choice(raw.kind, taskKinds),
    unit: text(raw.unit),
    mine: raw.mine === true ? true : undefined,
    team: text(raw.team),
    nobodys: raw.nobodys === true ? true : undefined,
    late: raw.late === true ? true : undefined,
    overdue: raw.overdue === true ? true : undefined,
  });
}

export const referralStates = ["open", "acknowledged", "done", "withdrawn"] as const;

export function referralFilter(raw: Raw): ReferralFilter {
  return compact({
    state: choice(raw.state, referralStates),
    escalated: raw.escalated === true ? true : undefined,
    yours: raw.yours === true ? true : undefined,
    unit: text(raw.unit),
  });
}

export function followUpFilter(raw: Raw): FollowUpFilter {
  return compact({
    escalated: raw.escalated === true ? true : undefined,
    yours: raw.yours === true ? true : undefined,
    offered: raw.offered === true ? true : undefined,
    mine: raw.mine === true ? true : undefined,
    team: text(raw.team),
    nobodys: raw.nobodys === true ? true : undefined,
    unit: text(raw.unit),
  });
}

export function outbreakFilter(raw: Raw): OutbreakFilter {
  return compact({ status: choice(raw.status, caseStatuses), disease: text(raw.disease), unit: text(raw.unit) });
}

export const orderViews = ["waiting", "running", "tomorrow", "overdue", "ended"] as const;

export const orderFilter = (raw: Raw): OrderFilter => compact({ view: choice(raw.view, orderViews), unit: text(raw.unit) });

export const needFilter = (raw: Raw): { unit?: string; site?: string } => compact({ unit: text(raw.unit), site: text(raw.site) });

export const differenceStates = ["asked", "explained", "referred", "decided", "gone"] as const;

export function differenceFilter(raw: Raw): DifferenceFilter {
  return compact({ state: choice(raw.state, differenceStates) });
}

export function placeFilter(raw: Raw): { q?: string; unit?: string } {
  return compact({ q: text(raw.q), unit: text(raw.unit) });
}

export function unitFilter(raw: Raw): { unit?: string } {
  return compact({ unit: text(raw.unit) });
}

/** Beside the units below one. */
export const statisticsBy = ["kind", "sector", "organisation"] as const;
export type StatisticsBy = (typeof statisticsBy)[number];

export function statisticsFilter(raw: Raw): { by?: StatisticsBy; unit?: string; day?: string } {
  return compact({ by: choice(raw.by, statisticsBy), unit: text(raw.unit), day: day(raw.day) });
}

/** Beside the onset, today's units and communes. */
export const caseReportDays = ["report"] as const;
export const caseReportViews = ["then"] as const;
export const caseReportLevels = ["district", "province"] as const;

export interface CaseReportFilter {
  unit?: string;
  disease?: string;
  from?: string;
  to?: string;
  counted?: (typeof caseReportDays)[number];
  view?: (typeof caseReportViews)[number];
  level?: (typeof caseReportLevels)[number];
  knownAt?: string;
}

export function caseReportFilter(raw: Raw): CaseReportFilter {
  const knownAt = text(raw.knownAt);
  return compact({
    unit: text(raw.unit),
    disease: text(raw.disease),
    from: day(raw.from),
    to: day(raw.to),
    counted: choice(raw.counted, caseReportDays),
    view: choice(raw.view, caseReportViews),
    level: choice(raw.level, caseReportLevels),
    knownAt: knownAt && /^\d{4}-\d{2}-\d{2}T/.test(knownAt) ? knownAt : undefined,
  });
}

export function declarationFilter(raw: Raw): DeclarationFilter {
  return compact({
    colour: choice(raw.colour, declarationColours),
    unit: text(raw.unit),
    place: text(raw.place),
    from: day(raw.from),
    to: day(raw.to),
  });
}

export function releaseFilter(raw: Raw): { state?: Release["state"] } {
  return compact({ state: choice(raw.state, releaseStates) });
}

export function candidateFilter(raw: Raw): CandidateFilter {
  return compact({
    level: choice(text(raw.level), levels),
    status: choice(raw.status, candidateStatuses),
  });
}

export function logFilter(raw: Raw): LogFilter {
  return compact({ person: text(raw.person), account: text(raw.account), from: day(raw.from), to: day(raw.to) });
}
