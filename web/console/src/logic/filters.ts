// Filters live in the address, so that a filtered list can be reloaded, bookmarked and handed on. What identifies a person (names,
// phones, paper numbers) never does: addresses stay in the browser's history.
import type { ComingFileFilter, ComingFilter } from "../api/arrivals";
import type { CandidateFilter, CandidateSort, ReleaseFilter } from "../api/tracing";
import type { CaseFilter, CaseSort } from "../api/cases";
import type { ContactFileFilter, ContactFilter, ContactSort } from "../api/contact-lists";
import type { DeclarationFilter } from "../api/declarations";
import type { DifferenceFilter } from "../api/differences";
import type { FollowUpFileFilter, FollowUpFilter, FollowUpSort } from "../api/follow-ups";
import type { DiseaseFileFilter, LaboratoryFilter, PositiveFileFilter, PositiveSort, SessionFileFilter, TubeFileFilter, TubeFilter, TubeSort } from "../api/laboratory";
import type { HelperFilter } from "../api/helpers";
import type { DueFilter } from "../api/inspections";
import type { LogFilter } from "../api/log";
import type { NeedFileFilter, NeedFilter } from "../api/needs";
import type { OrderFileFilter, OrderFilter, OrderSort } from "../api/orders";
import type { OutbreakCaseSort, OutbreakFileFilter, OutbreakFilter, OutbreakSort } from "../api/outbreaks";
import type { PlaceFilter } from "../api/places";
import type { ReferralFileFilter, ReferralFilter, ReferralSort } from "../api/referrals";
import type { ErrandFilter, SearchFilter, SearchSort } from "../api/searches";
import type { TaskFileFilter, TaskFilter, TaskSort } from "../api/tasks";
import type { ArrivalOutcome, Candidate, CaseOutcome, Classification, Coming, ContactClass, GivenSearch, Inspection, Need, NewHelper, Order, PlaceBrief, Release, SiteBrief, Task, TestMethod } from "../api/types";
import { siteSorts, type SiteFilter } from "./sites";
import { orders, sorting, type Sorting, type SortOrder, type Sorts } from "./sorting";

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
export const followedClasses = ["F1", "F2"] as const;
export const followUpSorts: Sorts<FollowUpSort> = [
  ["waiting", "ascending"],
  ["lastDay", "ascending"],
];
export const taskStates: readonly Task["state"][] = ["open", "acknowledged", "done", "withdrawn"];
/** Unless one is chosen, the list stands by urgency and risk. */
export const taskSorts: Sorts<TaskSort> = [
  ["due", "ascending"],
  ["waiting", "ascending"],
];
export const taskKinds: readonly Task["kind"][] = ["assess", "call", "door"];
export const releaseStates: readonly Release["state"][] = ["awaiting", "released", "rejected", "withdrawn"];
export const placeStatuses: readonly PlaceBrief["status"][] = ["registered", "approved", "closed"];
export const declarationColours = ["red", "yellow"] as const;
export const arrivalOutcomes: readonly ArrivalOutcome[] = ["pass", "examine", "quarantine"];
export const comingStates: readonly Coming["state"][] = ["waiting", "acknowledged", "done"];
export const levels = ["1", "2", "3", "4"] as const;
export const contactClasses: readonly ContactClass[] = ["F1", "F2", "none"];
export const contactFollowUps = ["none", "open", "done", "released", "becameCase"] as const;
export const contactSorts: Sorts<ContactSort> = [
  ["exposure", "descending"],
  ["risk", "descending"],
  ["decision", "descending"],
];
/** Of one case. */
export const candidateSorts: Sorts<CandidateSort> = [
  ["level", "ascending"],
  ["risk", "descending"],
  ["exposure", "descending"],
];
export const outbreakCaseSorts: Sorts<OutbreakCaseSort> = [
  ["day", "ascending"],
  ["classification", "ascending"],
  ["number", "ascending"],
  ["residence", "ascending"],
];
export const lineListSorts: Sorts<"sent"> = [["sent", "descending"]];
export const outbreakSorts: Sorts<OutbreakSort> = [
  ["begin", "descending"],
  ["lastDay", "descending"],
  ["cases", "descending"],
];
export const candidateStatuses: readonly Candidate["status"][] = ["open", "assigned", "dismissed", "withdrawn"];

export const comingFilter = (raw: Raw): ComingFilter =>
  compact({ unit: text(raw.unit), outcome: choice(raw.outcome, arrivalOutcomes), state: choice(raw.state, comingStates), order: choice(raw.order, orders) });

/** Without how it is sorted: who would be in a file of a unit. */
export const comingFileFilter = ({ outcome, state }: ComingFilter): ComingFileFilter => compact({ outcome, state });

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
    twin: raw.twin === true ? true : undefined,
    ...sorting(raw, caseSorts),
  });
}

/** Without how it is sorted and without what no file is filtered by (a number, twins): which cases a file would hold. */
export function caseFileFilter(filter: CaseFilter): Omit<CaseFilter, "q" | "twin" | "unit" | "sort" | "order"> {
  const { sort, order, q, twin, unit, ...rest } = filter;
  return rest;
}

export interface TaskSearch extends TaskFilter {
  /** How the other list of the page stands: what is to be taken over. */
  arriving?: SortOrder;
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
    disease: word(raw.disease),
    level: choice(text(raw.level), levels),
    overdue: raw.overdue === true ? true : undefined,
    arriving: choice(raw.arriving, orders),
    ...sorting(raw, taskSorts),
  });
}

/** Without whose they are and how they are sorted: which tasks a file would hold. */
export const taskFileFilter = ({ state, kind, nobodys, late, overdue, disease, level }: TaskFilter): TaskFileFilter =>
  compact({ state, kind, nobodys, late, overdue, disease, level: level ? Number(level) : undefined });

export const referralStates = ["open", "acknowledged", "done", "withdrawn"] as const;

export const referralSources = ["declaration", "passage", "missed", "difference", "order"] as const;
export const referralSorts: Sorts<ReferralSort> = [
  ["due", "ascending"],
  ["arrival", "ascending"],
];

export function referralFilter(raw: Raw): ReferralFilter {
  return compact({
    state: choice(raw.state, referralStates),
    escalated: raw.escalated === true ? true : undefined,
    yours: raw.yours === true ? true : undefined,
    unit: text(raw.unit),
    source: choice(raw.source, referralSources),
    ...sorting(raw, referralSorts),
  });
}

/** Without how it is sorted: what a file of a unit would hold. */
export function referralFileFilter({ sort, order, unit, ...rest }: ReferralFilter): ReferralFileFilter {
  return rest;
}

export function followUpFilter(raw: Raw): FollowUpFilter {
  return compact({
    escalated: raw.escalated === true ? true : undefined,
    yours: raw.yours === true ? true : undefined,
    offered: raw.offered === true ? true : undefined,
    toSample: raw.toSample === true ? true : undefined,
    mine: raw.mine === true ? true : undefined,
    team: text(raw.team),
    nobodys: raw.nobodys === true ? true : undefined,
    unit: text(raw.unit),
    disease: word(raw.disease),
    class: choice(raw.class, followedClasses),
    ...sorting(raw, followUpSorts),
  });
}

/** The page has two lists: who waits, and who is to be taken over. */
export function followUpSearch(raw: Raw): FollowUpFilter & { arriving?: SortOrder } {
  return compact({ ...followUpFilter(raw), arriving: choice(raw.arriving, orders) });
}

/** Without whose they are and how they are sorted: which follow-ups a file would hold. */
export const followUpFileFilter = ({ escalated, nobodys, offered, disease, class: of }: FollowUpFilter): FollowUpFileFilter => compact({ escalated, nobodys, offered, disease, class: of });

export function outbreakFilter(raw: Raw): OutbreakFilter {
  return compact({ status: choice(raw.status, caseStatuses), disease: word(raw.disease), unit: text(raw.unit), ...sorting(raw, outbreakSorts) });
}

/** Without how it is sorted: which outbreaks a file would hold. */
export const outbreakFileFilter = ({ status, disease }: OutbreakFilter): OutbreakFileFilter => compact({ status, disease });

export const tubeStates = ["onTheWay", "waiting", "done"] as const;
const testMethods: readonly TestMethod[] = ["pcr", "antigen", "antibody", "culture", "sequencing", "microscopy"];
export const tubeSorts: Sorts<TubeSort> = [
  ["sampled", "descending"],
  ["result", "descending"],
];

export const positiveAges = ["late", "recent"] as const;
export const positiveSorts: Sorts<PositiveSort> = [
  ["result", "ascending"],
  ["sampled", "ascending"],
];

export const laboratoryFilter = (raw: Raw): LaboratoryFilter =>
  compact({
    disease: word(raw.disease),
    method: choice(raw.method, testMethods),
    age: choice(raw.age, positiveAges),
    from: day(raw.from),
    to: day(raw.to),
    again: choice(raw.again, orders),
    opened: choice(raw.opened, orders),
    overturned: choice(raw.overturned, orders),
    ...sorting(raw, positiveSorts),
  });

/** Without how they are sorted: what the files of the laboratory's lists would hold. */
export const positiveFileFilter = ({ disease, method, age }: LaboratoryFilter): PositiveFileFilter => compact({ disease, method, late: age && age === "late" });
export const sessionFileFilter = ({ disease, from, to }: LaboratoryFilter): SessionFileFilter => compact({ disease, from, to });
export const diseaseFileFilter = ({ disease }: LaboratoryFilter): DiseaseFileFilter => compact({ disease });

export const tubeFilter = (raw: Raw): TubeFilter =>
  compact({ disease: word(raw.disease), state: choice(raw.state, tubeStates), method: choice(raw.method, testMethods), from: day(raw.from), to: day(raw.to), ...sorting(raw, tubeSorts) });

/** Without how it is sorted: which tubes a file would hold. */
export function tubeFileFilter({ sort, order, ...rest }: TubeFilter): TubeFileFilter {
  return rest;
}

export const orderViews = ["waiting", "running", "tomorrow", "overdue", "ended"] as const;

export const orderKinds: readonly Order["kind"][] = ["quarantine", "isolation", "observation"];
export const orderPlaces: readonly Order["placeKind"][] = ["home", "site", "hotel"];

/** What each view can be sorted by; an address without a view shows what waits. */
export const orderSortsOf = (view: (typeof orderViews)[number] | undefined): Sorts<OrderSort> =>
  view === undefined || view === "waiting"
    ? [
        ["waiting", "ascending"],
        ["lastDay", "ascending"],
      ]
    : view === "ended"
      ? [
          ["ended", "descending"],
          ["lastDay", "ascending"],
        ]
      : [
          ["lastDay", "ascending"],
          ["signed", "ascending"],
        ];

/** Number of an order, also while it is typed; anything else might be a name. */
const orderNumber = (value: unknown): string | undefined => {
  const plain = text(value)?.trim().toUpperCase();
  return plain && /^LTQ[- 0-9A-Z]{0,12}$/.test(plain) ? plain : undefined;
};

export function orderFilter(raw: Raw): OrderFilter {
  const view = choice(raw.view, orderViews);
  return compact({
    view,
    unit: text(raw.unit),
    disease: word(raw.disease),
    kind: choice(raw.kind, orderKinds),
    place: choice(raw.place, orderPlaces),
    q: orderNumber(raw.q),
    ...sorting(raw, orderSortsOf(view)),
  });
}

/** Without how it is sorted and without a number that was searched for: which orders a file would hold. */
export const orderFileFilter = ({ view, disease, kind, place }: OrderFilter): OrderFileFilter => compact({ view, disease, kind, place });

export const siteKinds: readonly SiteBrief["kind"][] = ["site", "hotel"];
export const siteOwners: readonly SiteBrief["owner"][] = ["health", "military", "hotel"];
export const siteFilter = (raw: Raw): SiteFilter =>
  compact({ q: text(raw.q), kind: choice(raw.kind, siteKinds), owner: choice(raw.owner, siteOwners), free: raw.free === true ? true : undefined, ...sorting(raw, siteSorts) });

export const searchStates: readonly GivenSearch["state"][] = ["open", "found", "notFound", "elsewhere", "withdrawn", "lapsed"];
export const searchSorts: Sorts<SearchSort> = [
  ["urgent", "descending"],
  ["given", "descending"],
  ["due", "ascending"],
];
export const searchFilter = (raw: Raw): SearchFilter => compact({ state: choice(raw.state, searchStates), unit: text(raw.unit), ...sorting(raw, searchSorts) });

/** What tracers are shown: not what was withdrawn, nor what nobody answered in time. */
export const errandStates = ["open", "found", "notFound", "elsewhere"] as const;
export const errandFilter = (raw: Raw): ErrandFilter => compact({ state: choice(raw.state, errandStates), unit: text(raw.unit) });

export const inspectionOutcomes: readonly Inspection["outcome"][] = ["inOrder", "noPoster", "notAsked", "refused", "nobodyThere", "gone"];
export const dueFilter = (raw: Raw): DueFilter => compact({ unit: text(raw.unit), outcome: choice(raw.outcome, inspectionOutcomes), order: choice(raw.order, orders) });

export const organisations: readonly NewHelper["organisation"][] = ["youth", "farmers", "women", "veterans", "other"];
export const helperFilter = (raw: Raw): HelperFilter => compact({ unit: text(raw.unit), organisation: choice(raw.organisation, organisations), order: choice(raw.order, orders) });

/** Of whom a sample is wanted, by the case or the follow-up that the officer comes from: an address says neither who it is nor of what, and a saved view keeps neither (views.ts). */
export interface WantedOf {
  case?: string;
  /** The id of a follow-up. */
  followed?: string;
}
export const wantedOf = (raw: Raw): WantedOf => compact({ case: text(raw.case), followed: text(raw.followed) });

/** The page of tests: its lists, and of whom a sample is wanted. */
export const laboratorySearch = (raw: Raw): LaboratoryFilter & WantedOf => ({ ...laboratoryFilter(raw), ...wantedOf(raw) });

export const needKinds: readonly Need["kind"][] = ["food", "medicine", "hygiene", "other"];
export const needStates = ["open", "acknowledged"] as const;
export const needFilter = (raw: Raw): NeedFilter =>
  compact({ unit: text(raw.unit), site: text(raw.site), kind: choice(raw.kind, needKinds), state: choice(raw.state, needStates), order: choice(raw.order, orders) });

/** Without whose they are and how they are sorted: which needs a file would hold. */
export const needFileFilter = ({ kind, state }: NeedFilter): NeedFileFilter => compact({ kind, state });

export const differenceStates = ["asked", "explained", "referred", "decided", "gone"] as const;

export function differenceFilter(raw: Raw): DifferenceFilter {
  return compact({ state: choice(raw.state, differenceStates), unit: text(raw.unit), order: choice(raw.order, orders) });
}

export function placeFilter(raw: Raw): PlaceFilter {
  return compact({ q: text(raw.q), unit: text(raw.unit), kind: word(raw.kind), status: choice(raw.status, placeStatuses), order: choice(raw.order, orders) });
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
    order: choice(raw.order, orders),
  });
}

export function releaseFilter(raw: Raw): ReleaseFilter {
  return compact({ state: choice(raw.state, releaseStates), disease: word(raw.disease), order: choice(raw.order, orders) });
}

export function candidateFilter(raw: Raw): CandidateFilter {
  return compact({
    level: choice(text(raw.level), levels),
    status: choice(raw.status, candidateStatuses),
    ...sorting(raw, candidateSorts),
  });
}

export const lineListSorting = (raw: Raw): Sorting<"sent"> => sorting(raw, lineListSorts);
export const outbreakCaseSorting = (raw: Raw): Sorting<OutbreakCaseSort> => sorting(raw, outbreakCaseSorts);

export function contactFilter(raw: Raw): ContactFilter {
  return compact({
    level: choice(text(raw.level), levels),
    status: choice(raw.status, candidateStatuses),
    unit: text(raw.unit),
    disease: word(raw.disease),
    class: choice(raw.class, contactClasses),
    followUp: choice(raw.followUp, contactFollowUps),
    ...sorting(raw, contactSorts),
  });
}

/** Without how it is sorted: which contacts a file would hold. */
export function contactFileFilter({ sort, order, unit, level, ...rest }: ContactFilter): ContactFileFilter {
  return level ? { ...rest, level: Number(level) } : rest;
}

export function logFilter(raw: Raw): LogFilter {
  return compact({ person: text(raw.person), account: text(raw.account), from: day(raw.from), to: day(raw.to) });
}
