// For tests that feed parsers with what no one thought of: the same inputs at every run, random ones and damaged good ones.

export const seed = 20_261_122; // named by every failure: see rounds()

/** Mulberry32 (Tommy Ettinger): numbers in [0, 1). */
function random(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

// What parsers of ours give a meaning to, and what none of them expects.
const letters = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz<«|:/?#.-_ ,;*!%\\\"'\n\r\t\0đẠıİſßﬁ０٣　", "\u0301", "\ud800", "\udc00", "😀"];
const mostRandom = 200;

/** `count` inputs: every sample as it is, then damaged ones, two joined, and random text. */
export function* rounds(samples: readonly string[], count: number): Generator<{ text: string; round: string }> {
  const next = random(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const damaged = (text: string): string => {
    const at = below(text.length + 1);
    const to = at + below(4);
    switch (below(8)) {
      case 0:
        return text.slice(0, at) + text.slice(to); // lost
      case 1:
        return text.slice(0, at) + text.slice(at, to) + text.slice(at); // twice
      case 2:
        return text.slice(0, at) + one(letters) + text.slice(at); // added
      case 3:
        return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2); // exchanged
      case 4:
        return next() < 0.5 ? text.toLowerCase() : text.toUpperCase();
      case 5:
        return text.slice(at) + text.slice(0, at);
      default:
        return text.slice(0, at) + one(letters) + text.slice(at + 1); // misread
    }
  };
  for (let i = 0; i < count; ++i) {
    let text: string;
    if (i < samples.length) text = samples[i]!;
    else if (below(10) === 0) text = Array.from({ length: below(mostRandom) }, () => one(letters)).join("");
    else {
      text = one(samples);
      if (below(10) === 0) text += one(["", "\n", " "]) + one(samples);
      for (let times = 1 + below(3); times > 0; --times) text = damaged(text);
    }
    yield { text, round: `seed ${seed}, round ${i}: ${JSON.stringify(text)}` };
  }
}
