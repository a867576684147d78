// The codes of orders in what was scanned, pasted, or read from a file: of each line all of them, or the line itself where there is none, so that it
// is told as unreadable and not lost.

const codes = /LTQ\.[0-9A-Z]+|LTQ-[0-9A-Z]{4}-[0-9A-Z]{4}/gi;
const longest = 300;

export function orderCodes(text: string): string[] {
  const found = text
    .replace(/^\uFEFF/, "")
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .flatMap((line) => line.match(codes) ?? [line.slice(0, longest)]);
  return [...new Set(found)];
}
