/* How alike, and why: the score as a figure with a bar, and its evidence as bars that add up to it.
 *
 * The parts are drawn on one scale from 0 to 1, each beginning where the one before ended, as one lays weights on a
 * balance: what speaks for it goes forward, what speaks against it back, and the last ends at the score. The same
 * stands in words and figures beside each bar, so the picture is never the only place of anything. */
import { Fragment } from "preact"
import type { ComponentChildren } from "preact"

import { bits as bitsText, points, score as scoreText } from "../text/format"
import { t, tx, word } from "../text/messages"
import { Value } from "./facts"

export type EvidencePart = {
  rule: string
  property: string
  query?: string
  entity?: string
  points: number
  bits: number
  text?: string
}

/* From the left also in Arabic: a scale of figures. */
const share = (value: number): string => `${Math.max(0, Math.min(1, value)) * 100}%`

export function Score({ value, weight }: { value: number; weight?: number }) {
  return (
    <span
      class="score"
      dir="ltr"
      title={weight === undefined ? undefined : t("score.weight", { bits: bitsText(weight) })}
    >
      <span class="score-figure">{scoreText(value)}</span>
      <span class="score-bar" aria-hidden="true">
        <span style={{ inlineSize: share(value) }} />
      </span>
    </span>
  )
}

function Bar({ from, to }: { from: number; to: number }) {
  const low = Math.min(from, to),
    high = Math.max(from, to)
  return (
    <span class="bar" dir="ltr" aria-hidden="true">
      <span
        class={to < from ? "against" : "for"}
        style={{ insetInlineStart: share(low), inlineSize: `max(2px, ${share(high - low)})` }}
      />
    </span>
  )
}

function Row({ part, from, to }: { part: EvidencePart; from: number; to: number }) {
  const moved = points(from, to),
    bits = t("score.bits", { bits: bitsText(part.bits) })
  return (
    <li>
      <span class="what" dir="auto">
        {part.text ?? <PlainText part={part} />}
        {moved === points(0, 0) && part.bits !== 0 && <span class="dim small"> · {bits}</span>}
      </span>
      <Bar from={from} to={to} />
      <span class="points" dir="ltr" title={bits}>
        {moved}
      </span>
    </li>
  )
}

/* By the codes, in the reader's language: until the sentence of the service has come, or where it is not asked for. */
function PlainText({ part: { rule, property, query, entity } }: { part: EvidencePart }): ComponentChildren {
  const sides = [query, query && (rule === "same" || query === entity) ? "" : entity].filter(
    (text) => !!text,
  ) as string[]
  if (!sides.length) return word("rule", rule)
  const what = sides.map((text, at) => (
    <Fragment key={text}>
      {at > 0 && " ~ "}
      <bdi>
        <Value property={rule === "country" ? rule : property} text={text} />
      </bdi>
    </Fragment>
  ))
  return tx("score.part", { rule: word("rule", rule), what: <>{what}</> })
}

export function EvidenceBars({
  parts,
  score,
  label,
}: {
  parts: readonly EvidencePart[]
  score: number
  label: string
}) {
  let sum = 0
  const rows = parts.map((part) => {
    const from = sum
    sum += part.points
    return { part, from, to: sum }
  })
  return (
    <ul class="evidence" aria-label={label}>
      {rows.map((row, at) => (
        <Row key={at} {...row} />
      ))}
      <li class="sum">
        <span class="what">{t("score.sum")}</span>
        <Bar from={0} to={score} />
        <span class="points" dir="ltr">
          {scoreText(score)}
        </span>
      </li>
    </ul>
  )
}
