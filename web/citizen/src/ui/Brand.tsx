// The mark and the hedge: bamboo culms with their nodes, drawn from a few numbers.

export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true">
      <rect width="48" height="48" rx="13" fill="#1f5d42" />
      <g fill="#f6f1e4">
        <rect x="10" y="20" width="6.5" height="9.5" rx="2" />
        <rect x="10" y="31" width="6.5" height="17" rx="2" />
        <rect x="20.7" y="9" width="6.5" height="12" rx="2" />
        <rect x="20.7" y="22.5" width="6.5" height="12" rx="2" />
        <rect x="20.7" y="36" width="6.5" height="12" rx="2" />
        <rect x="31.5" y="25" width="6.5" height="8" rx="2" />
        <rect x="31.5" y="34.5" width="6.5" height="13.5" rx="2" />
      </g>
      <path fill="#b5d36a" d="M28 21C31 12.5 37 9.5 43 9c-.5 7-5 12-15 12Z" />
      <path fill="#8fb84e" d="M19.5 17C17.5 11 13 8 7.5 8c0 5.5 4.5 9.5 12 9Z" />
    </svg>
  );
}

interface Culm {
  x: number;
  width: number;
  top: number;
  joint: number;
  shade: number;
}

// A fixed planting, denser to the right, where no text stands.
const planting: readonly Culm[] = [
  { x: 18, width: 9, top: 128, joint: 34, shade: 0.3 },
  { x: 58, width: 11, top: 112, joint: 40, shade: 0.4 },
  { x: 92, width: 8, top: 134, joint: 30, shade: 0.28 },
  { x: 128, width: 12, top: 96, joint: 44, shade: 0.42 },
  { x: 166, width: 9, top: 112, joint: 34, shade: 0.34 },
  { x: 196, width: 14, top: 72, joint: 48, shade: 0.55 },
  { x: 232, width: 10, top: 62, joint: 38, shade: 0.42 },
  { x: 258, width: 16, top: 6, joint: 54, shade: 0.8 },
  { x: 294, width: 11, top: 44, joint: 40, shade: 0.5 },
  { x: 322, width: 14, top: -10, joint: 50, shade: 0.72 },
  { x: 352, width: 10, top: 30, joint: 36, shade: 0.46 },
];

const leaves: readonly [x: number, y: number, turn: number, size: number][] = [
  [274, 52, -32, 1],
  [258, 60, 205, 0.8],
  [336, 36, -24, 0.9],
  [322, 46, 212, 1.05],
  [242, 84, -36, 0.7],
  [352, 62, -30, 0.7],
];

const height = 200;

export function Hedge({ className }: { className?: string | undefined }) {
  return (
    <svg className={className} viewBox={`0 0 360 ${height}`} preserveAspectRatio="xMaxYMax slice" aria-hidden="true">
      {planting.map(({ x, width, top, joint, shade }) => (
        <g key={x} fill="var(--hedge, #2c7a54)" opacity={shade}>
          {Array.from({ length: Math.ceil((height - top) / joint) }, (_, i) => (
            <rect key={i} x={x} y={top + i * joint} width={width} height={joint - 2.5} rx={width / 4} />
          ))}
        </g>
      ))}
      <g fill="var(--hedge-leaf, #8fb84e)">
        {leaves.map(([x, y, turn, size]) => (
          <path
            key={`${x}/${y}`}
            opacity={0.55 + size * 0.3}
            transform={`translate(${x} ${y}) rotate(${turn}) scale(${size})`}
            d="M0 0C10-9 30-10 46 0 30 9 10 8 0 0Z"
          />
        ))}
      </g>
    </svg>
  );
}
