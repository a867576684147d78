// What an officer took along to visit people without a network: kept on the device, sealed, and by nobody longer than a shift. It goes when they end
// it or sign out, when somebody else signs in, and by itself when its time is over: at once on an open page, else when the console is next opened.
import { localDate } from "@luytre/shared/time";

import type { FollowUpVisit, NewFollowUpEntry } from "../api/types";
import type { Seal, Shelf } from "./outbox";

/** This project's own: the longest shift of a station. */
export const shift = 12 * 3_600_000;
/** A clock that was put right by more says that the round's time cannot be told any more. */
const slack = 300_000;

export interface Round {
  officer: string;
  /** By the clock of the device, as everything here. */
  taken: number;
  visits: FollowUpVisit[];
}

interface Options {
  shelf: Shelf;
  seal: Seal;
  now?: () => number;
  wait?: (milliseconds: number, then: () => void) => () => void;
}

const only = "round";

const later = (milliseconds: number, then: () => void) => {
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
};

/** The visit as its strip shows it after an answer of that day. */
export function answered(visit: FollowUpVisit, finding: NewFollowUpEntry["finding"], today: string): FollowUpVisit {
  const weight = { symptoms: 3, none: 2, notReached: 1 } as const;
  const known = (state: FollowUpVisit["days"][number]["state"]) => (state in weight ? weight[state as keyof typeof weight] : 0);
  return { ...visit, days: visit.days.map((day) => (day.date === today && weight[finding] > known(day.state) ? { ...day, state: finding } : day)) };
}

export class Rounds {
  private round: Round | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private stop: (() => void) | undefined;
  private readonly watchers = new Set<() => void>();
  private readonly options: Required<Options>;

  constructor(options: Options) {
    this.options = { now: Date.now, wait: later, ...options };
  }

  snapshot = (): Round | undefined => this.round;

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** In the place of one before. Throws when the device cannot keep it: then nothing was taken along. */
  take(officer: string, visits: FollowUpVisit[]): Promise<void> {
    return this.inTurn(() => this.keep({ officer, taken: this.options.now(), visits }));
  }

  /** What the device has, if its time is not over. */
  open(): Promise<void> {
    return this.inTurn(async () => void (await this.read()));
  }

  /** Shown from now on without asking the server. */
  answer(of: string, finding: NewFollowUpEntry["finding"]): Promise<void> {
    return this.inTurn(async () => {
      const round = await this.read(); // another tab may have taken another one along, or have signed out
      if (!round) return;
      const today = localDate(this.options.now());
      await this.keep({ ...round, visits: round.visits.map((visit) => (visit.id === of ? answered(visit, finding, today) : visit)) });
    });
  }

  forget(): Promise<void> {
    this.show(undefined);
    return this.inTurn(() => this.drop());
  }

  /** Somebody else's is gone as soon as it is known who is at work. */
  async serve(officer: string): Promise<void> {
    await this.open();
    if (this.round && this.round.officer !== officer) await this.forget();
  }

  private isOver({ taken }: Round): boolean {
    const age = this.options.now() - taken;
    return age >= shift || age < -slack;
  }

  private async read(): Promise<Round | undefined> {
    const kept = (await this.options.shelf.all()).find(({ key }) => key === only);
    if (!kept) {
      this.show(undefined);
      return undefined;
    }
    // What this browser can no longer open is nobody's.
    const text = await this.options.seal.open(kept.sealed).catch(() => undefined);
    const round = text === undefined ? undefined : (JSON.parse(text) as Round);
    if (!round || this.isOver(round)) {
      await this.drop();
      return undefined;
    }
    this.show(round);
    return round;
  }

  private async keep(round: Round): Promise<void> {
    await this.options.shelf.put(only, await this.options.seal.seal(JSON.stringify(round)));
    this.show(round);
  }

  private async drop(): Promise<void> {
    this.show(undefined);
    await this.options.shelf.remove(only);
  }

  private show(round: Round | undefined): void {
    this.stop?.();
    this.stop = round && this.options.wait(Math.max(0, round.taken + shift - this.options.now()), () => void this.forget().catch(() => undefined));
    if (round === this.round) return;
    this.round = round;
    this.watchers.forEach((watcher) => watcher());
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
