// Signing out against a server whose answers come when the test says, in one tab and in several.

import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 30_000 });
const soon = <T>(probe: () => T | Promise<T>) => vi.waitFor(probe, { timeout: 20_000 });

type Answer = { status: number; body?: unknown } | "unreachable";
const an = { account: "an", name: "•••• 003", kind: "citizen", level: "full", hasPin: false };
const binh = { ...an, account: "binh" };
const names = [{ id: "p", name: "Hồ Thị Sóng", birthYear: 1990, relation: "self" }];
const gone = { status: 401, body: { title: "signed out", status: 401, code: "signed_out" } };

let answers: Record<string, () => Answer | Promise<Answer>>;
let calls: string[];
let memory: Map<string, string>;
let online: (() => void)[];
const channels: BroadcastChannel[] = [];

beforeEach(async () => {
  calls = [];
  online = [];
  memory = new Map([["luytre.opened", "1"]]);
  let cookie = true;
  answers = {
    "GET /auth/session": () => (cookie ? { status: 200, body: an } : gone),
    "POST /auth/sign-out": () => ((cookie = false), { status: 204 }),
    "GET /me/people": () => (cookie ? { status: 200, body: { items: names } } : gone),
  };
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value),
  });
  vi.stubGlobal("navigator", { onLine: false }); // nothing is tried again
  vi.stubGlobal("addEventListener", (kind: string, then: () => void) => kind === "online" && online.push(then));
  const Real = BroadcastChannel;
  vi.stubGlobal(
    "BroadcastChannel",
    class extends Real {
      constructor(name: string) {
        super(name);
        channels.push(this);
      }
    },
  );
  vi.stubGlobal("fetch", async (request: Request) => {
    const call = `${request.method} ${new URL(request.url).pathname.replace("/api/v1", "")}`;
    calls.push(call);
    const answer = await (answers[call]?.() ?? { status: 404, body: { title: "none", status: 404, code: "none" } });
    if (answer === "unreachable") throw new TypeError("Failed to fetch");
    const { status, body } = answer;
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json" },
    });
  });
  await (await tab()).device.emptyDevice();
});

afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The app as one tab has it. */
async function tab() {
  vi.resetModules();
  const [{ client, queue }, device, session, queries, leaving] = await Promise.all([
    import("./api"),
    import("./device"),
    import("./session"),
    import("./queries"),
    import("./leaving"),
  ]);
  const invalidate = vi.fn(async () => undefined);
  session.watchSession({ invalidate });
  const under: Promise<unknown>[] = [];
  type Asking = typeof queries.peopleQuery;
  /** Whatever becomes of the query: `arrived` waits until its answer has done all that it does. */
  const ask = (query: object) => {
    const { queryFn } = query as { queryFn: () => Promise<never> };
    const run = () => {
      const answer = queryFn();
      under.push(answer.catch(() => undefined));
      return answer;
    };
    return client.fetchQuery({ ...(query as Asking), staleTime: 0, queryFn: run }).catch(() => undefined);
  };
  const arrived = () => Promise.all(under);
  const rows = async () =>
    (await Promise.all((["kept", "drafts", "queue"] as const).map((table) => device.device.all(table)))).flat();
  return {
    ...{ client, queue, device, ask, arrived, rows, invalidate, ...session, ...leaving, ...queries },
    /** As start() does. */
    open: async () => {
      const known = await client.fetchQuery(queries.sessionQuery);
      if (known) await queue.serve(known.account);
      return known;
    },
    known: () => client.getQueryData(queries.sessionQuery.queryKey),
    draft: () => device.device.put("drafts", device.draftKey("an", "f", "p"), { fever: true }),
    stillThere: device.stillThere,
  };
}
type Tab = Awaited<ReturnType<typeof tab>>;

/** An answer that comes when it is let go. */
function held(call: string, answer: Answer) {
  let letGo: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => (letGo = resolve));
  answers[call] = () => waits.then(() => answer);
  return letGo;
}

const asked = (call: string) => soon(() => expect(calls).toContain(call));

async function signedIn(): Promise<Tab> {
  const app = await tab();
  expect(await app.open()).toEqual(an);
  await app.client.fetchQuery(app.peopleQuery);
  await app.draft();
  expect(await app.rows()).toHaveLength(3);
  calls.length = 0;
  return app;
}

/** The next write of this kind that the browser is asked for fails, and all after it, until it is mended. */
function broken() {
  const { transaction } = IDBDatabase.prototype;
  const { deleteDatabase } = indexedDB;
  const fail = () => {
    throw new DOMException("broken", "UnknownError");
  };
  IDBDatabase.prototype.transaction = function (...given) {
    return given[1] === "readwrite" ? fail() : transaction.apply(this, given);
  };
  indexedDB.deleteDatabase = fail;
  return () => {
    IDBDatabase.prototype.transaction = transaction;
    indexedDB.deleteDatabase = deleteDatabase;
  };
}

test("answers that come after signing out are not kept, not even that of who is signed in", async () => {
  const app = await signedIn();
  const session = held("GET /auth/session", { status: 200, body: an });
  const people = held("GET /me/people", { status: 200, body: { items: names } });
  void app.ask(app.sessionQuery);
  void app.ask(app.peopleQuery);
  await Promise.all([asked("GET /auth/session"), asked("GET /me/people")]);
  expect(await app.signOut()).toBe(true);
  session();
  people();
  await app.arrived();
  expect(await app.rows()).toEqual([]);
  expect(app.known()).toBeNull();
  expect(app.client.getQueryData(app.peopleQuery.queryKey)).toBeUndefined();
});

test("the device is empty before signing out is answered for", async () => {
  const app = await signedIn();
  let rows: unknown;
  const set = app.client.setQueryData.bind(app.client);
  vi.spyOn(app.client, "setQueryData").mockImplementation((...given: Parameters<typeof set>) => {
    if (given[1] === null) rows = app.rows();
    return set(...given);
  });
  await app.signOut();
  expect(await rows).toEqual([]);
});

test("an answer to one account does not come to the next that signs in here", async () => {
  const app = await signedIn();
  const people = held("GET /me/people", { status: 200, body: { items: names } });
  const session = held("GET /auth/session", { status: 200, body: an });
  void app.ask(app.sessionQuery);
  void app.ask(app.peopleQuery);
  await Promise.all([asked("GET /auth/session"), asked("GET /me/people")]);
  await app.entered(binh as never);
  people();
  session();
  await app.arrived();
  expect(await app.rows()).toEqual([binh]);
  expect(app.known()).toEqual(binh);
});

test("who has signed in is kept at once, and opens the app without a network", async () => {
  answers["GET /auth/session"] = () => gone;
  const app = await tab();
  expect(await app.open()).toBeNull();
  await app.entered(an as never);
  await app.draft();
  answers["GET /auth/session"] = () => "unreachable";
  const again = await tab();
  expect(await again.open()).toEqual(an);
  await again.draft();
});

test("the other tabs shut: they know nobody any more, and write nothing", async () => {
  const [app, other] = [await signedIn(), await signedIn()];
  const people = held("GET /me/people", { status: 200, body: { items: names } });
  void other.ask(other.peopleQuery);
  await asked("GET /me/people");
  await app.signOut();
  people();
  await other.arrived();
  await expect(other.draft()).rejects.toThrow();
  await soon(() => expect(other.invalidate).toHaveBeenCalled());
  expect(other.client.getQueryData(other.peopleQuery.queryKey)).toBeUndefined();
  expect(await other.open()).toBeNull();
  expect(await app.rows()).toEqual([]);
});

test("another tab to which no word comes writes nothing either", async () => {
  const [app, other] = [await signedIn(), await signedIn()];
  for (const channel of channels) channel.onmessage = null;
  const [people, session] = [
    held("GET /me/people", { status: 200, body: { items: names } }),
    held("GET /auth/session", { status: 200, body: an }),
  ];
  void other.ask(other.peopleQuery);
  void other.ask(other.sessionQuery);
  await Promise.all([asked("GET /auth/session"), asked("GET /me/people")]);
  await app.signOut();
  people();
  session();
  await other.arrived();
  await expect(other.draft()).rejects.toThrow();
  await expect(other.queue.submit({ kind: "checkIn", body: { placeCode: "A", at: "2026-11-21T01:00:00Z" } }, {})).rejects.toThrow();
  expect(await app.rows()).toEqual([]);
});

test("without a network everything goes at once, nobody is signed in here, and the server is told later", async () => {
  const app = await signedIn();
  const { "POST /auth/sign-out": tell } = answers;
  answers["POST /auth/sign-out"] = () => "unreachable";
  expect(await app.signOut()).toBe(false);
  expect(await app.rows()).toEqual([]);
  expect(app.known()).toBeNull();

  const opened = await tab();
  expect(await opened.open(), "although the server would still say who").toBeNull();
  expect(calls).not.toContain("GET /auth/session");
  expect(await opened.rows()).toEqual([]);
  await opened.finishLeaving(); // what was begun

  answers["POST /auth/sign-out"] = tell!;
  calls.length = 0;
  online.at(-1)!();
  await opened.finishLeaving();
  expect(calls).toEqual(["POST /auth/sign-out"]);
  expect(opened.isLeaving()).toBe(false);
});

test("who signs in before the server was told stays signed in", async () => {
  const app = await signedIn();
  answers["POST /auth/sign-out"] = () => "unreachable";
  await app.signOut();
  answers["GET /auth/session"] = () => ({ status: 200, body: binh });
  await app.entered(binh as never);
  const again = await tab();
  expect(await again.open()).toEqual(binh);
  expect(again.isLeaving()).toBe(false);
});

test("a page that was closed in the midst of signing out is no way to keep anything", async () => {
  const app = await signedIn();
  held("POST /auth/sign-out", { status: 204 }); // whose answer never comes
  void app.signOut();
  await asked("POST /auth/sign-out");
  answers["POST /auth/sign-out"] = () => gone;
  const again = await tab();
  expect(await again.open()).toBeNull();
  expect(await again.rows()).toEqual([]);
});

test("a server that refuses leaves everything as it was, and says so", async () => {
  const app = await signedIn();
  answers["POST /auth/sign-out"] = () => ({ status: 403, body: { title: "no", status: 403, code: "no" } });
  await expect(app.signOut()).rejects.toThrow();
  expect(app.known()).toEqual(an);
  expect(await app.rows()).toHaveLength(3);
  await app.draft();
  expect(app.isLeaving()).toBe(false);
});

test("what cannot be wiped is told, and wiped when the app is next opened", async () => {
  const app = await signedIn();
  const mend = broken();
  await app.signOut();
  expect(app.known()).toBeNull();
  expect(app.stillThere()).toEqual(["queue", "drafts", "kept"]);
  const again = await tab();
  expect(await again.open()).toBeNull();
  expect(again.stillThere()).toEqual(["queue", "drafts", "kept"]);
  mend();
  expect(await again.device.emptyDevice(again.stillThere())).toBe(true);
  expect(again.stillThere()).toEqual([]);
  expect(await again.rows()).toEqual([]);
  expect(again.isLeaving()).toBe(true);
  const last = await tab();
  await last.open();
  await last.finishLeaving();
  expect(last.isLeaving()).toBe(false);
});

test.each(["GET /me/people", "GET /auth/session"])("a session that is over by %s leaves drafts for its owner and no name", async (call) => {
  const app = await signedIn();
  answers[call] = () => gone;
  const people = held("GET /forms", { status: 200, body: { items: [{ id: "f" }] } });
  void app.ask(app.formsQuery);
  await asked("GET /forms");
  const query = call === "GET /me/people" ? app.peopleQuery : app.sessionQuery;
  await app.ask(query);
  await soon(() => expect(app.known()).toBeNull());
  people();
  await app.arrived();
  expect(await app.rows()).toEqual([{ fever: true }]);
});

test.each(["GET /me/people", "GET /auth/session"])("a session that is over by %s, and a device that keeps its names: told", async (call) => {
  const app = await signedIn();
  answers[call] = () => gone;
  const mend = broken();
  const query = call === "GET /me/people" ? app.peopleQuery : app.sessionQuery;
  await app.ask(query);
  await soon(() => expect(app.known()).toBeNull());
  mend();
  expect(app.stillThere()).toEqual(["kept"]);
  await expect(app.draft(), "nothing is added to it").rejects.toThrow();
  await app.entered(binh as never);
  expect(app.stillThere(), "and what the next one keeps is not offered for deletion").toEqual([]);
  expect(await app.rows()).toEqual([binh]);
});

test("a browser that has forgotten that the app was ever opened shows nobody's names", async () => {
  await signedIn();
  memory.clear();
  const app = await tab();
  expect(await app.open()).toBeNull();
  await soon(async () => expect(await app.rows()).toEqual([{ fever: true }]));
});
