// Which pages an officer sees. The server decides what may be read or done; this only keeps doors that would not open out of the way.

export type OfficerRole = "stationOfficer" | "districtOfficer" | "provinceOfficer" | "commander" | "auditor" | "administrator" | "tracer" | "informationOffice" | "siteKeeper";

export const officerRoles: readonly OfficerRole[] = [
  "stationOfficer",
  "districtOfficer",
  "provinceOfficer",
  "commander",
  "auditor",
  "administrator",
  "tracer",
  "informationOffice",
  "siteKeeper",
];

export type Section = "overview" | "decisions" | "tasks" | "referrals" | "followUps" | "searches" | "errands" | "traceRequests" | "orders" | "sites" | "cases" | "contacts" | "outbreaks" | "laboratory" | "declarations" | "differences" | "releases" | "people" | "places" | "officers" | "accessLog" | "statistics" | "outages" | "broadcasts" | "settings";

const field: readonly OfficerRole[] = ["stationOfficer", "districtOfficer", "provinceOfficer"];
const anyone = officerRoles;
const office = officerRoles.filter((role) => role !== "tracer" && role !== "informationOffice" && role !== "siteKeeper");

const seenBy: Record<Section, readonly OfficerRole[]> = {
  overview: office,
  decisions: ["commander", ...field],
  statistics: ["commander", ...field],
  broadcasts: ["commander", ...field],
  outages: ["commander", "administrator"],
  tasks: field,
  referrals: field,
  followUps: field,
  searches: field,
  errands: ["tracer"],
  traceRequests: ["districtOfficer", "provinceOfficer", "informationOffice"],
  orders: field,
  sites: ["siteKeeper"], // officers come to them from the orders
  cases: field,
  contacts: field,
  outbreaks: field,
  laboratory: field,
  declarations: field,
  differences: field,
  releases: ["districtOfficer", "provinceOfficer"],
  people: field,
  places: field,
  officers: ["administrator"],
  accessLog: ["auditor"],
  settings: anyone,
};

export interface Group {
  name: "command" | "tracing" | "registers" | "oversight";
  sections: Section[];
}

const groups: Group[] = [
  { name: "command", sections: ["overview", "decisions", "statistics", "broadcasts", "outages"] },
  { name: "tracing", sections: ["tasks", "referrals", "followUps", "searches", "errands", "declarations", "differences", "cases", "contacts", "outbreaks", "laboratory", "orders", "sites", "releases", "traceRequests"] },
  { name: "registers", sections: ["people", "places"] },
  { name: "oversight", sections: ["officers", "accessLog"] },
];

interface Granted {
  grants: readonly { role: string }[];
}

export function holds(session: Granted, ...roles: OfficerRole[]): boolean {
  return session.grants.some((grant) => (roles as string[]).includes(grant.role));
}

export function mayOpen(session: Granted, section: Section): boolean {
  return holds(session, ...seenBy[section]);
}

/** The one area the officer answers for, if it is one. */
export function ownArea(session: { grants: readonly { area?: string | undefined }[] }): string | undefined {
  return session.grants.length === 1 ? session.grants[0]?.area : undefined;
}

/** Whether the live stream is open to this officer; auditors and administrators have no area whose events they could follow. */
export function followsFeed(session: Granted): boolean {
  return holds(session, ...field, "commander");
}

/** The groups of the navigation with the sections this officer sees; empty groups are left out. */
export function navigation(session: Granted): Group[] {
  return groups
    .map((group) => ({ ...group, sections: group.sections.filter((section) => mayOpen(session, section)) }))
    .filter((group) => group.sections.length > 0);
}

/** The few sections that fit the bar at the bottom of a phone. */
export function phoneBar(session: Granted): Section[] {
  const order: Section[] = ["errands", "sites", "tasks", "referrals", "cases", "overview", "places", "releases", "decisions", "officers", "accessLog", "traceRequests"];
  return order.filter((section) => mayOpen(session, section)).slice(0, 4);
}
