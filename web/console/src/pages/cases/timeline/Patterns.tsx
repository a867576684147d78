/** Hatching for stays whose end is estimated, one per level. */
export function Patterns() {
  return (
    <defs>
      {[
        ["1", "var(--turmeric-300)", "var(--turmeric-50)"],
        ["2", "var(--indigo-300)", "var(--indigo-50)"],
        ["3", "var(--line-2)", "#fff"],
      ].map(([level, line, ground]) => (
        <pattern key={level} id={`hatch-${level}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill={ground} />
          <rect width="2.6" height="5" fill={line} />
        </pattern>
      ))}
    </defs>
  );
}
