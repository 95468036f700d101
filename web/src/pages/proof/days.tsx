/* What came in and what was decided, day by day. The bars are drawn in days and numbers and stretched to the room there is;
 * what is to be read stands around them as text, in the same size in every window, and runs from right to left where the
 * language does. Days on which nothing happened have their place, too. */
import { Time } from "../../parts/basic"
import { day, number } from "../../text/format"
import { t } from "../../text/messages"

type Day = { day: string; raised: number; decided: number }

const DAY_MS = 86_400_000

function everyDay(rows: readonly Day[], since: string, until: string): Day[] {
  const known = new Map(rows.map((row) => [row.day, row]))
  const days: Day[] = []
  const last = Date.parse(until) - 1 // the period ends before it
  for (let at = Date.parse(since.slice(0, 10)); at <= last; at += DAY_MS) {
    const name = new Date(at).toISOString().slice(0, 10)
    days.push(known.get(name) ?? { day: name, raised: 0, decided: 0 })
  }
  return days
}

/* Where the scale ends: the next even number of the unit that the figures are counted in. */
function top(most: number): number {
  const unit = 2 * 10 ** Math.max(0, Math.floor(Math.log10(most / 2)))
  return Math.max(2, Math.ceil(most / unit) * unit)
}

export function Days({ rows, since, until }: { rows: readonly Day[]; since: string; until: string }) {
  const days = everyDay(rows, since, until)
  const most = top(Math.max(1, ...days.map((each) => Math.max(each.raised, each.decided))))
  const bar = (tone: string, x: number, height: number) => (
    <rect class={tone} x={x} y={most - height} width={0.4} height={height} />
  )
  return (
    <figure class="curve days">
      <div class="scale small dim" aria-hidden="true">
        {[most, most / 2, 0].map((each) => (
          <span key={each}>{number(each)}</span>
        ))}
      </div>
      <svg
        viewBox={`0 0 ${days.length} ${most}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("figures.by_day_text")}
      >
        <path d={[0, most / 2, most].map((y) => `M0 ${y}H${days.length}`).join("")} />
        {days.map((each, at) => (
          <g key={each.day}>
            <title>{`${day(each.day)}\n${t("figures.raised")} ${each.raised}\n${t("figures.decided")} ${each.decided}`}</title>
            {bar("for", at + 0.1, each.raised)}
            {bar("against", at + 0.5, each.decided)}
          </g>
        ))}
      </svg>
      <p class="row apart small dim">
        {[...new Set([0, days.length >> 1, days.length - 1])].map((at) => (
          <Time key={at} at={days[at]?.day} as="day" />
        ))}
      </p>
      <figcaption>
        <span class="key">{t("figures.raised")}</span>
        <span class="key against">{t("figures.decided")}</span>
      </figcaption>
    </figure>
  )
}
