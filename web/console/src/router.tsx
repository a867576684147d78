// Every page and its address. Pages are loaded when first opened.
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";

import { queryClient } from "./api/query-client";
import { openRound } from "./api/rounds";
import { sessionQuery, setupQuery } from "./api/session";
import { Shell } from "./app/Shell";
import { NotFound } from "./app/NotFound";
import { PageFault } from "./app/PageFault";
import { candidateFilter, caseFilter, caseReportFilter, comingFilter, contactFilter, declarationFilter, differenceFilter, dueFilter, errandFilter, followUpFilter, followUpSearch, helperFilter, laboratorySearch, lineListSorting, logFilter, needFilter, orderFilter, outbreakCaseSorting, outbreakFilter, placeFilter, referralFilter, releaseFilter, searchFilter, siteFilter, statisticsFilter, taskFilter, tubeFilter, unitFilter, wantedOf } from "./logic/filters";
import { mayOpen, type Section } from "./logic/navigation";

const root = createRootRouteWithContext<{ queryClient: typeof queryClient }>()({ notFoundComponent: NotFound });

const text = (value: unknown) => (typeof value === "string" ? value : undefined);

/** Outside of the shell: what was taken along is read without a network, and without asking who is signed in. */
const round = createRoute({
  getParentRoute: () => root,
  path: "/round",
  beforeLoad: openRound,
  component: lazyRouteComponent(() => import("./pages/follow-ups/RoundPage"), "RoundPage"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./pages/auth/SetupPage"), "SetupPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (raw): { to?: string; ended?: true } => {
    const to = text(raw.to);
    // Only addresses of our own.
    return { ...(to?.startsWith("/") && !to.startsWith("//") ? { to } : {}), ...(raw.ended === true ? { ended: true as const } : {}) };
  },
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session?.kind === "officer") throw redirect({ to: "/" });
    if (!session && (await queryClient.fetchQuery(setupQuery)).needed) throw redirect({ to: "/setup" });
  },
  component: lazyRouteComponent(() => import("./pages/auth/SignInPage"), "SignInPage"),
  errorComponent: PageFault,
});

const firstSteps = createRoute({
  getParentRoute: () => root,
  path: "/first-steps",
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session?.kind !== "officer") throw redirect({ to: "/sign-in" });
    if (!session.mustChangePassword && !session.mustEnrolTotp) throw redirect({ to: "/" });
  },
  component: lazyRouteComponent(() => import("./pages/auth/FirstStepsPage"), "FirstStepsPage"),
});

/** All pages behind sign-in stand in the shell. */
const office = createRoute({
  getParentRoute: () => root,
  id: "office",
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session?.kind !== "officer") throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { to: location.href } });
    if (session.mustChangePassword || session.mustEnrolTotp) throw redirect({ to: "/first-steps" });
  },
  component: Shell,
  errorComponent: PageFault,
});

const only = (...any: Section[]) => async () => {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (!session || !any.some((section) => mayOpen(session, section))) throw redirect({ to: "/" });
};

const overview = createRoute({
  getParentRoute: () => office,
  path: "/",
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session || mayOpen(session, "overview")) return;
    if (mayOpen(session, "errands")) throw redirect({ to: "/errands" });
    if (mayOpen(session, "traceRequests")) throw redirect({ to: "/trace-requests" });
    if (mayOpen(session, "sites")) throw redirect({ to: "/orders/sites" });
  },
  component: lazyRouteComponent(() => import("./pages/overview/OverviewPage"), "OverviewPage"),
});

const decisions = createRoute({
  getParentRoute: () => office,
  path: "/decisions",
  beforeLoad: only("decisions"),
  component: lazyRouteComponent(() => import("./pages/decisions/DecisionsPage"), "DecisionsPage"),
});

const places = createRoute({
  getParentRoute: () => office,
  path: "/places",
  beforeLoad: only("places"),
  validateSearch: placeFilter,
  component: lazyRouteComponent(() => import("./pages/places/PlacesPage"), "PlacesPage"),
});

const placeList = createRoute({
  getParentRoute: () => office,
  path: "/places/import",
  beforeLoad: only("places"),
  component: lazyRouteComponent(() => import("./pages/places/PlaceListPage"), "PlaceListPage"),
});

const placeDuplicates = createRoute({
  getParentRoute: () => office,
  path: "/places/duplicates",
  beforeLoad: only("places"),
  validateSearch: unitFilter,
  component: lazyRouteComponent(() => import("./pages/places/DuplicatesPage"), "DuplicatesPage"),
});

const dueInspections = createRoute({
  getParentRoute: () => office,
  path: "/places/inspections",
  beforeLoad: only("places"),
  validateSearch: dueFilter,
  component: lazyRouteComponent(() => import("./pages/places/DueInspectionsPage"), "DueInspectionsPage"),
});

const inspect = createRoute({
  getParentRoute: () => office,
  path: "/places/$place/inspect",
  beforeLoad: only("places"),
  component: lazyRouteComponent(() => import("./pages/places/InspectPage"), "InspectPage"),
});

const place = createRoute({
  getParentRoute: () => office,
  path: "/places/$place",
  beforeLoad: only("places"),
  component: lazyRouteComponent(() => import("./pages/places/PlacePage"), "PlacePage"),
});

const checkpoints = createRoute({
  getParentRoute: () => office,
  path: "/checkpoints",
  beforeLoad: only("places"),
  component: lazyRouteComponent(() => import("./pages/checkpoints/CheckpointsPage"), "CheckpointsPage"),
});

const checkpoint = createRoute({
  getParentRoute: () => office,
  path: "/checkpoints/$place",
  beforeLoad: only("places"),
  component: lazyRouteComponent(() => import("./pages/checkpoints/CheckpointPage"), "CheckpointPage"),
});

const people = createRoute({
  getParentRoute: () => office,
  path: "/people",
  beforeLoad: only("people"),
  component: lazyRouteComponent(() => import("./pages/people/PeoplePage"), "PeoplePage"),
});

const newPerson = createRoute({
  getParentRoute: () => office,
  path: "/people/new",
  beforeLoad: only("people"),
  component: lazyRouteComponent(() => import("./pages/people/NewPersonPage"), "NewPersonPage"),
});

const cards = createRoute({
  getParentRoute: () => office,
  path: "/people/cards",
  beforeLoad: only("people"),
  component: lazyRouteComponent(() => import("./pages/people/CardsPage"), "CardsPage"),
});

const searches = createRoute({
  getParentRoute: () => office,
  path: "/searches",
  beforeLoad: only("searches"),
  validateSearch: searchFilter,
  component: lazyRouteComponent(() => import("./pages/searches/SearchesPage"), "SearchesPage"),
});

const errands = createRoute({
  getParentRoute: () => office,
  path: "/errands",
  beforeLoad: only("errands"),
  validateSearch: errandFilter,
  component: lazyRouteComponent(() => import("./pages/searches/ErrandsPage"), "ErrandsPage"),
});

const traceRequests = createRoute({
  getParentRoute: () => office,
  path: "/trace-requests",
  beforeLoad: only("traceRequests"),
  component: lazyRouteComponent(() => import("./pages/trace-requests/TraceRequestsPage"), "TraceRequestsPage"),
});

const helpers = createRoute({
  getParentRoute: () => office,
  path: "/people/helpers",
  beforeLoad: only("people"),
  validateSearch: helperFilter,
  component: lazyRouteComponent(() => import("./pages/helpers/HelpersPage"), "HelpersPage"),
});

const person = createRoute({
  getParentRoute: () => office,
  path: "/people/$person",
  beforeLoad: only("people"),
  component: lazyRouteComponent(() => import("./pages/people/PersonPage"), "PersonPage"),
});

const declareFor = createRoute({
  getParentRoute: () => office,
  path: "/people/$person/declare",
  beforeLoad: only("people"),
  component: lazyRouteComponent(() => import("./pages/declarations/DeclareFor"), "DeclareFor"),
});

const cases = createRoute({
  getParentRoute: () => office,
  path: "/cases",
  beforeLoad: only("cases"),
  validateSearch: caseFilter,
  component: lazyRouteComponent(() => import("./pages/cases/CasesPage"), "CasesPage"),
});

const newCase = createRoute({
  getParentRoute: () => office,
  path: "/cases/new",
  beforeLoad: only("cases"),
  validateSearch: (raw): { person?: string } => (text(raw.person) ? { person: String(raw.person) } : {}),
  component: lazyRouteComponent(() => import("./pages/cases/NewCasePage"), "NewCasePage"),
});

const lineLists = createRoute({
  getParentRoute: () => office,
  path: "/cases/lists",
  validateSearch: lineListSorting,
  beforeLoad: only("releases"),
  component: lazyRouteComponent(() => import("./pages/line-lists/LineListsPage"), "LineListsPage"),
});

const lineList = createRoute({
  getParentRoute: () => office,
  path: "/cases/lists/$list",
  beforeLoad: only("releases"),
  component: lazyRouteComponent(() => import("./pages/line-lists/LineListPage"), "LineListPage"),
});

const caseFile = createRoute({
  getParentRoute: () => office,
  path: "/cases/$case",
  beforeLoad: only("cases"),
  component: lazyRouteComponent(() => import("./pages/cases/CaseFile"), "CaseFile"),
});

const caseOverview = createRoute({
  getParentRoute: () => caseFile,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/cases/CaseOverview"), "CaseOverview"),
});

const caseCandidates = createRoute({
  getParentRoute: () => caseFile,
  path: "/candidates",
  validateSearch: candidateFilter,
  component: lazyRouteComponent(() => import("./pages/cases/CandidatesTab"), "CandidatesTab"),
});

const caseGraph = createRoute({
  getParentRoute: () => caseFile,
  path: "/graph",
  component: lazyRouteComponent(() => import("./pages/graph/GraphPage"), "CaseGraphTab"),
});

const caseWarnings = createRoute({
  getParentRoute: () => caseFile,
  path: "/warnings",
  component: lazyRouteComponent(() => import("./pages/cases/WarningsTab"), "WarningsTab"),
});

const caseGates = createRoute({
  getParentRoute: () => caseFile,
  path: "/gates",
  component: lazyRouteComponent(() => import("./pages/cases/GatesTab"), "GatesTab"),
});

const caseInterview = createRoute({
  getParentRoute: () => caseFile,
  path: "/interview",
  component: lazyRouteComponent(() => import("./pages/cases/interview/InterviewTab"), "InterviewTab"),
});

const caseInvestigation = createRoute({
  getParentRoute: () => caseFile,
  path: "/investigation",
  component: lazyRouteComponent(() => import("./pages/cases/investigation/InvestigationTab"), "InvestigationTab"),
});

const caseTimeline = createRoute({
  getParentRoute: () => caseFile,
  path: "/timeline",
  component: lazyRouteComponent(() => import("./pages/cases/interview/TimelineTab"), "TimelineTab"),
});

const caseHistory = createRoute({
  getParentRoute: () => caseFile,
  path: "/history",
  component: lazyRouteComponent(() => import("./pages/cases/HistoryTab"), "HistoryTab"),
});

const contacts = createRoute({
  getParentRoute: () => office,
  path: "/contacts",
  beforeLoad: only("contacts"),
  validateSearch: contactFilter,
  component: lazyRouteComponent(() => import("./pages/contacts/ContactsPage"), "ContactsPage"),
});

const outbreaks = createRoute({
  getParentRoute: () => office,
  path: "/outbreaks",
  beforeLoad: only("outbreaks"),
  validateSearch: outbreakFilter,
  component: lazyRouteComponent(() => import("./pages/outbreaks/OutbreaksPage"), "OutbreaksPage"),
});

const outbreak = createRoute({
  getParentRoute: () => office,
  path: "/outbreaks/$outbreak",
  validateSearch: outbreakCaseSorting,
  beforeLoad: only("outbreaks"),
  component: lazyRouteComponent(() => import("./pages/outbreaks/OutbreakPage"), "OutbreakPage"),
});

const outbreakGraph = createRoute({
  getParentRoute: () => office,
  path: "/outbreaks/$outbreak/graph",
  beforeLoad: only("outbreaks"),
  component: lazyRouteComponent(() => import("./pages/graph/GraphPage"), "OutbreakGraphPage"),
});

const laboratory = createRoute({
  getParentRoute: () => office,
  path: "/laboratory",
  validateSearch: laboratorySearch,
  beforeLoad: only("laboratory"),
  component: lazyRouteComponent(() => import("./pages/laboratory/LaboratoryPage"), "LaboratoryPage"),
});

const sampling = createRoute({
  getParentRoute: () => office,
  path: "/laboratory/sessions/$session",
  validateSearch: wantedOf,
  beforeLoad: only("laboratory"),
  component: lazyRouteComponent(() => import("./pages/laboratory/SamplingPage"), "SamplingPage"),
});

const lab = createRoute({
  getParentRoute: () => office,
  path: "/laboratory/labs/$laboratory",
  validateSearch: tubeFilter,
  beforeLoad: only("laboratory"),
  component: lazyRouteComponent(() => import("./pages/laboratory/LabPage"), "LabPage"),
});

const releases = createRoute({
  getParentRoute: () => office,
  path: "/releases",
  beforeLoad: only("releases"),
  validateSearch: releaseFilter,
  component: lazyRouteComponent(() => import("./pages/releases/ReleasesPage"), "ReleasesPage"),
});

const tasks = createRoute({
  getParentRoute: () => office,
  path: "/tasks",
  beforeLoad: only("tasks"),
  validateSearch: taskFilter,
  component: lazyRouteComponent(() => import("./pages/tasks/TasksPage"), "TasksPage"),
});

const waiting = createRoute({
  getParentRoute: () => office,
  path: "/waiting",
  beforeLoad: only("tasks"),
  component: lazyRouteComponent(() => import("./pages/overview/WaitingPage"), "WaitingPage"),
});

const officerTeams = createRoute({
  getParentRoute: () => office,
  path: "/tasks/teams",
  beforeLoad: only("tasks"),
  component: lazyRouteComponent(() => import("./pages/tasks/OfficerTeamsPage"), "OfficerTeamsPage"),
});

const tasksPrint = createRoute({
  getParentRoute: () => office,
  path: "/tasks/print",
  beforeLoad: only("tasks"),
  validateSearch: taskFilter,
  component: lazyRouteComponent(() => import("./pages/tasks/TasksPrintPage"), "TasksPrintPage"),
});

const task = createRoute({
  getParentRoute: () => office,
  path: "/tasks/$task",
  beforeLoad: only("tasks"),
  component: lazyRouteComponent(() => import("./pages/tasks/TaskPage"), "TaskPage"),
});

const referrals = createRoute({
  getParentRoute: () => office,
  path: "/referrals",
  beforeLoad: only("referrals"),
  validateSearch: referralFilter,
  component: lazyRouteComponent(() => import("./pages/referrals/ReferralsPage"), "ReferralsPage"),
});

const referral = createRoute({
  getParentRoute: () => office,
  path: "/referrals/$referral",
  beforeLoad: only("referrals"),
  component: lazyRouteComponent(() => import("./pages/referrals/ReferralPage"), "ReferralPage"),
});

const followUps = createRoute({
  getParentRoute: () => office,
  path: "/follow-ups",
  beforeLoad: only("followUps"),
  validateSearch: followUpSearch,
  component: lazyRouteComponent(() => import("./pages/follow-ups/FollowUpsPage"), "FollowUpsPage"),
});

const visitsPrint = createRoute({
  getParentRoute: () => office,
  path: "/follow-ups/print",
  beforeLoad: only("followUps"),
  validateSearch: followUpFilter,
  component: lazyRouteComponent(() => import("./pages/follow-ups/VisitsPrintPage"), "VisitsPrintPage"),
});

const byHand = createRoute({
  getParentRoute: () => office,
  path: "/follow-ups/by-hand/$candidate",
  beforeLoad: only("followUps"),
  component: lazyRouteComponent(() => import("./pages/follow-ups/ByHandPage"), "ByHandPage"),
});

const followUp = createRoute({
  getParentRoute: () => office,
  path: "/follow-ups/$followUp",
  beforeLoad: only("followUps"),
  component: lazyRouteComponent(() => import("./pages/follow-ups/FollowUpPage"), "FollowUpPage"),
});

const orders = createRoute({
  getParentRoute: () => office,
  path: "/orders",
  beforeLoad: only("orders"),
  validateSearch: orderFilter,
  component: lazyRouteComponent(() => import("./pages/orders/OrdersPage"), "OrdersPage"),
});

const newOrder = createRoute({
  getParentRoute: () => office,
  path: "/orders/new",
  beforeLoad: only("orders"),
  validateSearch: (raw): { candidate?: string; case?: string } => ({
    ...(text(raw.candidate) ? { candidate: String(raw.candidate) } : {}),
    ...(text(raw.case) ? { case: String(raw.case) } : {}),
  }),
  component: lazyRouteComponent(() => import("./pages/orders/NewOrderPage"), "NewOrderPage"),
});

const orderNeeds = createRoute({
  getParentRoute: () => office,
  path: "/orders/needs",
  beforeLoad: only("orders"),
  validateSearch: needFilter,
  component: lazyRouteComponent(() => import("./pages/orders/NeedsPage"), "NeedsPage"),
});

const sites = createRoute({
  getParentRoute: () => office,
  path: "/orders/sites",
  beforeLoad: only("orders", "sites"),
  validateSearch: siteFilter,
  component: lazyRouteComponent(() => import("./pages/orders/SitesPage"), "SitesPage"),
});

const site = createRoute({
  getParentRoute: () => office,
  path: "/orders/sites/$site",
  beforeLoad: only("orders", "sites"),
  component: lazyRouteComponent(() => import("./pages/orders/SitePage"), "SitePage"),
});

const order = createRoute({
  getParentRoute: () => office,
  path: "/orders/$order",
  beforeLoad: only("orders"),
  component: lazyRouteComponent(() => import("./pages/orders/OrderPage"), "OrderPage"),
});

const orderCheck = createRoute({
  getParentRoute: () => office,
  path: "/orders/$order/check",
  beforeLoad: only("orders"),
  component: lazyRouteComponent(() => import("./pages/orders/OrderCheckPage"), "OrderCheckPage"),
});

const declarations = createRoute({
  getParentRoute: () => office,
  path: "/declarations",
  beforeLoad: only("declarations"),
  validateSearch: declarationFilter,
  component: lazyRouteComponent(() => import("./pages/declarations/DeclarationsPage"), "DeclarationsPage"),
});

const statistics = createRoute({
  getParentRoute: () => office,
  path: "/statistics",
  beforeLoad: only("statistics"),
  validateSearch: statisticsFilter,
  component: lazyRouteComponent(() => import("./pages/statistics/StatisticsPage"), "StatisticsPage"),
});

const denominatorList = createRoute({
  getParentRoute: () => office,
  path: "/statistics/import",
  beforeLoad: only("statistics"),
  component: lazyRouteComponent(() => import("./pages/statistics/DenominatorListPage"), "DenominatorListPage"),
});

const caseReport = createRoute({
  getParentRoute: () => office,
  path: "/statistics/cases",
  beforeLoad: only("cases"),
  validateSearch: caseReportFilter,
  component: lazyRouteComponent(() => import("./pages/statistics/CaseReportPage"), "CaseReportPage"),
});

const outages = createRoute({
  getParentRoute: () => office,
  path: "/outages",
  beforeLoad: only("outages"),
  component: lazyRouteComponent(() => import("./pages/outages/OutagesPage"), "OutagesPage"),
});

const broadcasts = createRoute({
  getParentRoute: () => office,
  path: "/broadcasts",
  beforeLoad: only("broadcasts"),
  component: lazyRouteComponent(() => import("./pages/broadcasts/BroadcastsPage"), "BroadcastsPage"),
});

const foreignImport = createRoute({
  getParentRoute: () => office,
  path: "/declarations/import",
  beforeLoad: only("declarations"),
  component: lazyRouteComponent(() => import("./pages/foreign/ImportPage"), "ImportPage"),
});

const trips = createRoute({
  getParentRoute: () => office,
  path: "/declarations/trips",
  beforeLoad: only("declarations"),
  component: lazyRouteComponent(() => import("./pages/declarations/TripsPage"), "TripsPage"),
});

const arrivals = createRoute({
  getParentRoute: () => office,
  path: "/declarations/arrivals",
  beforeLoad: only("declarations"),
  component: lazyRouteComponent(() => import("./pages/arrivals/ArrivalsPage"), "ArrivalsPage"),
});

const coming = createRoute({
  getParentRoute: () => office,
  path: "/declarations/coming",
  beforeLoad: only("declarations"),
  validateSearch: comingFilter,
  component: lazyRouteComponent(() => import("./pages/arrivals/ComingPage"), "ComingPage"),
});

const duties = createRoute({
  getParentRoute: () => office,
  path: "/declarations/duties",
  beforeLoad: only("declarations"),
  component: lazyRouteComponent(() => import("./pages/declarations/DutiesPage"), "DutiesPage"),
});

const rosters = createRoute({
  getParentRoute: () => office,
  path: "/declarations/rosters",
  beforeLoad: only("declarations"),
  component: lazyRouteComponent(() => import("./pages/rosters/RostersPage"), "RostersPage"),
});

const roster = createRoute({
  getParentRoute: () => office,
  path: "/declarations/rosters/$roster",
  beforeLoad: only("declarations"),
  component: lazyRouteComponent(() => import("./pages/rosters/RosterPage"), "RosterPage"),
});

const teams = createRoute({
  getParentRoute: () => office,
  path: "/declarations/teams",
  beforeLoad: only("declarations"),
  component: lazyRouteComponent(() => import("./pages/teams/TeamsPage"), "TeamsPage"),
});

const team = createRoute({
  getParentRoute: () => office,
  path: "/declarations/teams/$team",
  beforeLoad: only("declarations"),
  component: lazyRouteComponent(() => import("./pages/teams/TeamPage"), "TeamPage"),
});

const declaration = createRoute({
  getParentRoute: () => office,
  path: "/declarations/$declaration",
  beforeLoad: only("declarations"),
  component: lazyRouteComponent(() => import("./pages/declarations/DeclarationPage"), "DeclarationPage"),
});

const differences = createRoute({
  getParentRoute: () => office,
  path: "/differences",
  beforeLoad: only("differences"),
  validateSearch: differenceFilter,
  component: lazyRouteComponent(() => import("./pages/differences/DifferencesPage"), "DifferencesPage"),
});

const difference = createRoute({
  getParentRoute: () => office,
  path: "/differences/$difference",
  beforeLoad: only("differences"),
  component: lazyRouteComponent(() => import("./pages/differences/DifferencePage"), "DifferencePage"),
});

const officers = createRoute({
  getParentRoute: () => office,
  path: "/officers",
  beforeLoad: only("officers"),
  validateSearch: (raw): { q?: string } => (text(raw.q) ? { q: String(raw.q) } : {}),
  component: lazyRouteComponent(() => import("./pages/officers/OfficersPage"), "OfficersPage"),
});

const accessLog = createRoute({
  getParentRoute: () => office,
  path: "/access-log",
  beforeLoad: only("accessLog"),
  validateSearch: logFilter,
  component: lazyRouteComponent(() => import("./pages/log/AccessLogPage"), "AccessLogPage"),
});

const settings = createRoute({
  getParentRoute: () => office,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/settings/SettingsPage"), "SettingsPage"),
});

const tree = root.addChildren([
  round,
  setup,
  signIn,
  firstSteps,
  office.addChildren([
    overview,
    decisions,
    places,
    placeList,
    placeDuplicates,
    dueInspections,
    inspect,
    place,
    checkpoints,
    checkpoint,
    people,
    newPerson,
    cards,
    helpers,
    searches,
    errands,
    traceRequests,
    person,
    declareFor,
    cases,
    newCase,
    caseFile.addChildren([caseOverview, caseCandidates, caseGraph, caseWarnings, caseGates, caseInterview, caseInvestigation, caseTimeline, caseHistory]),
    lineLists,
    lineList,
    contacts,
    outbreaks,
    outbreak,
    outbreakGraph,
    laboratory,
    sampling,
    lab,
    releases,
    tasks,
    waiting,
    officerTeams,
    tasksPrint,
    task,
    referrals,
    referral,
    followUps,
    visitsPrint,
    byHand,
    followUp,
    orders,
    orderNeeds,
    newOrder,
    sites,
    site,
    order,
    orderCheck,
    declarations,
    declaration,
    foreignImport,
    trips,
    arrivals,
    coming,
    differences,
    difference,
    statistics,
    denominatorList,
    caseReport,
    outages,
    broadcasts,
    duties,
    rosters,
    roster,
    teams,
    team,
    officers,
    accessLog,
    settings,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: "/console",
  context: { queryClient },
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: PageFault,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
