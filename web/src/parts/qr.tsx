/* A QR code, of whose rows the service tells which squares are dark, with the light border that readers need. */
const QUIET = 4

export function Qr({ rows, label }: { rows: string[]; label: string }) {
  const side = rows.length + 2 * QUIET
  const path = rows
    .flatMap((row, y) => [...row].map((dark, x) => (dark === "1" ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")))
    .join("")
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
