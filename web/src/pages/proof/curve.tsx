/* A curve over thresholds: shares from 0 to 1 along scores from 0.5 to 1. Drawn from left to right in every language, as
 * scales of figures are; the figures themselves stand in the tables beside it. */
export type Line = { title: string; tone: "for" | "against"; values: readonly number[] }

const WIDE = 640,
  HIGH = 300,
  LEFT = 66,
  BOTTOM = 34,
  TOP = 10,
  RIGHT = 12

export function Curve({
  label,
  thresholds,
  lines,
  mark,
}: {
  label: string
  thresholds: readonly number[]
  lines: readonly Line[]
  mark?: number
}) {
  const first = thresholds[0] ?? 0.5,
    last = thresholds[thresholds.length - 1] ?? 1
  const x = (threshold: number) => LEFT + ((threshold - first) / (last - first || 1)) * (WIDE - LEFT - RIGHT)
  const y = (share: number) => TOP + (1 - share) * (HIGH - TOP - BOTTOM)
  const path = (values: readonly number[]) =>
    values.map((value, at) => `${at ? "L" : "M"}${x(thresholds[at] ?? 1).toFixed(1)} ${y(value).toFixed(1)}`).join("")
  const marks = [0, 0.25, 0.5, 0.75, 1],
    steps = [0.5, 0.6, 0.7, 0.8, 0.9, 1].filter((each) => each >= first && each <= last)
  return (
    <figure class="curve" dir="ltr">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={label}>
        {marks.map((each) => (
          <g key={each} class="scale">
            <line x1={LEFT} x2={WIDE - RIGHT} y1={y(each)} y2={y(each)} />
            <text x={LEFT - 6} y={y(each) + 4} text-anchor="end">
              {Math.round(each * 100)} %
            </text>
          </g>
        ))}
        {steps.map((each) => (
          <text key={each} class="scale" x={x(each)} y={HIGH - 10} text-anchor="middle">
            {each.toFixed(1)}
          </text>
        ))}
        {mark !== undefined && <line class="mark" x1={x(mark)} x2={x(mark)} y1={TOP} y2={HIGH - BOTTOM} />}
        {lines.map((line) => (
          <path key={line.title} class={`line ${line.tone}`} d={path(line.values)} />
        ))}
      </svg>
      <figcaption>
        {lines.map((line) => (
          <span key={line.title} class={`key ${line.tone}`} dir="auto">
            {line.title}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
