// Answers that may overtake each other: what was asked later is newer.

/** To be called when something is asked; what it answers says, when the answer is there, whether none that is newer was shown. */
export function newest(): () => () => boolean {
  let [asked, shown] = [0, 0];
  return () => {
    const mine = ++asked;
    return () => {
      if (mine < shown) return false;
      shown = mine;
      return true;
    };
  };
}
