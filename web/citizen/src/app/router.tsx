// Every page and who may open it. Each is loaded when it is first opened.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouteComponent,
} from "@tanstack/react-router";

import { pageTexts } from "../i18n";
import { Failed, Loading, Missing } from "./Fallbacks";
import { client } from "./api";
import { peopleQuery, sessionQuery } from "./queries";
import { Root } from "./Root";

type Load<N extends string> = () => Promise<Record<N, unknown>>;

/** One of the first pages. Its type is said here, because pages in turn ask for the router's. */
function first<N extends string>(load: Load<N>, name: N): RouteComponent {
  return lazyRouteComponent(load as () => Promise<Record<string, RouteComponent>>, name);
}

/** Any other page, with the words that the first ones do without. */
function page<N extends string>(load: Load<N>, name: N): RouteComponent {
  return first(async () => (await Promise.all([load(), pageTexts()]))[0], name);
}

const root = createRootRoute({ component: Root, notFoundComponent: Missing });

/** Only our own pages may be named as where to go after signing in. */
const ownPath = (value: unknown): string | undefined =>
  typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : undefined;

interface Back {
  back?: string;
}
const back = (search: Record<string, unknown>): Back => {
  const path = ownPath(search["back"]);
  return path ? { back: path } : {};
};

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: back,
  component: first(() => import("../pages/SignIn"), "SignIn"),
});

const secondProof = createRoute({
  getParentRoute: () => root,
  path: "/second-proof",
  validateSearch: back,
  beforeLoad: async ({ search }) => {
    const session = await client.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: "/sign-in", search });
    if (session.level === "full") throw redirect({ to: "/" });
  },
  component: page(() => import("../pages/SecondProof"), "SecondProof"),
});

const officer = createRoute({
  getParentRoute: () => root,
  path: "/officer",
  component: page(() => import("../pages/Officer"), "Officer"),
});

/** Published for everybody. */
const notices = createRoute({
  getParentRoute: () => root,
  path: "/notices",
  component: page(() => import("../notices/Notices"), "Notices"),
});

/** A gate's device needs nobody's account: the guard's shift is its own. */
const guard = createRoute({
  getParentRoute: () => root,
  path: "/guard",
  component: page(() => import("../pages/Guard"), "Guard"),
});

/** A device that a guard gives to visitors. */
const kiosk = createRoute({
  getParentRoute: () => root,
  path: "/kiosk",
  component: page(() => import("../kiosk/Kiosk"), "Kiosk"),
});

/** A checkpoint's, likewise. */
const lane = createRoute({
  getParentRoute: () => root,
  path: "/lane",
  component: page(() => import("../pages/Lane"), "Lane"),
});

/** A community team's, likewise. */
const team = createRoute({
  getParentRoute: () => root,
  path: "/team",
  component: page(() => import("../team/Team"), "Team"),
});

/** Whoever holds a paper may ask whether it stands. */
const verify = createRoute({
  getParentRoute: () => root,
  path: "/verify",
  component: page(() => import("../orders/Verify"), "Verify"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: back,
  beforeLoad: async ({ search }) => {
    const session = await client.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: "/sign-in", search });
    if (session.level === "limited") throw redirect({ to: "/second-proof", search });
  },
  component: page(() => import("../pages/Welcome"), "Welcome"),
});

/** Everything behind the door: signed in, proven, and known by name. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: async ({ location }) => {
    const search: Back = location.href === "/" ? {} : { back: location.href };
    const session = await client.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: "/sign-in", search });
    if (session.kind === "officer") throw redirect({ to: "/officer" });
    if (session.level === "limited") throw redirect({ to: "/second-proof", search });
    const people = await client.ensureQueryData(peopleQuery);
    if (!people.some((person) => person.relation === "self")) throw redirect({ to: "/welcome", search });
  },
  component: first(() => import("./Shell"), "Shell"),
});

const text = (value: unknown): string | undefined => (typeof value === "string" && value ? value : undefined);
const only =
  <K extends string>(...names: K[]) =>
  (search: Record<string, unknown>) =>
    Object.fromEntries(names.flatMap((name) => (text(search[name]) ? [[name, search[name]]] : []))) as {
      [N in K]?: string;
    };

const below = <P extends string>(path: P) => ({ getParentRoute: () => inside, path }) as const;

const routes = root.addChildren([
  signIn,
  secondProof,
  officer,
  notices,
  guard,
  kiosk,
  lane,
  team,
  verify,
  welcome,
  inside.addChildren([
    createRoute({ ...below("/"), component: first(() => import("../pages/Home"), "Home") }),
    createRoute({ ...below("/scan"), component: page(() => import("../pages/Scan"), "Scan") }),
    createRoute({ ...below("/p/$code"), component: page(() => import("../pages/Scan"), "Poster") }),
    createRoute({
      ...below("/code"),
      validateSearch: only("person"),
      component: page(() => import("../pages/MyCode"), "MyCode"),
    }),
    createRoute({
      ...below("/declare"),
      validateSearch: only("person", "place", "unit"),
      component: page(() => import("../pages/Declare"), "Declare"),
    }),
    createRoute({
      ...below("/declare/$form"),
      validateSearch: only("person", "place", "unit", "corrects"),
      component: page(() => import("../pages/FillForm"), "FillForm"),
    }),
    createRoute({
      ...below("/declared/$id"),
      validateSearch: only("person"),
      component: page(() => import("../pages/Declared"), "Declared"),
    }),
    createRoute({
      ...below("/diary"),
      validateSearch: only("person"),
      component: page(() => import("../pages/Diary"), "Diary"),
    }),
    createRoute({ ...below("/journeys"), component: page(() => import("../pages/Journeys"), "Journeys") }),
    createRoute({
      ...below("/visits"),
      validateSearch: only("person"),
      component: page(() => import("../pages/Visits"), "Visits"),
    }),
    createRoute({
      ...below("/results"),
      component: page(() => import("../results/TestResults"), "TestResults"),
    }),
    createRoute({ ...below("/orders"), component: page(() => import("../orders/MyOrders"), "MyOrders") }),
    createRoute({ ...below("/warnings"), component: page(() => import("../pages/Warnings"), "Warnings") }),
    createRoute({ ...below("/warnings/$id"), component: page(() => import("../pages/Warnings"), "WarningPage") }),
    createRoute({ ...below("/family"), component: page(() => import("../pages/Family"), "Family") }),
    createRoute({ ...below("/family/new"), component: page(() => import("../pages/Family"), "NewMember") }),
    createRoute({ ...below("/family/$id"), component: page(() => import("../pages/Family"), "Member") }),
    createRoute({ ...below("/family/$id/card"), component: page(() => import("../pages/Card"), "Card") }),
    createRoute({ ...below("/access"), component: page(() => import("../pages/AccessLog"), "AccessLog") }),
    createRoute({ ...below("/consents"), component: page(() => import("../pages/Consents"), "Consents") }),
    createRoute({ ...below("/places"), component: page(() => import("../pages/Places"), "Places") }),
    createRoute({ ...below("/places/new"), component: page(() => import("../pages/NewPlace"), "NewPlace") }),
    createRoute({ ...below("/places/claim"), component: page(() => import("../claim/ClaimPlace"), "ClaimPlace") }),
    createRoute({ ...below("/places/$id"), component: page(() => import("../pages/PlaceDesk"), "PlaceDesk") }),
    createRoute({ ...below("/places/$id/gate"), component: page(() => import("../pages/DoorKeeping"), "DoorKeeping") }),
    createRoute({ ...below("/places/$id/guards"), component: page(() => import("../pages/Guards"), "Guards") }),
    createRoute({ ...below("/places/$id/runs"), component: page(() => import("../runs/Runs"), "Runs") }),
    createRoute({ ...below("/places/$id/stated"), component: page(() => import("../pages/PlaceStated"), "PlaceStated") }),
    createRoute({ ...below("/places/$id/log"), component: page(() => import("../pages/Attendance"), "Attendance") }),
    createRoute({ ...below("/places/$id/slips"), component: page(() => import("../pages/Slips"), "Slips") }),
    createRoute({
      ...below("/places/$id/passengers"),
      component: page(() => import("../pages/PassengerList"), "PassengerList"),
    }),
    createRoute({
      ...below("/duties"),
      validateSearch: only("code"),
      component: page(() => import("../duties/Duties"), "Duties"),
    }),
    createRoute({ ...below("/rosters"), component: page(() => import("../duties/Rosters"), "Rosters") }),
    createRoute({ ...below("/rosters/$id"), component: page(() => import("../duties/RosterDesk"), "RosterDesk") }),
    createRoute({ ...below("/helping"), component: page(() => import("../helping/Helping"), "Helping") }),
    createRoute({ ...below("/settings"), component: page(() => import("../pages/Settings"), "Settings") }),
    createRoute({ ...below("/settings/pin"), component: page(() => import("../pages/Settings"), "ChangePin") }),
  ]),
]);

export const router = createRouter({
  routeTree: routes,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultPendingComponent: Loading,
  defaultPendingMs: 150,
  defaultErrorComponent: Failed,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
