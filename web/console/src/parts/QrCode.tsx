// A QR code drawn on this machine; what it holds goes nowhere.
import { encode } from "uqr";

export function QrCode({ text, label, size = 208 }: { text: string; label: string; size?: number }) {
  const code = encode(text, { ecc: "M", border: 2 });
  const path = code.data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg viewBox={`0 0 ${code.size} ${code.size}`} width={size} height={size} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={path} fill="#17211b" />
    </svg>
  );
}
