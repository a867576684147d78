import "fake-indexeddb/auto";

import { ApiError, Unreachable } from "@luytre/shared/api";
import { beforeEach, describe, expect, test } from "vitest";

import { Queue, type Entry, type QueueOptions, type Send } from "./queue";
import { Memory, openStore, type DeviceStore } from "./store";

const checkIn = (placeCode = "7GK2M0QX") => ({
  kind: "checkIn" as const,
  body: { placeCode, at: "2026-11-21T01:00:00Z" },
});
const label = { person: "An", place: "Chợ Đông Hà" };
const refusal = (status: number, code: string, retryAfter?: number) =>
  new ApiError({ title: code, status, code }, retryAfter);

// A server that remembers keys as the real one does, and can be made to fail before or after it has taken effect.
class Server {
  readonly effects = new Map<string, unknown>();
  readonly calls: Entry[] = [];
  before?: (entry: Entry) => unknown;
  after?: (entry: Entry) => unknown;
  send: Send = async (entry) => {
    this.calls.push(structuredClone(entry));
    const early = this.before?.(entry);
    if (early) throw early;
    if (!this.effects.has(entry.key)) this.effects.set(entry.key, { id: `visit${this.effects.size + 1}` });
    const late = this.after?.(entry);
    if (late) throw late;
    return this.effects.get(entry.key);
  };
}

const engines: [string, () => Promise<DeviceStore>][] = [
  ["IndexedDB", () => openStore(crypto.randomUUID())],
  ["memory", async () => new Memory()],
];

describe.each(engines)("queue over %s", (_, open) => {
  let store: DeviceStore;
  let server: Server;
  let retries: { milliseconds: number; then: () => void }[];
  let clock: number;

  const make = (options: QueueOptions = {}) =>
    new Queue(store, server.send, {
      now: () => clock++,
      wait: (milliseconds, then) => retries.push({ milliseconds, then }),
      ...options,
    });
  const started = async (options?: QueueOptions) => {
    const queue = make(options);
    await queue.serve("account1");
    await queue.flush();
    return queue;
  };

  beforeEach(async () => {
    store = await open();
    server = new Server();
    retries = [];
    clock = Date.parse("2026-11-21T01:00:00Z");
  });

  test("online, a submission is sent at once and leaves nothing behind", async () => {
    const queue = await started();
    expect(await queue.submit(checkIn(), label)).toMatchObject({ state: "sent", answer: { id: "visit1" } });
    expect(queue.snapshot()).toEqual([]);
    expect(await store.all("queue")).toEqual([]);
  });

  test("a declaration's picture waits with it, outlives the page, and goes with it", async () => {
    server.before = () => new Unreachable("no network");
    const pictures = [{ url: "urn:uuid:1", data: "_9j_".repeat(100_000) }];
    const body = { form: "entry", version: "3", at: "2026-11-21T01:00:00Z", response: { item: [] }, pictures };
    expect(await (await started()).submit({ kind: "declaration", body }, label)).toMatchObject({ state: "waiting" });
    server.before = undefined;
    const reloaded = await started();
    expect(server.calls.at(-1)?.what).toEqual({ kind: "declaration", body });
    expect(reloaded.snapshot()).toEqual([]);
    expect(server.effects.size).toBe(1);
  });

  test("a picture that the network is too slow for holds up nobody at a door", async () => {
    const queue = await started();
    const pictures = [{ url: "urn:uuid:1", data: "_9j_" }];
    const body = { form: "entry", version: "3", at: "2026-11-21T01:00:00Z", response: { item: [] }, pictures };
    server.before = ({ what }) => (what.kind === "declaration" ? refusal(408, "request_timeout") : undefined);
    expect(await queue.submit({ kind: "declaration", body }, label)).toMatchObject({ state: "waiting" });
    expect(await queue.submit(checkIn(), label)).toMatchObject({ state: "sent" });
    expect(queue.snapshot()).toMatchObject([{ what: { kind: "declaration" } }]);
  });

  test("what a guard asked of a visitor waits as it was said, and its picture holds up nobody either", async () => {
    const queue = await started();
    const said = { shift: "s", hand: "guard", at: "2026-11-21T01:00:00Z", form: "place-entry", version: "1" } as const;
    const what = { kind: "gateDeclaration", place: "p", body: { ...said, code: "LTP.an", response: { item: [] } } } as const;
    const pictured = { ...what, body: { ...what.body, pictures: [{ url: "urn:uuid:1", data: "_9j_" }] } };
    server.before = () => new Unreachable("no network");
    expect(await queue.submit(pictured, {})).toMatchObject({ state: "waiting" });
    expect(await queue.submit(what, {})).toMatchObject({ state: "waiting" });
    server.before = undefined;
    const reloaded = await started();
    expect(server.calls.slice(-2).map((each) => each.what)).toEqual([what, pictured]);
    expect(reloaded.snapshot()).toEqual([]);
    expect(await store.all("queue")).toEqual([]);
  });

  test("a picture under way makes room for whoever stands at a door, and is sent again", async () => {
    const sent: string[] = [];
    let begun: () => void = () => undefined;
    const under = new Promise<void>((resolve) => (begun = resolve));
    server.send = ({ what }, stop) =>
      new Promise((resolve, reject) => {
        sent.push(what.kind);
        if (what.kind === "checkIn" || sent.length > 1) return resolve({ id: "1" });
        stop?.addEventListener("abort", () => reject(new Unreachable("stopped")));
        begun();
      });
    const queue = await started();
    const pictures = [{ url: "urn:uuid:1", data: "_9j_" }];
    const body = { form: "entry", version: "3", at: "2026-11-21T01:00:00Z", response: { item: [] }, pictures };
    const slow = queue.submit({ kind: "declaration", body }, label);
    await under;
    expect(await queue.submit(checkIn(), label)).toMatchObject({ state: "sent" });
    await slow;
    await queue.flush();
    expect(sent).toEqual(["declaration", "checkIn", "declaration"]);
    expect(queue.snapshot()).toEqual([]);
  });

  test("it is on the device before it is on the wire", async () => {
    let kept: unknown[] = [];
    server.send = async () => ((kept = await store.all("queue")), { id: "visit1" });
    const queue = await started();
    await queue.submit(checkIn(), label);
    expect(kept).toHaveLength(1);
  });

  test("offline it waits, survives a restart, and is sent once in the order made", async () => {
    const queue = await started();
    server.before = () => new Unreachable();
    expect((await queue.submit(checkIn("A"), label)).state).toBe("waiting");
    expect((await queue.submit(checkIn("B"), label)).state).toBe("waiting");
    expect(queue.snapshot().map((entry) => entry.label)).toEqual([label, label]);

    delete server.before;
    server.calls.length = 0;
    const restarted = await started();
    expect(server.calls.map((entry) => entry.what.kind === "checkIn" && entry.what.body.placeCode)).toEqual(["A", "B"]);
    expect(server.effects.size).toBe(2);
    expect(restarted.snapshot()).toEqual([]);
  });

  test("an answer lost on the way is asked for again with the same key: one effect", async () => {
    const queue = await started();
    server.after = () => new Unreachable();
    const { key } = await queue.submit(checkIn(), label);
    delete server.after;
    const outcomes = await queue.flush();
    expect(outcomes.get(key)).toEqual({ state: "sent", answer: { id: "visit1" } });
    expect(new Set(server.calls.map((entry) => entry.key)).size).toBe(1);
    expect(server.effects.size).toBe(1);
  });

  test("what was recorded and undone before the answer came is done, with its check-out, and holds up nothing", async () => {
    const queue = await started();
    server.after = () => new Unreachable();
    const { key } = await queue.submit(checkIn(), label);
    await queue.submit({ kind: "checkOut", visit: { checkIn: key }, body: { at: "2026-11-21T01:30:00Z" } }, label);
    delete server.after;
    server.before = (entry) => (entry.key === key ? refusal(410, "visit_gone") : undefined);
    const { state } = await queue.submit(checkIn("OTHER"), label);
    expect(state).toBe("sent");
    expect(queue.snapshot()).toEqual([]);
    expect(await store.all("queue")).toEqual([]);
  });

  test("it tries again by itself, later and later, and not before the server wants", async () => {
    const queue = await started();
    server.before = () => new Unreachable();
    await queue.submit(checkIn(), label);
    expect(retries.map((r) => r.milliseconds)).toEqual([2000]);
    server.before = () => refusal(429, "too_many_requests", 30);
    retries[0]!.then();
    await queue.flush();
    expect(retries.map((r) => r.milliseconds)).toEqual([2000, 30_000]);
    delete server.before;
    retries[1]!.then();
    await queue.flush();
    expect(queue.snapshot()).toEqual([]);
  });

  test("once there is a network again the pauses begin anew", async () => {
    const queue = await started();
    server.before = () => new Unreachable();
    await queue.submit(checkIn(), label);
    retries[0]!.then();
    await queue.flush();
    expect(retries.map((r) => r.milliseconds)).toEqual([2000, 4000]);
    await queue.back();
    expect(retries.map((r) => r.milliseconds)).toEqual([2000, 4000, 2000]);
  });

  test("a refusal is told to who is looking, and kept for who is not", async () => {
    const queue = await started();
    server.before = () => refusal(422, "place_code_forged");
    expect(await queue.submit(checkIn(), label)).toMatchObject({
      state: "refused",
      problem: { code: "place_code_forged" },
    });
    expect(queue.snapshot()).toEqual([]);

    server.before = () => new Unreachable();
    const { key } = await queue.submit(checkIn(), label);
    server.before = () => refusal(422, "time_too_old");
    await queue.flush();
    expect(queue.snapshot()).toMatchObject([{ key, refused: { code: "time_too_old" } }]);
    server.calls.length = 0;
    await queue.flush();
    expect(server.calls).toEqual([]); // final is final
    await queue.remove(key);
    expect(queue.snapshot()).toEqual([]);
  });

  test("a refusal with which the screen goes away stays, marked, and nothing of whom it was about", async () => {
    const bare = { ...checkIn(""), body: { placeCode: "", at: "2026-11-21T01:00:00Z" } };
    const queue = await started({ bare: () => bare, stays: ({ code }) => code === "shift_over" });
    server.before = () => refusal(403, "shift_over");
    const outcome = await queue.submit(checkIn("7GK2M0QX"), label);
    expect(outcome.state).toBe("refused");
    expect(queue.snapshot()).toMatchObject([{ key: outcome.key, what: bare, refused: { code: "shift_over" } }]);
    expect(JSON.stringify(await store.all("queue"))).not.toContain("7GK2M0QX");
    server.calls.length = 0;
    await queue.flush();
    expect(server.calls).toEqual([]);
    server.before = () => refusal(422, "place_code_forged");
    await queue.submit(checkIn(), label);
    expect(queue.snapshot()).toHaveLength(1);

    server.before = () => new Unreachable();
    await queue.submit(checkIn("7GK2M0QX"), label);
    server.before = () => refusal(403, "shift_over");
    await queue.flush();
    expect(queue.snapshot()).toHaveLength(2);
    expect(JSON.stringify(await store.all("queue")), "nor of what is refused later").not.toContain("7GK2M0QX");
  });

  test("a refusal that comes when nobody looks any more stays", async () => {
    const queue = await started();
    server.before = () => refusal(422, "place_code_forged");
    let looking = true;
    const submitted = queue.submit(checkIn(), label, () => looking);
    looking = false;
    expect((await submitted).state).toBe("refused");
    expect(queue.snapshot()).toMatchObject([{ refused: { code: "place_code_forged" } }]);
    await queue.submit(checkIn(), label, () => true);
    expect(queue.snapshot()).toHaveLength(1);
  });

  test("what the device cannot keep is said to who submits it, and is not sent", async () => {
    const queue = await started();
    store.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    await expect(queue.submit(checkIn(), label)).rejects.toThrow("full");
    expect(server.calls).toEqual([]);
  });

  test("what is kept is recorded, although the device keeps nothing more afterwards: it goes again with its key", async () => {
    const queue = await started();
    server.after = () => refusal(409, "consent_required");
    const put = store.put.bind(store);
    let writes = 0;
    store.put = (...row) => (++writes > 1 ? Promise.reject(new DOMException("full", "QuotaExceededError")) : put(...row));
    store.replace = () => (++writes, Promise.reject(new DOMException("full", "QuotaExceededError")));
    const { key, state } = await queue.submit(checkIn(), label);
    expect(state).toBe("waiting");
    delete server.after;
    expect(retries).toHaveLength(1);
    retries.shift()!.then();
    await queue.flush();
    expect(new Set(server.calls.map((call) => call.key))).toEqual(new Set([key]));
    expect(server.effects.size).toBe(1);
    expect(queue.snapshot()).toEqual([]);
  });

  test.each([
    ["refused", refusal(422, "place_code_forged")],
    ["wants the person's agreement first", refusal(403, "consent_required")],
  ])("what is wiped while it is under way does not come back when it is %s", async (_, answer) => {
    const queue = await started();
    server.before = () => new Unreachable();
    const { key } = await queue.submit(checkIn(), label);
    await queue.submit({ kind: "checkOut", visit: { checkIn: key }, body: { at: "2026-11-21T01:30:00Z" } }, label);
    let arrive: () => void = () => undefined;
    let under: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (under = resolve));
    server.send = () => (under(), new Promise((_, reject) => (arrive = () => reject(answer))));
    const flushed = make({ exclusively: (work) => work() });
    server.calls.length = 0;
    const served = flushed.serve("account1");
    await begun;
    await store.wipe();
    arrive();
    await served;
    await flushed.flush();
    expect(await store.all("queue")).toEqual([]);
  });

  test("a refused entry does not hold up those behind it", async () => {
    const queue = await started();
    server.before = () => new Unreachable();
    await queue.submit(checkIn("forged"), label);
    await queue.submit(checkIn("good"), label);
    server.before = (entry) =>
      entry.what.kind === "checkIn" && entry.what.body.placeCode === "forged"
        ? refusal(422, "place_code_forged")
        : undefined;
    await queue.flush();
    expect(queue.snapshot().map((entry) => entry.refused?.code)).toEqual(["place_code_forged"]);
    expect(server.effects.size).toBe(1);
  });

  test("what lacks the person's agreement waits for it, and holds up nothing else", async () => {
    let asked: string[] = [];
    const queue = await started({ onNeeds: (purpose) => asked.push(purpose) });
    const consentRequired = new ApiError({
      title: "consent_required",
      status: 403,
      code: "consent_required",
      params: { purpose: "tracing" },
    });
    server.before = () => new Unreachable();
    const { key } = await queue.submit(checkIn(), label);
    await queue.submit({ kind: "checkOut", visit: { checkIn: key }, body: { at: "2026-11-21T01:30:00Z" } }, label);
    const declaration = { form: "place-entry", version: "1", at: "2026-11-21T01:31:00Z", response: {} };
    await queue.submit({ kind: "declaration", body: declaration }, label);
    server.before = (entry) => (entry.what.kind === "checkIn" ? consentRequired : undefined);
    retries.length = 0;
    const outcomes = await queue.flush();
    expect(outcomes.get(key)).toEqual({ state: "waiting", needs: "tracing" });
    expect(asked).toEqual(["tracing"]);
    expect(retries).toEqual([]); // asking again by itself cannot help
    expect(queue.snapshot().map((entry) => [entry.what.kind, entry.needs])).toEqual([
      ["checkIn", "tracing"],
      ["checkOut", undefined],
    ]);
    expect(await queue.submit(checkIn("B"), label)).toMatchObject({ state: "waiting", needs: "tracing" });

    delete server.before; // agreed
    await queue.flush();
    expect(queue.snapshot()).toEqual([]);
    expect(server.calls.at(-1)!.what.kind).toBe("checkIn");
    expect(server.calls.some(({ what }) => what.kind === "checkOut" && "id" in what.visit)).toBe(true);
  });

  test("companions added offline follow their entry", async () => {
    const at = "2026-11-21T01:00:00Z";
    const common = { shift: "s", place: "p", at };
    const queue = await started();
    server.before = () => new Unreachable("offline");
    const { key } = await queue.submit({ kind: "gateEntry", body: { ...common, code: "c", companions: 0 } }, {});
    const body = { ...common, companions: 1 };
    await queue.submit({ kind: "gateCompanions", entry: { gateEntry: key }, body }, {});
    server.calls.length = 0;
    delete server.before;
    await queue.flush();
    expect(server.calls.map(({ what }) => what)).toEqual([
      expect.objectContaining({ kind: "gateEntry" }),
      { kind: "gateCompanions", entry: { id: "visit1" }, body },
    ]);
    expect(queue.snapshot()).toEqual([]);
  });

  test("companions added when their entry has just been sent know it, too", async () => {
    const common = { shift: "s", place: "p", at: "2026-11-21T01:00:00Z" };
    const queue = await started();
    server.before = () => new Unreachable("offline");
    const { key } = await queue.submit({ kind: "gateEntry", body: { ...common, code: "c", companions: 0 } }, {});
    delete server.before;
    await queue.flush();
    const body = { ...common, companions: 1 };
    const outcome = await queue.submit({ kind: "gateCompanions", entry: { gateEntry: key }, body }, {});
    expect(outcome.state).toBe("sent");
    expect(server.calls.at(-1)!.what).toEqual({ kind: "gateCompanions", entry: { id: "visit1" }, body });
  });

  test("companions know an entry that another tab has sent", async () => {
    const ends: NonNullable<QueueOptions["channel"]>[] = [];
    const channel = () => {
      const end: NonNullable<QueueOptions["channel"]> = {
        onmessage: null,
        postMessage: (data) => ends.forEach((other) => other !== end && other.onmessage?.({ data } as MessageEvent)),
      };
      ends.push(end);
      return end;
    };
    const common = { shift: "s", place: "p", at: "2026-11-21T01:00:00Z" };
    const here = await started({ channel: channel() });
    const there = await started({ channel: channel() });
    server.before = () => new Unreachable("offline");
    const { key } = await here.submit({ kind: "gateEntry", body: { ...common, code: "c", companions: 0 } }, {});
    delete server.before;
    await there.flush();
    const body = { ...common, companions: 1 };
    const outcome = await here.submit({ kind: "gateCompanions", entry: { gateEntry: key }, body }, {});
    expect(outcome.state).toBe("sent");
    expect(server.calls.at(-1)!.what).toEqual({ kind: "gateCompanions", entry: { id: "visit1" }, body });
  });

  test("a check-out made offline follows its check-in and goes to its visit", async () => {
    const queue = await started();
    server.before = () => new Unreachable();
    const { key } = await queue.submit(checkIn(), label);
    await queue.submit({ kind: "checkOut", visit: { checkIn: key }, body: { at: "2026-11-21T01:30:00Z" } }, label);
    delete server.before;
    await queue.flush();
    expect(server.calls.at(-1)!.what).toEqual({
      kind: "checkOut",
      visit: { id: "visit1" },
      body: { at: "2026-11-21T01:30:00Z" },
    });
    expect(queue.snapshot()).toEqual([]);
  });

  test("a check-out of a refused check-in is refused with it, and removed with it", async () => {
    const queue = await started();
    server.before = () => new Unreachable();
    const { key } = await queue.submit(checkIn(), label);
    await queue.submit({ kind: "checkOut", visit: { checkIn: key }, body: { at: "2026-11-21T01:30:00Z" } }, label);
    server.before = () => refusal(403, "not_in_force");
    await queue.flush();
    expect(queue.snapshot().map((entry) => entry.refused?.code)).toEqual(["not_in_force", "not_in_force"]);
    await queue.remove(key);
    expect(queue.snapshot()).toEqual([]);
  });

  test("signed out it waits; another account neither sees nor sends it", async () => {
    const queue = await started();
    server.before = () => refusal(401, "unauthenticated");
    await queue.submit(checkIn(), label);
    expect(retries).toEqual([]);
    delete server.before;
    await queue.serve("account2");
    await queue.flush();
    expect(queue.snapshot()).toEqual([]);
    expect(server.effects.size).toBe(0);
    await queue.serve("account1");
    await queue.flush();
    expect(server.effects.size).toBe(1);
  });

  test("submissions made at the same time are all sent, each once", async () => {
    const queue = await started();
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => queue.submit(checkIn(String(i)), label)));
    expect(outcomes.every((outcome) => outcome.state === "sent")).toBe(true);
    expect(server.effects.size).toBe(20);
    expect(server.calls).toHaveLength(20);
  });

  test("listeners hear of every change and see a stable snapshot in between", async () => {
    const queue = await started();
    let heard = 0;
    const stop = queue.subscribe(() => ++heard);
    await queue.submit(checkIn(), label);
    expect(heard).toBeGreaterThan(0);
    expect(queue.snapshot()).toBe(queue.snapshot());
    stop();
    const before = heard;
    await queue.submit(checkIn(), label);
    expect(heard).toBe(before);
  });
});
