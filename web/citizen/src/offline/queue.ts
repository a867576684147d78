// The queue of check-ins (made by oneself or by a place's keeper), check-outs and declarations. Each is written to the
// device with its idempotency key before it is sent, and removed when the server has answered; so what was tapped is
// never lost, and however often it is sent, it counts once. What is wiped meanwhile does not come back with its answer.
// Entries go in the order they were made, but those with pictures after all others. A check-out of a
// check-in that still waits follows it and learns the visit's number from its answer; so do companions at a gate.
//
// No answer, 5xx, 429: the entry waits and is tried again, later and later. Signed out: it waits for its own account.
// Missing consent: it waits until that is given, without holding up the others, or until the person removes it.
// Recorded, and undone or deleted before the answer came: done, so it is removed.
// Any other refusal is final: the entry stays, marked with the reason, until the person has read it and removes it. Whoever
// is looking has read it at once, unless their screen goes away with it (`stays`). On a device of several people nothing of
// whom it was about stays with it (`bare`).

import {
  ApiError,
  Unreachable,
  type Body,
  type GateAdmission,
  type GateAmbulance,
  type GateAmbulancePeople,
  type GateCompanions,
  type GateDeparture,
  type GateRefusal,
  type KeeperAdmission,
  type Problem,
} from "@luytre/shared/api";

import type { Rows } from "./store";

export interface Entry {
  /** Idempotency key; also the order, as it begins with the time it was made. */
  key: string;
  account: string;
  madeAt: string;
  what: Submission;
  /** What to show while it waits; the own household's names only. */
  label: { person?: string; place?: string };
  refused?: Problem;
  /** The purpose to which the person must agree before it can be sent. */
  needs?: string;
}

export type Submission =
  | { kind: "checkIn"; body: { placeCode: string; person?: string; at: string; capacity?: string } }
  | { kind: "checkOut"; visit: { id: string } | { checkIn: string }; body: { at: string } }
  /** A keeper has scanned the code that a person shows; `at` is when it was shown. */
  | { kind: "admit"; place: string; body: { personCode: string; zone?: string; at: string } }
  /** At the keeper's own door: somebody without our code. */
  | { kind: "entry"; place: string; body: KeeperAdmission }
  /** At a gate, by a guard on duty: somebody let in, or turned back. */
  | { kind: "gateEntry"; body: GateAdmission }
  | { kind: "gateRefusal"; body: GateRefusal }
  | { kind: "gateDeparture"; body: GateDeparture }
  /** Who came along with an entry that may still wait itself. */
  | { kind: "gateCompanions"; entry: { id: string } | { gateEntry: string }; body: GateCompanions }
  | { kind: "gateAmbulance"; body: GateAmbulance }
  | { kind: "gateAmbulancePeople"; ambulance: string; body: GateAmbulancePeople }
  /** A visitor's answers, asked by the guard. */
  | { kind: "gateDeclaration"; place: string; body: Body<"/api/v1/gates/{id}/declarations", "post"> }
  /** At a checkpoint's lane: a vehicle, the end of a test, the queue, the handover. */
  | { kind: "lane"; path: LanePath; body: LaneBody }
  /** From door to door, by a volunteer of a community team. */
  | { kind: "door"; path: DoorPath; body: LaneBody }
  | {
      kind: "declaration";
      body: {
        form: string;
        version: string;
        person?: string;
        at: string;
        place?: string;
        /** Where the journey leads. */
        unit?: string;
        /** The version that it replaces. */
        corrects?: string;
        response: unknown;
        /** The pictures that it names, with their content: they go with it, or wait with it. */
        pictures?: { url: string; data: string }[];
      };
    };

/** Each says when it happened, by the clock of the device. */
export type LaneBody = { at: string; [field: string]: unknown };
export type LanePath = `/api/v1/lane/${"passages" | "settlements" | "queues" | "handovers"}`;

export type DoorPath = `/api/v1/team/${"findings" | "declarations"}`;

/** Sends one entry and gives the answer; throws ApiError or Unreachable, that also when it is to stop. A check-out has its visit's number by then. */
export type Send = (entry: Entry, stop?: AbortSignal) => Promise<unknown>;

export type Outcome =
  { state: "sent"; answer: unknown } | { state: "waiting"; needs?: string } | { state: "refused"; problem: Problem };

/** What another tab was answered that entries of this one may follow. */
interface Told {
  key: string;
  id: string;
}
type Channel = Pick<BroadcastChannel, "postMessage"> & { onmessage: ((event: MessageEvent<Told>) => void) | null };

export interface QueueOptions {
  now?: () => number;
  random?: () => string;
  /** Runs one flush at a time, across tabs too. */
  exclusively?: <T>(work: () => Promise<T>) => Promise<T>;
  wait?: (milliseconds: number, then: () => void) => void;
  /** To the app's other tabs, which send this one's entries, too. */
  channel?: Channel;
  onSent?: (entry: Entry, answer: unknown) => void;
  /** The server wants the person's agreement first. */
  onNeeds?: (purpose: string) => void;
  /** All that is kept of what was refused; unless said, the whole of it. */
  bare?: (what: Submission) => Submission;
  /** Refused for this, an entry stays although somebody is looking. */
  stays?: (problem: Problem) => boolean;
}

const firstPause = 2_000;
const longestPause = 5 * 60_000;

export class Queue {
  private entries: readonly Entry[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly options: Required<Omit<QueueOptions, "channel">>;
  private readonly channel: Channel | undefined;
  private account: string | undefined;
  private pause = firstPause;
  private timed = false;
  /** Stops what is slow to send: something else is to go first. It is sent again. */
  private heavy: AbortController | undefined;
  /** Keys that submit() waits for; whichever flush sends them leaves the outcome here. */
  private readonly watched = new Map<string, Outcome>();
  /** What those were answered that others may follow, for who follows after they have gone. */
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly store: Rows,
    private readonly send: Send,
    { channel, ...options }: QueueOptions = {},
  ) {
    this.channel = channel;
    if (channel)
      channel.onmessage = ({ data }) => {
        this.ids.set(data.key, data.id);
        void this.reload();
      };
    let tail: Promise<unknown> = Promise.resolve();
    this.options = {
      now: Date.now,
      random: () => crypto.randomUUID(),
      exclusively: (work) => {
        const next = tail.then(work, work);
        tail = next.catch(() => undefined);
        return next;
      },
      wait: (milliseconds, then) => void setTimeout(then, milliseconds),
      onSent: () => undefined,
      onNeeds: () => undefined,
      bare: (what) => what,
      stays: () => false,
      ...options,
    };
  }

  /** The signed-in account, whose entries may be sent; undefined: nobody, nothing is sent. */
  async serve(account: string | undefined): Promise<void> {
    this.account = account;
    await this.reload();
    if (account) void this.flush();
  }

  /** What waits or was refused, of the account served, oldest first. The same array until something changes. */
  snapshot = (): readonly Entry[] => this.entries;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /**
   * Keeps it, then tries to send it and what waits before it. A refusal is answered here and not kept, unless it `stays`
   * or nobody is `looking` by then. Throws when the device cannot keep it: then it is not recorded.
   */
  async submit(what: Submission, label: Entry["label"], looking = () => true): Promise<Outcome & { key: string }> {
    if (!this.account) throw new Error("nobody is signed in");
    const made = this.options.now();
    const key = `${made.toString(36).padStart(9, "0")}-${this.options.random()}`;
    const entry: Entry = this.led({ key, account: this.account, madeAt: new Date(made).toISOString(), what, label });
    await this.store.put("queue", key, entry);
    if (!isHeavy(entry)) this.heavy?.abort();
    this.watched.set(key, { state: "waiting" });
    try {
      await this.reload();
      await this.flush();
    } catch {
      this.tryAgain(); // it is kept, so it is recorded: were the caller told otherwise, they would record it again
    }
    const outcome = this.watched.get(key)!;
    this.watched.delete(key);
    if (outcome.state === "refused" && looking() && !this.options.stays(outcome.problem)) await this.remove(key);
    return { key, ...outcome };
  }

  /** Also takes away what waits for an entry that is removed. */
  async remove(key: string): Promise<void> {
    await this.options.exclusively(() => this.takeAway(key));
    await this.reload();
  }

  private async takeAway(key: string): Promise<void> {
    for (const entry of await this.stored())
      if (entry.key === key || follows(entry, key)) await this.store.remove("queue", entry.key);
  }

  /** Sends what waits. Never throws for what the server or the network does. */
  flush(): Promise<Map<string, Outcome>> {
    return this.options.exclusively(async () => {
      const outcomes = new Map<string, Outcome>();
      const account = this.account;
      // What is slow to send holds up nothing else.
      const all = await this.stored();
      for (const { key } of [...all.filter((each) => !isHeavy(each)), ...all.filter(isHeavy)]) {
        const found = await this.store.get<Entry>("queue", key); // fresh: an earlier one may have changed or removed it
        if (!found || found.refused || found.account !== account || this.account !== account) continue;
        const entry = this.led(found);
        // Its check-in waits for the person's agreement, else this would not have been reached.
        const outcome: Outcome = isFollower(entry) ? { state: "waiting" } : await this.attempt(entry);
        outcomes.set(key, outcome);
        if (this.watched.has(key)) this.watched.set(key, outcome);
        if (outcome.state === "waiting" && !outcome.needs && !isFollower(entry)) break;
      }
      await this.reload();
      return outcomes;
    });
  }

  /** The network is back: how long there was none says nothing of how long to wait when a try fails now. */
  back(): Promise<Map<string, Outcome>> {
    this.pause = firstPause;
    this.timed = false;
    return this.flush();
  }

  private async attempt(entry: Entry): Promise<Outcome> {
    try {
      this.heavy = isHeavy(entry) ? new AbortController() : undefined;
      const answer = await this.send(entry, this.heavy?.signal);
      this.pause = firstPause;
      if (leads(entry)) {
        const { id } = answer as { id: string };
        this.ids.set(entry.key, id);
        this.channel?.postMessage({ key: entry.key, id } satisfies Told);
        await this.tellFollowers(entry.key);
      }
      await this.store.remove("queue", entry.key);
      this.options.onSent(entry, answer);
      return { state: "sent", answer };
    } catch (error) {
      if (error instanceof ApiError && error.code === "consent_required") {
        const needs = error.problem.params?.purpose ?? "";
        await this.store.replace("queue", entry.key, { ...entry, needs } satisfies Entry);
        this.options.onNeeds(needs);
        return { state: "waiting", needs };
      }
      if (error instanceof ApiError && error.code === "visit_gone") {
        await this.takeAway(entry.key);
        return { state: "refused", problem: error.problem };
      }
      if (error instanceof ApiError && isFinal(error)) {
        await this.refuse(entry, error.problem);
        return { state: "refused", problem: error.problem };
      }
      if (!(error instanceof ApiError || error instanceof Unreachable)) throw error;
      // Without a session there is no use in trying; signing in calls serve().
      if (!(error instanceof ApiError && (error.status === 401 || error.status === 403))) this.tryAgain(error);
      return { state: "waiting" };
    }
  }

  private async tellFollowers(leader: string): Promise<void> {
    for (const other of await this.stored())
      if (follows(other, leader)) await this.store.replace("queue", other.key, this.led(other));
  }

  /** The entry with the number that it waits for, if that is known. */
  private led(entry: Entry): Entry {
    const id = this.ids.get(leaderOf(entry) ?? "");
    const { what } = entry;
    if (id && what.kind === "checkOut") return { ...entry, what: { ...what, visit: { id } } };
    if (id && what.kind === "gateCompanions") return { ...entry, what: { ...what, entry: { id } } };
    return entry;
  }

  private async refuse(entry: Entry, problem: Problem): Promise<void> {
    const refused = (each: Entry): Entry => ({ ...each, what: this.options.bare(each.what), refused: problem });
    await this.store.replace("queue", entry.key, refused(entry));
    for (const other of await this.stored())
      if (follows(other, entry.key)) await this.store.replace("queue", other.key, refused(other));
  }

  private tryAgain(error?: ApiError | Unreachable): void {
    if (this.timed) return;
    const asked = error instanceof ApiError && error.retryAfter ? error.retryAfter * 1000 : 0;
    this.timed = true;
    this.options.wait(Math.max(this.pause, asked), () => {
      this.timed = false;
      this.flush().catch(() => this.tryAgain());
    });
    this.pause = Math.min(this.pause * 2, longestPause);
  }

  private async stored(): Promise<Entry[]> {
    return (await this.store.all<Entry>("queue")).sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  private async reload(): Promise<void> {
    this.entries = (await this.stored()).filter((entry) => entry.account === this.account);
    this.listeners.forEach((listener) => listener());
  }
}

const leads = ({ what }: Entry): boolean => what.kind === "checkIn" || what.kind === "gateEntry";

/** The key of the entry whose answer it waits for. */
function leaderOf({ what }: Entry): string | undefined {
  if (what.kind === "checkOut" && "checkIn" in what.visit) return what.visit.checkIn;
  if (what.kind === "gateCompanions" && "gateEntry" in what.entry) return what.entry.gateEntry;
  return undefined;
}

const isHeavy = ({ what }: Entry): boolean =>
  (what.kind === "declaration" || what.kind === "gateDeclaration") && what.body.pictures !== undefined;
const isFollower = (entry: Entry): boolean => leaderOf(entry) !== undefined;
const follows = (entry: Entry, leader: string): boolean => leaderOf(entry) === leader;

/** Asking again with the same body cannot help. */
function isFinal(error: ApiError): boolean {
  if (error.status >= 500 || error.status === 429 || error.status === 408 || error.status === 401) return false;
  return error.code !== "second_proof_required";
}
