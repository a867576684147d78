// What an officer wrote down and the server has not answered yet. Each entry is kept on the device, sealed, before it is sent, and removed when
// the server has answered; its key makes that however often it is sent, it counts once. Entries go in the order they were made.
//
// No answer, 5xx, 429, signed out: it waits and is tried again, when the network is back or after a pause. Any other refusal is final: the entry
// stays with the reason until the officer has read it and removes it. An entry waits for the officer who made it, whoever signs in meanwhile.
import { ApiError, Unreachable, type Problem } from "@luytre/shared/api";

export interface Entry<Body> {
  /** Idempotency key; also the order, as it begins with the time it was made. */
  key: string;
  officer: string;
  /** What it is about: the case. */
  of: string;
  body: Body;
  refused?: Problem;
}

/** A place on the device that keeps rows by key; what it keeps it cannot read. */
export interface Shelf {
  all(): Promise<{ key: string; sealed: Sealed }[]>;
  put(key: string, sealed: Sealed): Promise<void>;
  remove(key: string): Promise<void>;
}
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  text: ArrayBuffer;
}
export interface Seal {
  seal(text: string): Promise<Sealed>;
  open(sealed: Sealed): Promise<string>;
}

interface Options<Body> {
  shelf: Shelf;
  seal: Seal;
  send: (entry: Entry<Body>) => Promise<unknown>;
  onSent?: (entry: Entry<Body>) => void;
  now?: () => number;
  random?: () => string;
  wait?: (milliseconds: number, then: () => void) => void;
}

export const pause = 20_000;

const isFinal = (error: ApiError): boolean => error.status < 500 && ![401, 408, 429].includes(error.status);

export class Outbox<Body> {
  private entries: readonly Entry<Body>[] = [];
  private officer: string | undefined;
  private sending: Promise<void> = Promise.resolve();
  private timed = false;
  private readonly watchers = new Set<() => void>();
  private readonly options: Required<Options<Body>>;

  constructor(options: Options<Body>) {
    this.options = {
      onSent: () => undefined,
      now: Date.now,
      random: () => crypto.randomUUID(),
      wait: (milliseconds, then) => void setTimeout(then, milliseconds),
      ...options,
    };
  }

  /** Whose entries are shown and sent; undefined: nobody's. */
  async serve(officer: string | undefined): Promise<void> {
    this.officer = officer;
    await this.reload();
    void this.flush();
  }

  /** Of the officer served, oldest first. The same array until something changes. */
  snapshot = (): readonly Entry<Body>[] => this.entries;

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /**
   * Resolved once it is kept. Throws when the device cannot keep it: then it is not recorded. `instead`: the key of one that it contains; that is
   * let go of when this one is kept, and before it is sent.
   */
  async add(of: string, body: Body, instead?: string): Promise<void> {
    const { officer } = this;
    if (!officer) throw new Error("nobody is signed in");
    const key = `${this.options.now().toString(36).padStart(9, "0")}-${this.options.random()}`;
    await this.keep({ key, officer, of, body });
    if (instead) await this.options.shelf.remove(instead);
    await this.reload();
    void this.flush();
  }

  async remove(key: string): Promise<void> {
    await this.options.shelf.remove(key);
    await this.reload();
  }

  /** Sends what waits, one after the other. */
  flush(): Promise<void> {
    this.sending = this.sending.then(() => this.sendAll()).catch(() => this.later());
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    for (const entry of await this.stored()) {
      if (entry.refused || entry.officer !== this.officer) continue;
      try {
        await this.options.send(entry);
      } catch (error) {
        if (error instanceof ApiError && isFinal(error)) {
          await this.keep({ ...entry, refused: error.problem });
          continue;
        }
        if (!(error instanceof ApiError || error instanceof Unreachable)) throw error;
        this.later();
        break;
      }
      await this.options.shelf.remove(entry.key);
      this.options.onSent(entry);
    }
    await this.reload();
  }

  private later(): void {
    if (this.timed) return;
    this.timed = true;
    this.options.wait(pause, () => {
      this.timed = false;
      void this.flush();
    });
  }

  private async keep(entry: Entry<Body>): Promise<void> {
    await this.options.shelf.put(entry.key, await this.options.seal.seal(JSON.stringify(entry)));
  }

  private async stored(): Promise<Entry<Body>[]> {
    const out: Entry<Body>[] = [];
    for (const { sealed } of await this.options.shelf.all()) {
      // What this browser can no longer open holds up nothing else.
      const text = await this.options.seal.open(sealed).catch(() => undefined);
      if (text !== undefined) out.push(JSON.parse(text) as Entry<Body>);
    }
    return out.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  private async reload(): Promise<void> {
    const all = this.officer ? await this.stored() : [];
    this.entries = all.filter(({ officer }) => officer === this.officer);
    this.watchers.forEach((watcher) => watcher());
  }
}
