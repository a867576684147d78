// What the app keeps on the device, in IndexedDB: submissions that wait for the network, drafts, and a little of the
// own record so that the app opens offline. Where the browser refuses a database (some private windows), memory stands
// in and nothing outlives the tab.

export type Table = "queue" | "drafts" | "kept";
const tables: readonly Table[] = ["queue", "drafts", "kept"];

/** Whose device it is: the row of `kept` under which everything of an account is written. */
const session = "session";
interface Holder {
  account: string;
}

/** The account has been signed out since, here or in another tab: nothing was written. */
export class NotHeld extends Error {}

export interface Rows {
  get<T>(table: Table, key: string): Promise<T | undefined>;
  /** All rows of a table, by key. */
  all<T>(table: Table): Promise<T[]>;
  /** With an account: only as long as the device is held by it, judged where the row is written; else NotHeld. */
  put(table: Table, key: string, value: unknown, account?: string): Promise<void>;
  /** Over a row that is still there; one that has gone does not come back. */
  replace(table: Table, key: string, value: unknown): Promise<void>;
  remove(table: Table, key: string): Promise<void>;
}

export interface DeviceStore extends Rows {
  /** The device is held by this session's account from now on: what is kept of another goes, its drafts too. True if there was one. */
  hold(held: Holder): Promise<boolean>;
  /** Everything, or the tables named. Throws only when it is still there after all that can be tried. */
  wipe(which?: readonly Table[]): Promise<void>;
  /** What the other tabs do not share. */
  wipeOwn(): Promise<void>;
}

const isOf = (account: string, draft: string): boolean => draft.startsWith(`${account}/`);

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** A write counts only when its transaction is complete, so that what the person was told is kept really is. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const patience = 15_000;

/** A database that does not answer, as one that a sleeping tab holds up, has failed. */
function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the database does not answer")), patience);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => tables.forEach((table) => request.result.createObjectStore(table));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Other tabs that have it open let go of it. */
const destroy = (name: string): Promise<unknown> => inTime(done(indexedDB.deleteDatabase(name)));

class Indexed implements DeviceStore {
  private opened: Promise<IDBDatabase> | undefined;

  constructor(private readonly name: string) {}

  get<T>(table: Table, key: string): Promise<T | undefined> {
    return this.read(table, (store) => store.get(key));
  }
  all<T>(table: Table): Promise<T[]> {
    return this.read(table, (store) => store.getAll());
  }
  put(table: Table, key: string, value: unknown, account?: string): Promise<void> {
    return this.write(account === undefined ? [table] : [table, "kept"], async (transaction) => {
      if (account !== undefined && (await holderIn(transaction))?.account !== account) throw new NotHeld();
      transaction.objectStore(table).put(value, key);
    });
  }
  replace(table: Table, key: string, value: unknown): Promise<void> {
    return this.write([table], async (transaction) => {
      const store = transaction.objectStore(table);
      if ((await done(store.count(key))) > 0) store.put(value, key);
    });
  }
  remove(table: Table, key: string): Promise<void> {
    return this.write([table], (transaction) => void transaction.objectStore(table).delete(key));
  }
  hold(held: Holder): Promise<boolean> {
    return this.write(["kept", "drafts"], async (transaction) => {
      const before = await holderIn(transaction);
      const [kept, drafts] = [transaction.objectStore("kept"), transaction.objectStore("drafts")];
      if (before?.account !== held.account) {
        kept.clear();
        for (const key of await done(drafts.getAllKeys())) if (!isOf(held.account, String(key))) drafts.delete(key);
      }
      kept.put(held, session);
      return before !== undefined && before.account !== held.account;
    });
  }
  async wipe(which: readonly Table[] = tables): Promise<void> {
    const clear = () => inTime(this.write(which, (all) => which.forEach((table) => all.objectStore(table).clear())));
    try {
      await clear();
    } catch {
      this.letGo(); // it may be the connection that is broken
      await clear().catch(async (error: unknown) => {
        if (which.length < tables.length) throw error;
        this.letGo();
        await destroy(this.name);
      });
    }
  }

  async wipeOwn(): Promise<void> {}

  /** Opened now, for whoever wants to know whether it can be. */
  connect(): Promise<IDBDatabase> {
    this.opened ??= open(this.name).then(
      (database) => {
        noteOpened(this.name);
        database.onversionchange = database.onclose = () => this.letGo();
        return database;
      },
      (error: unknown) => {
        this.opened = undefined;
        throw error;
      },
    );
    return this.opened;
  }
  private letGo(): void {
    void this.opened?.then((database) => database.close(), () => undefined);
    this.opened = undefined;
  }
  private async begin(which: readonly Table[], mode: IDBTransactionMode): Promise<IDBTransaction> {
    const database = await this.connect();
    try {
      return database.transaction([...which], mode, { durability: "strict" });
    } catch (error) {
      if ((error as DOMException).name !== "InvalidStateError") throw error;
      this.letGo(); // the browser has closed it
      return (await this.connect()).transaction([...which], mode, { durability: "strict" });
    }
  }
  private async read<T>(table: Table, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return done(ask((await this.begin([table], "readonly")).objectStore(table)));
  }
  private async write<T>(which: readonly Table[], change: (all: IDBTransaction) => T | Promise<T>): Promise<T> {
    const transaction = await this.begin([...new Set(which)], "readwrite");
    const complete = committed(transaction);
    try {
      const answer = await change(transaction);
      await complete;
      return answer;
    } catch (error) {
      complete.catch(() => undefined);
      try {
        transaction.abort();
      } catch {
        // it has ended by itself
      }
      throw error;
    }
  }
}

const holderIn = (transaction: IDBTransaction): Promise<Holder | undefined> =>
  done(transaction.objectStore("kept").get(session));

export class Memory implements DeviceStore {
  private readonly rows = new Map<Table, Map<string, unknown>>(tables.map((table) => [table, new Map()]));

  async get<T>(table: Table, key: string): Promise<T | undefined> {
    return structuredClone(this.rows.get(table)!.get(key)) as T | undefined;
  }
  async all<T>(table: Table): Promise<T[]> {
    return structuredClone(
      [...this.rows.get(table)!.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value),
    ) as T[];
  }
  async put(table: Table, key: string, value: unknown, account?: string): Promise<void> {
    if (account !== undefined && this.holder()?.account !== account) throw new NotHeld();
    this.rows.get(table)!.set(key, structuredClone(value));
  }
  async replace(table: Table, key: string, value: unknown): Promise<void> {
    if (this.rows.get(table)!.has(key)) this.rows.get(table)!.set(key, structuredClone(value));
  }
  async remove(table: Table, key: string): Promise<void> {
    this.rows.get(table)!.delete(key);
  }
  async hold(held: Holder): Promise<boolean> {
    const before = this.holder();
    const drafts = this.rows.get("drafts")!;
    if (before?.account !== held.account) {
      this.rows.get("kept")!.clear();
      for (const key of [...drafts.keys()]) if (!isOf(held.account, key)) drafts.delete(key);
    }
    this.rows.get("kept")!.set(session, structuredClone(held));
    return before !== undefined && before.account !== held.account;
  }
  async wipe(which: readonly Table[] = tables): Promise<void> {
    which.forEach((table) => this.rows.get(table)!.clear());
  }
  async wipeOwn(): Promise<void> {
    tables.forEach((table) => this.rows.get(table)!.clear());
  }
  private holder(): Holder | undefined {
    return this.rows.get("kept")!.get(session) as Holder | undefined;
  }
}

/** In the place of a database that did not open this time: what an earlier opening left in it goes, too. */
class StandIn extends Memory {
  constructor(private readonly name: string) {
    super();
  }
  override async wipe(which?: readonly Table[]): Promise<void> {
    await super.wipe(which);
    if (wasOpened(this.name)) await new Indexed(this.name).wipe(which);
  }
}

// Whether there can be anything in a database that does not open: browsers that refuse one never opened it.
const mark = (name: string): string => `luytre.stored.${name}`;

function noteOpened(name: string): void {
  try {
    localStorage.setItem(mark(name), "1");
  } catch {
    // a browser that keeps nothing
  }
}

function wasOpened(name: string): boolean {
  try {
    return localStorage.getItem(mark(name)) !== null;
  } catch {
    return false;
  }
}

export async function openStore(name = "luytre"): Promise<DeviceStore> {
  const store = new Indexed(name);
  return store.connect().then(
    () => store,
    () => new StandIn(name),
  );
}
