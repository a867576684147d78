// Plots as SVG: two logarithmic axes, points and lines in one colour a series. Small enough to be read in a diff.
const kWidth = 720;
const kHeight = 400;
const kLeft = 80;
const kRight = 40;
const kTop = 48;
const kBottom = 56;
const kColours = ['#1b6ca8', '#c2571a', '#2e7d4f', '#7a4fa3', '#8a6d1d', '#a3324c'];  // told apart by the colour-blind, and in grey

const short = (n) => (n >= 1e6 ? `${n / 1e6} M` : n >= 1e3 ? `${n / 1e3} k` : String(n));
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

// Whole powers of ten around the values.
function axis(values, from, to) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const place = (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  return { place, ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)) };
}

// series: [{ name, points: [[x, y], …], line }]
export function logPlot({ title, x, y, series }) {
  const points = series.flatMap((s) => s.points);
  const across = axis(points.map((p) => p[0]), kLeft, kWidth - kRight);
  const up = axis(points.map((p) => p[1]), kHeight - kBottom, kTop);
  const at = ([px, py]) => [across.place(px).toFixed(1), up.place(py).toFixed(1)];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${kWidth} ${kHeight}" font-family="sans-serif" font-size="13" fill="#222">`,
    `<rect width="${kWidth}" height="${kHeight}" fill="#fff"/>`,
    `<text x="${kLeft}" y="22" font-size="15">${escaped(title)}</text>`,
  ];
  for (const tick of across.ticks) {
    const px = across.place(tick).toFixed(1);
    parts.push(`<path d="M${px} ${kTop}V${kHeight - kBottom}" stroke="#ddd"/><text x="${px}" y="${kHeight - kBottom + 18}" text-anchor="middle">${short(tick)}</text>`);
  }
  for (const tick of up.ticks) {
    const py = up.place(tick).toFixed(1);
    parts.push(`<path d="M${kLeft} ${py}H${kWidth - kRight}" stroke="#ddd"/><text x="${kLeft - 8}" y="${Number(py) + 4}" text-anchor="end">${short(tick)}</text>`);
  }
  parts.push(`<text x="${(kLeft + kWidth - kRight) / 2}" y="${kHeight - 12}" text-anchor="middle">${escaped(x)}</text>`);
  parts.push(`<text transform="translate(18 ${(kTop + kHeight - kBottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`);
  let legend = kLeft;
  series.forEach((s, i) => {
    const colour = kColours[i % kColours.length];
    if (s.line) parts.push(`<path d="M${s.points.map((p) => at(p).join(' ')).join('L')}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    const radius = s.line ? 4 : 2;
    for (const point of s.points) {
      const [px, py] = at(point);
      parts.push(`<circle cx="${px}" cy="${py}" r="${radius}" fill="${colour}"/>`);
    }
    parts.push(`<circle cx="${legend + 5}" cy="36" r="4" fill="${colour}"/><text x="${legend + 14}" y="40">${escaped(s.name)}</text>`);
    legend += 24 + 7.5 * s.name.length;
  });
  return `${parts.join('\n')}\n</svg>\n`;
}
