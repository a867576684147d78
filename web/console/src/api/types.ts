// Names for the shapes officers work with, derived from the API's paths so that they follow the generated schema.
import type { Answer, Body, Item } from "@luytre/shared/api";
import type { QuestionnaireResponse } from "@luytre/shared/questionnaire";

export type { BothLanguages, DecisionInForce, Person, Place, PlaceKind, Session, SessionInfo, Unit, UnitHit } from "@luytre/shared/api";

export type Decision = Item<Answer<"/api/v1/decisions", "get">>;
export type NewDecision = Body<"/api/v1/decisions", "post">;
export type DecisionPurpose = NewDecision["purpose"];

export type PlaceBrief = Item<Answer<"/api/v1/places", "get">>;
export type PlaceDuplicate = Item<Answer<"/api/v1/place-duplicates", "get">>;
export type PlaceSide = PlaceDuplicate["one"];
export type Inspection = Item<Answer<"/api/v1/places/{id}/inspections", "get">>;
export type NewInspection = Body<"/api/v1/places/{id}/inspections", "post">;
export type PlaceChange = Body<"/api/v1/places/{id}", "patch">;

export type Team = Item<Answer<"/api/v1/teams", "get">>;
export type TeamSeen = Answer<"/api/v1/teams/{id}", "get">;
export type Volunteer = TeamSeen["volunteers"][number];
export type Coverage = TeamSeen["strip"][number];
export type NewTeam = Body<"/api/v1/teams", "post">;
export type TeamChange = Body<"/api/v1/teams/{id}", "patch">;
export type Household = Item<Answer<"/api/v1/teams/{id}/households", "get">>;
export type NewHousehold = Body<"/api/v1/teams/{id}/households", "post">;
export type HouseholdChange = Body<"/api/v1/teams/{id}/households/{household}", "patch">;
export type NewHouseholdMember = Body<"/api/v1/teams/{id}/households/{household}/members", "post">;
export type MemberChange = Body<"/api/v1/teams/{id}/households/{household}/members/{member}", "patch">;
export type TeamHelp = Item<Answer<"/api/v1/team-help", "get">>;

export type GateEntry = Item<Answer<"/api/v1/cases/{id}/gate-entries", "get">>;

export type CardEntry = Item<Answer<"/api/v1/cases/{id}/card-entries", "get">>;
export type NewCards = Body<"/api/v1/cards", "post">;

export type PersonBrief = Item<Answer<"/api/v1/people/search", "post">>;
export type PersonCandidate = Answer<"/api/v1/people/{id}/duplicates/look", "post">["items"][number];
export type PersonSide = PersonCandidate["person"];
export type SharedHome = Item<Answer<"/api/v1/people/{id}/households/look", "post">>;
export type PersonMerge = Item<Answer<"/api/v1/people/{id}/merges/look", "post">>;
export type NewDeclaration = Body<"/api/v1/declarations", "post">;
export type NewPerson = Body<"/api/v1/people", "post">;
export type PersonCorrection = Body<"/api/v1/people/{id}", "patch">;
export type CorrectionMade = Item<Answer<"/api/v1/people/{id}/corrections/look", "post">>;

export type SavedView = Item<Answer<"/api/v1/views", "get">>;
export type NewSavedView = Body<"/api/v1/views", "post">;

export type Disease = Item<Answer<"/api/v1/diseases", "get">>;
export type RuleSet = Item<Answer<"/api/v1/rule-sets", "get">>;
export type Case = Answer<"/api/v1/cases/{id}", "get">;
export type TwinCase = Case["twins"][number];
export type CaseBrief = Item<Answer<"/api/v1/cases", "get">>;
export type NewCase = Body<"/api/v1/cases", "post">;
export type Classification = Case["classification"];
export type Confirmation = Body<"/api/v1/cases/{id}/confirm", "post">;
export type RecordedDates = Body<"/api/v1/cases/{id}/dates", "post">;
export type Course = Body<"/api/v1/cases/{id}/course", "post">;
export type CaseSource = Body<"/api/v1/cases/{id}/source", "post">;
export type HospitalStay = Case["stays"][number];
export type CaseOutcome = NonNullable<Case["outcome"]>;
export type CaseHistory = Item<Answer<"/api/v1/cases/{id}/history", "get">>;

export type Sampling = Item<Answer<"/api/v1/sampling-sessions", "get">>;
export type NewSampling = Body<"/api/v1/sampling-sessions", "post">;
export type SampledTube = Item<Answer<"/api/v1/sampling-sessions/{id}/tubes", "get">>;
export type NewSample = Body<"/api/v1/sampling-sessions/{id}/samples", "post">;
export type TestResult = SampledTube["results"][number];
export type TestMethod = TestResult["method"];
export type TestOutcome = TestResult["outcome"];
export type NewTestResult = Body<"/api/v1/laboratories/{id}/results", "post">;
export type TestCorrection = Body<"/api/v1/test-results/{id}/correct", "post">;
export type OverturnedResult = Item<Answer<"/api/v1/overturned-results", "get">>;
export type PositiveResult = Item<Answer<"/api/v1/positive-results", "get">>;
export type PersonMoment = Item<Answer<"/api/v1/people/{id}/history/look", "post">>;
export type PersonTest = Item<Answer<"/api/v1/people/{id}/test-results/look", "post">>;
export type ResamplingTask = Item<Answer<"/api/v1/resampling-tasks", "get">>;
export type LaboratoryBrief = Item<Answer<"/api/v1/laboratories", "get">>;
export type Laboratory = Answer<"/api/v1/laboratories/{id}", "get">;
export type TubeBatch = Laboratory["batches"][number];
export type UnmatchedResult = Laboratory["unmatched"][number];
export type LaboratoryTube = Answer<"/api/v1/laboratories/{id}/look", "post">;

export type TraceRun = Item<Answer<"/api/v1/cases/{id}/runs", "get">>;
export type Candidate = Item<Answer<"/api/v1/cases/{id}/candidates", "get">>;
export type ListedContact = Item<Answer<"/api/v1/candidates", "get">>;
export type Evidence = Candidate["evidence"][number];
export type Doubt = Evidence["doubts"][number];
export type Assignment = Body<"/api/v1/candidates/{id}/assign", "post">;
export type ContactClass = Assignment["class"];
export type Answers = Assignment["answers"];
export type WarningPreview = Answer<"/api/v1/cases/{id}/warnings/preview", "get">;
export type Release = Item<Answer<"/api/v1/releases", "get">>;

export type Task = Item<Answer<"/api/v1/tasks", "get">>;
export type Outcome = Body<"/api/v1/tasks/{id}/outcome", "post">["outcome"];

export type Assignee = NonNullable<Task["assignee"]>;
export type Colleague = Item<Answer<"/api/v1/colleagues", "get">>;
export type OfficerTeam = Item<Answer<"/api/v1/officer-teams", "get">>;
export type NewOfficerTeam = Body<"/api/v1/officer-teams", "post">;
export type OfficerTeamChange = Body<"/api/v1/officer-teams/{id}", "patch">;

export type Waiting = Item<Answer<"/api/v1/waiting", "get">>;

export type Referral = Item<Answer<"/api/v1/referrals", "get">>;
export type ReferralOutcome = Body<"/api/v1/referrals/{id}/outcome", "post">["outcome"];

export type FollowUp = Item<Answer<"/api/v1/follow-ups", "get">>;
export type FollowUpVisit = Item<Answer<"/api/v1/follow-up-visits", "get">>;
export type ContactHistory = Answer<"/api/v1/cases/{id}/contact-history", "get">;
export type FollowUpEntry = NonNullable<FollowUp["entries"]>[number];
export type Unruled = Answer<"/api/v1/candidates/{id}/follow-up", "get">;
export type NewByHand = Body<"/api/v1/candidates/{id}/follow-up", "post">;
export type NewImmunity = Body<"/api/v1/follow-ups/{id}/immunity", "post">;
export type NewTransfer = Body<"/api/v1/follow-ups/{id}/transfer", "post">;
export type NewFollowUpEntry = Body<"/api/v1/follow-ups/{id}/entries", "post">;

export type Order = Item<Answer<"/api/v1/orders", "get">>;
export type NewOrder = Body<"/api/v1/orders", "post">;
export type TogetherLine = Item<Answer<"/api/v1/order-steps", "post">>;
export type StepsTogether = Body<"/api/v1/order-steps", "post">;
export type SignedTogether = Body<"/api/v1/order-signatures", "post">;
export type NewOrderStep = Body<"/api/v1/orders/{id}/steps", "post">;

export type Need = Item<Answer<"/api/v1/order-needs", "get">>;
export type ToldNeed = Body<"/api/v1/orders/{id}/needs", "post">;

export type SiteBrief = Item<Answer<"/api/v1/quarantine-sites", "get">>;
export type Site = Answer<"/api/v1/quarantine-sites/{id}", "get">;
export type Keepers = Answer<"/api/v1/quarantine-sites/{id}/keepers", "get">;
export type Occupant = Site["gone"][number];
export type IntakeLine = Item<Answer<"/api/v1/quarantine-sites/{id}/intake/look", "post">>;
export type Lodging = Body<"/api/v1/quarantine-sites/{id}/stays", "post">;
export type RollTaken = Answer<"/api/v1/quarantine-roll-calls/{id}/answers", "post">;
export type NewSite = Body<"/api/v1/quarantine-sites", "post">;

export type Difference = Item<Answer<"/api/v1/differences", "get">>;
export type Ruling = Body<"/api/v1/differences/{id}/decide", "post">;

export type Flagged = Item<Answer<"/api/v1/declarations", "get">>;
export type Declaration = Omit<Answer<"/api/v1/declarations/{id}", "get">, "response"> & { response: QuestionnaireResponse | undefined };

export type DutyRule = Item<Answer<"/api/v1/duty-rules", "get">>;
export type Organisation = Item<Answer<"/api/v1/duties/organisations", "get">>;
export type Roster = Answer<"/api/v1/rosters/{id}", "get">;
export type RosterDuty = Roster["duties"][number];
export type RosterMember = Item<Answer<"/api/v1/rosters/{id}/members", "get">>;
export type NewRoster = Body<"/api/v1/rosters", "post">;
export type DutySector = Organisation["sector"];

export type StatisticsRow = Answer<"/api/v1/statistics", "get">["whole"];
export type StatisticsPlace = Item<Answer<"/api/v1/statistics/places", "get">>;
export type TrendDay = Answer<"/api/v1/statistics/trend", "get">["days"][number];
export type CaseReport = Answer<"/api/v1/statistics/cases", "get">;
export type NewDenominator = Body<"/api/v1/statistics/denominators", "post">;

export type Trip = Item<Answer<"/api/v1/trips", "get">>;
export type Passenger = Item<Answer<"/api/v1/places/{id}/passengers/look", "post">>;

export type Officer = Item<Answer<"/api/v1/officers", "get">>;
export type Grant = Officer["grants"][number];
export type NewGrant = Body<"/api/v1/officers/{id}/grants", "put">["grants"][number];
export type ProgramKey = Item<Answer<"/api/v1/keys", "get">>;
export type NewProgramKey = Body<"/api/v1/keys", "post">;
export type LogEntry = Item<Answer<"/api/v1/access-log", "get">>;

export type CheckpointBrief = Item<Answer<"/api/v1/checkpoints", "get">>;
export type Checkpoint = Answer<"/api/v1/checkpoints/{id}", "get">;
export type CheckpointQueue = Checkpoint["queue"];
export type NewShift = Body<"/api/v1/places/{id}/planned-shifts", "post">;
export type Passage = Item<Answer<"/api/v1/checkpoints/search", "post">>;

export type Traveller = Omit<Answer<"/api/v1/arrivals/look", "post">, "declaration"> & { declaration: Declaration | undefined };
export type ArrivalOutcome = Body<"/api/v1/arrivals", "post">["outcome"];
export type NewArrival = Body<"/api/v1/arrivals", "post">;
export type VehicleQueue = Item<Answer<"/api/v1/arrivals/vehicles", "get">>;
export type OnTheWay = Item<Answer<"/api/v1/arrivals/on-the-way", "get">>;
export type Queued = Item<Answer<"/api/v1/arrivals/queue/look", "post">>;
export type Coming = Item<Answer<"/api/v1/arrivals/coming", "get">>;

export type OutageBoard = Answer<"/api/v1/outages/board", "get">;
export type Outage = OutageBoard["open"][number];
export type OutageHour = OutageBoard["hours"][number];
export type OutageLimit = OutageBoard["limits"][number];
export type NewOutageLimit = Body<"/api/v1/outages/limits", "put">;
export type NewOutage = Body<"/api/v1/outages", "post">;

export type BroadcastAsked = Body<"/api/v1/broadcasts/draft", "post">;
export type BroadcastCall = BroadcastAsked["calls"][number];
export type NewBroadcast = Body<"/api/v1/broadcasts", "post">;
export type Broadcast = Item<Answer<"/api/v1/broadcasts", "get">>;

export type GivenSearch = Item<Answer<"/api/v1/searches", "get">>;
export type NewSearch = Body<"/api/v1/searches", "post">;
export type Errand = Item<Answer<"/api/v1/errands", "get">>;
export type ErrandAnswer = Body<"/api/v1/errands/{id}/answer", "post">;
export type TraceRequest = Item<Answer<"/api/v1/trace-requests", "get">>;
export type NewTraceRequest = Body<"/api/v1/trace-requests", "post">;
export type Helper = Item<Answer<"/api/v1/helpers", "get">>;
export type NewHelper = Body<"/api/v1/helpers", "post">;
export type HelperFigure = Item<Answer<"/api/v1/helpers/figures", "get">>;

export type ForeignBatch = Item<Answer<"/api/v1/foreign/batches", "get">>;
export type ForeignSystem = ForeignBatch["system"];

export type Outbreak = Answer<"/api/v1/outbreaks/{id}", "get">;
export type OutbreakPicture = NonNullable<Outbreak["picture"]>;
export type NewOutbreak = Body<"/api/v1/outbreaks", "post">;
export type OutbreakFacts = Body<"/api/v1/outbreaks/{id}/facts", "post">;
export type OutbreakCase = Item<Answer<"/api/v1/outbreaks/{id}/cases", "get">>;
export type OutbreakLink = Item<Answer<"/api/v1/cases/{id}/outbreak", "get">>;
export type PutCases = Answer<"/api/v1/outbreaks/{id}/cases", "post">;
export type Graph = Answer<"/api/v1/outbreaks/{id}/graph", "get">;
export type GraphFile = Body<"/api/v1/outbreaks/{id}/graph/take-out", "post">["file"];
export type SharedPlaces = Answer<"/api/v1/outbreaks/{id}/shared-places", "post">;

export type DeclaredContact = Item<Answer<"/api/v1/cases/{id}/contacts", "get">>;
export type NewContact = Body<"/api/v1/cases/{id}/contacts", "post">;
export type ListedCompanion = Item<Answer<"/api/v1/cases/{id}/companions", "get">>;
export type Milestone = Item<Answer<"/api/v1/cases/{id}/milestones", "get">>;
export type ToldMilestone = Body<"/api/v1/cases/{id}/milestones", "post">;
export type MilestoneVersion = Item<Answer<"/api/v1/milestones/{id}/versions", "get">>;
export type MilestoneNotice = Item<Answer<"/api/v1/cases/{id}/notices", "get">>;
export type Investigation = Answer<"/api/v1/cases/{id}/investigation", "get">;
export type Finding = Investigation["findings"][number];
export type LineList = Answer<"/api/v1/line-lists/{id}", "get">;
export type LineListBrief = Item<Answer<"/api/v1/line-lists", "get">>;
export type LineListMapping = Body<"/api/v1/line-lists/{id}/run", "post">;
export type LineListUse = LineListMapping["uses"][number];
export type LineListField = LineListUse["field"];
export type LineListRow = Item<Answer<"/api/v1/line-lists/{id}/rows", "get">>;
export type LineListRowState = LineListRow["state"];
