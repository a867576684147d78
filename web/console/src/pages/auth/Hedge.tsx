// A bamboo hedge at night, drawn from a few rows of stalks; the same each time.
interface Stalk {
  x: number;
  top: number;
  lean: number;
  width: number;
}

/** A small fixed sequence, so that the hedge does not change between visits. */
function* fractions(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 16807) % 2147483647;
    yield state / 2147483647;
  }
}

function row(seed: number, count: number, width: number): Stalk[] {
  const next = fractions(seed);
  return Array.from({ length: count }, (_, i) => ({
    x: ((i + 0.2 + next.next().value * 0.6) / count) * 800,
    top: 60 + next.next().value * 300,
    lean: (next.next().value - 0.5) * 46,
    width: width * (0.75 + next.next().value * 0.5),
  }));
}

const rows = [
  { stalks: row(11, 26, 9), colour: "var(--bamboo-900)" },
  { stalks: row(29, 17, 13), colour: "var(--bamboo-800)" },
  { stalks: row(53, 9, 18), colour: "var(--bamboo-700)" },
];

/** Internodes from the ground up, longest in the middle, with a gap at each node. */
function segments({ x, top, lean, width }: Stalk): string {
  const path: string[] = [];
  const nodes = Math.max(4, Math.round((900 - top) / (width * 6.5)));
  for (let i = 0; i < nodes; i++) {
    const [low, high] = [i / nodes, (i + 1) / nodes];
    const at = (share: number) => `${(x + lean * share * share).toFixed(1)} ${(900 - (900 - top) * share).toFixed(1)}`;
    const gap = (width * 0.62) / (900 - top);
    path.push(`M${at(low + gap)}L${at(high - gap)}`);
  }
  return path.join("");
}

export function Hedge() {
  return (
    <svg viewBox="0 0 800 900" preserveAspectRatio="xMidYMax slice" aria-hidden>
      {rows.map(({ stalks, colour }) => (
        <g key={colour} stroke={colour} fill="none" strokeLinecap="round">
          {stalks.map((stalk) => (
            <path key={stalk.x} d={segments(stalk)} strokeWidth={stalk.width} />
          ))}
        </g>
      ))}
    </svg>
  );
}
