import "fake-indexeddb/auto";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Memory, NotHeld, openStore, type DeviceStore } from "./store";

const engines: [string, () => Promise<DeviceStore>][] = [
  ["IndexedDB", () => openStore(crypto.randomUUID())],
  ["memory", async () => new Memory()],
];
const an = { account: "an", level: "full" };
const anAgain = { account: "an", level: "again" };
const binh = { account: "binh", level: "full" };

/** Every row of a database, whoever reads it. */
async function rows(name: string): Promise<unknown[]> {
  const request = indexedDB.open(name);
  const database = await new Promise<IDBDatabase>((resolve, reject) =>
    Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }),
  );
  const found: unknown[] = [];
  for (const table of database.objectStoreNames) {
    const all = database.transaction(table).objectStore(table).getAll();
    found.push(...(await new Promise<unknown[]>((resolve) => (all.onsuccess = () => resolve(all.result)))));
  }
  database.close();
  return found;
}

describe.each(engines)("what an account keeps over %s", (_, open) => {
  let store: DeviceStore;
  beforeEach(async () => {
    store = await open();
  });

  test("is written only while the device is held by it", async () => {
    await expect(store.put("kept", "people", ["An"], "an")).rejects.toThrow(NotHeld);
    await store.hold(an);
    await store.put("kept", "people", ["An"], "an");
    await expect(store.put("drafts", "binh/f/p", {}, "binh")).rejects.toThrow(NotHeld);
    await store.wipe();
    for (const table of ["kept", "drafts", "queue"] as const) {
      await expect(store.put(table, "late", ["An"], "an")).rejects.toThrow(NotHeld);
      expect(await store.all(table)).toEqual([]);
    }
  });

  test("goes when another account comes, its drafts too; what it has waiting stays for it", async () => {
    expect(await store.hold(an)).toBe(false);
    await store.put("kept", "people", ["An"], "an");
    await store.put("drafts", "an/f/p", { fever: true }, "an");
    await store.put("queue", "1", { account: "an" }, "an");
    expect(await store.hold(anAgain)).toBe(false);
    expect(await store.get("kept", "people")).toEqual(["An"]);
    expect(await store.hold(binh)).toBe(true);
    expect([await store.all("kept"), await store.all("drafts"), await store.all("queue")]).toEqual([
      [binh],
      [],
      [{ account: "an" }],
    ]);
  });

  test("drafts of an account whose session had ended by itself go, too, when another comes", async () => {
    await store.hold(an);
    await store.put("drafts", "an/f/p", { fever: true }, "an");
    await store.put("drafts", "binh/f/p", { fever: false });
    await store.wipe(["kept"]);
    expect(await store.hold(binh)).toBe(false);
    expect(await store.all("drafts")).toEqual([{ fever: false }]);
  });

  test("a row that has gone is not put back by what replaces it", async () => {
    await store.put("queue", "1", { n: 1 });
    await store.replace("queue", "1", { n: 2 });
    await store.remove("queue", "2");
    await store.replace("queue", "2", { n: 3 });
    expect(await store.all("queue")).toEqual([{ n: 2 }]);
  });
});

describe("a database that resists", () => {
  let name: string;
  const memory = new Map<string, string>();
  const transaction = IDBDatabase.prototype.transaction;
  const open = indexedDB.open.bind(indexedDB);
  const failing = (error: Error): never => {
    throw error;
  };

  beforeEach(() => {
    name = crypto.randomUUID();
    memory.clear();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => memory.get(key) ?? null,
      setItem: (key: string, value: string) => void memory.set(key, value),
    });
  });
  afterEach(() => {
    IDBDatabase.prototype.transaction = transaction;
    indexedDB.open = open;
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  test("another tab's late write finds a device that nobody holds", async () => {
    const [here, there] = [await openStore(name), await openStore(name)];
    await here.hold(an);
    await there.put("kept", "people", ["An"], "an");
    await Promise.allSettled([here.wipe(), there.put("kept", "forms", ["f"], "an"), there.put("queue", "1", {}, "an")]);
    expect(await rows(name)).toEqual([]);
  });

  test("closed by the browser, it is opened again", async () => {
    const store = await openStore(name);
    await store.hold(an);
    let closes = 0;
    IDBDatabase.prototype.transaction = function (...given) {
      if (closes++ === 0) this.close();
      return transaction.apply(this, given);
    };
    await store.put("kept", "people", ["An"], "an");
    expect(closes).toBe(2);
    closes = 0;
    await store.wipe();
    expect(closes).toBe(2);
    expect(await rows(name)).toEqual([]);
  });

  test("what cannot be cleared is deleted, although another tab has it open", async () => {
    const [store, other] = [await openStore(name), await openStore(name)];
    await store.hold(an);
    await other.put("queue", "1", { account: "an" }, "an");
    IDBDatabase.prototype.transaction = function (which, mode, ...given) {
      if (mode === "readwrite") failing(new DOMException("broken", "UnknownError"));
      return transaction.call(this, which, mode, ...given);
    };
    await store.wipe();
    IDBDatabase.prototype.transaction = transaction;
    expect((await indexedDB.databases()).map((each) => each.name)).not.toContain(name);
    expect(await other.all("queue"), "and the other tab goes on").toEqual([]);
    expect(await store.all("kept")).toEqual([]);
  });

  test("a wipe that fails in every way says so; the queue of others is not deleted to get rid of a name", async () => {
    const store = await openStore(name);
    await store.hold(an);
    IDBDatabase.prototype.transaction = () => failing(new DOMException("broken", "UnknownError"));
    await expect(store.wipe(["kept"])).rejects.toThrow("broken");
    const { deleteDatabase } = indexedDB;
    indexedDB.deleteDatabase = () => failing(new DOMException("no", "UnknownError"));
    await expect(store.wipe()).rejects.toThrow("no");
    indexedDB.deleteDatabase = deleteDatabase;
    IDBDatabase.prototype.transaction = transaction;
    expect(await rows(name)).toEqual([an]);
  });

  test("a database that does not answer is not waited for for ever", async () => {
    const store = await openStore(name);
    await store.hold(an);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    indexedDB.open = () => ({}) as IDBOpenDBRequest;
    IDBDatabase.prototype.transaction = () => failing(new DOMException("closing", "InvalidStateError"));
    const wiped = expect(store.wipe(["kept"])).rejects.toThrow("does not answer");
    await vi.advanceTimersByTimeAsync(60_000);
    await wiped;
  });

  test("memory stands in for a database that did not open this time, and empties that one, too", async () => {
    const before = await openStore(name);
    await before.hold(an);
    await before.put("kept", "people", ["An"], "an");
    indexedDB.open = () => failing(new DOMException("backing store", "UnknownError"));
    const store = await openStore(name);
    await store.hold(an);
    await store.put("kept", "people", ["An"], "an");
    await store.wipeOwn();
    expect(await store.all("kept")).toEqual([]);
    await expect(store.wipe(["kept"]), "it is there, and nobody can tell what is in it").rejects.toThrow("backing store");
    indexedDB.open = open;
    await store.wipe(["kept"]);
    expect(await rows(name)).toEqual([]);

    await before.hold(an);
    indexedDB.open = () => failing(new DOMException("backing store", "UnknownError"));
    await store.wipe();
    indexedDB.open = open;
    expect((await indexedDB.databases()).map((each) => each.name)).not.toContain(name);
  });

  test("a browser that refuses databases has nothing to empty", async () => {
    const refused = () => failing(new DOMException("refused", "SecurityError"));
    const { deleteDatabase } = indexedDB;
    indexedDB.open = indexedDB.deleteDatabase = refused;
    const store = await openStore(name);
    await store.hold(an);
    await store.wipe();
    indexedDB.deleteDatabase = deleteDatabase;
    expect(await store.all("kept")).toEqual([]);
  });
});
