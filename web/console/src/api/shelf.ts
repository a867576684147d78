// Where the outbox keeps what waits: IndexedDB, sealed with a key that this browser makes and does not give out. That protects against who reads
// the files of the device, not against who opens this browser as its user.
import type { Seal, Sealed, Shelf } from "../logic/outbox";

const rows = "waiting";
const keys = "keys";

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** A write counts only when its transaction is complete. */
const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });

let opening: Promise<IDBDatabase> | undefined;
function database(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("luytre-console", 1);
    request.onupgradeneeded = () => [rows, keys].forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function write(name: string, change: (store: IDBObjectStore) => void): Promise<void> {
  const transaction = (await database()).transaction(name, "readwrite", { durability: "strict" });
  change(transaction.objectStore(name));
  await committed(transaction);
}

const read = async <T>(name: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
  done(ask((await database()).transaction(name).objectStore(name)));

const apart = "/";

/** What one outbox keeps; several share the device, each by the start of its keys. */
export const shelfOf = (about: string): Shelf => {
  const start = about && about + apart;
  const own = (name: string) => (start ? name.startsWith(start) : !name.includes(apart));
  return {
    all: async () => {
      // In one transaction: what another outbox puts or removes between would shift the names against the rows.
      const store = (await database()).transaction(rows).objectStore(rows);
      const [names, sealed] = await Promise.all([done(store.getAllKeys()), done<Sealed[]>(store.getAll())]);
      return sealed.flatMap((one, index) => {
        const name = String(names[index]);
        return own(name) ? [{ key: name.slice(start.length), sealed: one }] : [];
      });
    },
    put: (key, sealed) => write(rows, (store) => void store.put(sealed, start + key)),
    remove: (key) => write(rows, (store) => void store.delete(start + key)),
  };
};

const algorithm = "AES-GCM";

async function ownKey(): Promise<CryptoKey> {
  const known = await read<CryptoKey | undefined>(keys, (store) => store.get(algorithm));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, ["encrypt", "decrypt"]);
  // Of two tabs that make one at once the first one's counts.
  await write(keys, (store) => void store.add(made, algorithm)).catch(() => undefined);
  return (await read<CryptoKey | undefined>(keys, (store) => store.get(algorithm)))!;
}

export const seal: Seal = {
  seal: async (text) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, text: await crypto.subtle.encrypt({ name: algorithm, iv }, await ownKey(), new TextEncoder().encode(text)) };
  },
  open: async ({ iv, text }) => new TextDecoder().decode(await crypto.subtle.decrypt({ name: algorithm, iv }, await ownKey(), text)),
};
