// What the app keeps on the device, in IndexedDB: submissions that wait for the network, drafts, and a little of the
// own record so that the app opens offline. Where the browser refuses a database (some private windows), memory stands
// in and nothing outlives the tab.

export type Table = "queue" | "drafts" | "kept";
const tables: readonly Table[] = ["queue", "drafts", "kept"];

export interface DeviceStore {
  get<T>(table: Table, key: string): Promise<T | undefined>;
  /** All rows of a table, by key. */
  all<T>(table: Table): Promise<T[]>;
  put(table: Table, key: string, value: unknown): Promise<void>;
  remove(table: Table, key: string): Promise<void>;
  /** Everything, or the tables named. */
  wipe(which?: readonly Table[]): Promise<void>;
}

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

class Indexed implements DeviceStore {
  constructor(private readonly database: IDBDatabase) {}

  get<T>(table: Table, key: string): Promise<T | undefined> {
    return done(this.database.transaction(table).objectStore(table).get(key));
  }
  all<T>(table: Table): Promise<T[]> {
    return done(this.database.transaction(table).objectStore(table).getAll());
  }
  put(table: Table, key: string, value: unknown): Promise<void> {
    return this.write([table], (transaction) => transaction.objectStore(table).put(value, key));
  }
  remove(table: Table, key: string): Promise<void> {
    return this.write([table], (transaction) => transaction.objectStore(table).delete(key));
  }
  wipe(which: readonly Table[] = tables): Promise<void> {
    return this.write(which, (transaction) => which.forEach((table) => transaction.objectStore(table).clear()));
  }
  private write(which: readonly Table[], change: (transaction: IDBTransaction) => void): Promise<void> {
    const transaction = this.database.transaction([...which], "readwrite", { durability: "strict" });
    change(transaction);
    return committed(transaction);
  }
}

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
  async put(table: Table, key: string, value: unknown): Promise<void> {
    this.rows.get(table)!.set(key, structuredClone(value));
  }
  async remove(table: Table, key: string): Promise<void> {
    this.rows.get(table)!.delete(key);
  }
  async wipe(which: readonly Table[] = tables): Promise<void> {
    which.forEach((table) => this.rows.get(table)!.clear());
  }
}

export function openStore(name = "luytre"): Promise<DeviceStore> {
  return new Promise((resolve) => {
    let request: IDBOpenDBRequest;
    try {
      request = indexedDB.open(name, 1);
    } catch {
      resolve(new Memory());
      return;
    }
    request.onupgradeneeded = () => tables.forEach((table) => request.result.createObjectStore(table));
    request.onsuccess = () => resolve(new Indexed(request.result));
    request.onerror = () => resolve(new Memory());
  });
}
