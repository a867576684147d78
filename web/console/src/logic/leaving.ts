// Leaving the console. Whoever leaves without a network has left this page, but their session on the server lives on, and its cookie
// cannot be taken from here: that is said, and made up for as soon as the server answers, also when the page was loaded anew meanwhile.
import { ApiError } from "@luytre/shared/api";

const kept = "luytre.leaving";

export interface Place {
  /** Ends the session on the server. */
  end: () => Promise<unknown>;
  memory: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Loads the page anew, so that nothing that was read stays in memory. */
  loadAnew: () => void;
}

export interface Leaving {
  leave: () => Promise<void>;
  /** Somebody has left this tab, but their session lives. */
  left: () => boolean;
  watch: (watcher: () => void) => () => void;
  /** Ends a session whose officer has left; answers whether there was one to end. Throws when the server cannot be reached. */
  makeUp: () => Promise<boolean>;
  /** Somebody has signed in: nobody is leaving any more. */
  entered: () => void;
}

export function createLeaving({ end, memory, loadAnew }: Place): Leaving {
  let left = false;
  const watchers = new Set<() => void>();
  // A browser may refuse to keep anything.
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };
  const entered = () => void attempt(() => memory.removeItem(kept));
  /** One that is over already is no obstacle. */
  const endSession = async () => {
    try {
      await end();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    }
    entered();
  };
  return {
    left: () => left,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    entered,
    leave: async () => {
      attempt(() => memory.setItem(kept, "yes"));
      try {
        await endSession();
      } catch {
        left = true;
        watchers.forEach((watcher) => watcher());
        return;
      }
      loadAnew();
    },
    makeUp: async () => {
      if (!attempt(() => memory.getItem(kept))) return false;
      await endSession();
      return true;
    },
  };
}
