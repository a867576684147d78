// Milestones on paper, without a map beneath: where they lie to each other, true to scale, numbered by time. Those at one point share a mark.

export interface Placed {
  id: string;
  point?: { latitude: number; longitude: number } | undefined;
}

export interface Mark {
  x: number;
  y: number;
  /** Which milestones, by their number in time, from 1. */
  numbers: number[];
}

export interface Layout {
  marks: Mark[];
  /** The way from one to the next, as "x,y x,y …". */
  way: string;
  /** A round length and how long it is drawn. */
  scale: { metres: number; length: number };
  place: (latitude: number, longitude: number) => { x: number; y: number };
}

/** Of a unit, around its area: longitude and latitude in turn, ring by ring. */
export interface Outlined {
  unit: string;
  name: string;
  rings: readonly { points: readonly number[] }[];
}

/** What is drawn beneath: a path, and where its name stands if the middle of what is seen of it is on the paper. */
export interface Ground {
  unit: string;
  name: string;
  path: string;
  middle: { x: number; y: number };
}

const metresOfDegree = 111_320;
const margin = 24;
const least = 200; // metres across: a single point is drawn as in its neighbourhood
const rounds = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];

/** By time already. Undefined: none says where it lies. */
export function layoutOf(milestones: readonly Placed[], width: number, height: number): Layout | undefined {
  const placed = milestones.flatMap(({ point }, index) => (point ? [{ point, number: index + 1 }] : []));
  if (placed.length === 0) return undefined;
  const middle = placed.reduce((sum, { point }) => sum + point.latitude, 0) / placed.length;
  const east = placed.map(({ point }) => point.longitude * metresOfDegree * Math.cos((middle * Math.PI) / 180));
  const north = placed.map(({ point }) => point.latitude * metresOfDegree);
  const [west, right, south, top] = [Math.min(...east), Math.max(...east), Math.min(...north), Math.max(...north)];
  const perMetre = Math.min((width - 2 * margin) / Math.max(right - west, least), (height - 2 * margin) / Math.max(top - south, least));
  const onPaper = (metresEast: number, metresNorth: number) => ({
    x: Math.round(width / 2 + (metresEast - (west + right) / 2) * perMetre),
    y: Math.round(height / 2 - (metresNorth - (south + top) / 2) * perMetre),
  });
  const at = placed.map((_, index) => onPaper(east[index]!, north[index]!));
  const place = (latitude: number, longitude: number) =>
    onPaper(longitude * metresOfDegree * Math.cos((middle * Math.PI) / 180), latitude * metresOfDegree);
  const marks = new Map<string, Mark>();
  at.forEach(({ x, y }, index) => {
    const mark = marks.get(`${x} ${y}`) ?? { x, y, numbers: [] };
    mark.numbers.push(placed[index]!.number);
    marks.set(`${x} ${y}`, mark);
  });
  const metres = rounds.findLast((one) => one * perMetre <= width / 3) ?? rounds[0]!;
  return { marks: [...marks.values()], way: at.map(({ x, y }) => `${x},${y}`).join(" "), scale: { metres, length: metres * perMetre }, place };
}

/** Those that reach onto the paper. */
export function groundOf(outlines: readonly Outlined[], { place }: Layout, width: number, height: number): Ground[] {
  return outlines.flatMap(({ unit, name, rings }) => {
    const xs: number[] = [];
    const ys: number[] = [];
    const path = rings
      .map(({ points }) => {
        const steps: string[] = [];
        for (let i = 0; i + 1 < points.length; i += 2) {
          const { x, y } = place(points[i + 1]!, points[i]!);
          xs.push(x);
          ys.push(y);
          steps.push(`${x} ${y}`);
        }
        return `M${steps.join("L")}Z`;
      })
      .join("");
    if (xs.length === 0) return [];
    const least = (of: readonly number[]) => of.reduce((a, b) => Math.min(a, b));
    const most = (of: readonly number[]) => of.reduce((a, b) => Math.max(a, b));
    const [left, right] = [Math.max(0, least(xs)), Math.min(width, most(xs))];
    const [top, bottom] = [Math.max(0, least(ys)), Math.min(height, most(ys))];
    if (left >= right || top >= bottom) return [];
    return [{ unit, name, path, middle: { x: Math.round((left + right) / 2), y: Math.round((top + bottom) / 2) } }];
  });
}
