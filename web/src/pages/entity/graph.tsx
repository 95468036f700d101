/* The relations of an entity as a small picture: it stands in the middle, the others on both sides, the kind of each link
 * on its line. The list beside it says the same and more, so that who has it read out misses nothing. */
import { Name } from "../../parts/basic"
import { Section } from "../../parts/page"
import { to } from "../../shell/router"
import { scriptOf } from "../../text/format"
import { t, word } from "../../text/messages"
import type { Relation } from "./relations"

const WIDTH = 720
const ROW = 56
const BOX = { width: 210, height: 34 }
const DRAWN_MOST = 12
const LETTERS_MOST = 26

const cut = (text: string): string => (text.length > LETTERS_MOST ? `${text.slice(0, LETTERS_MOST - 1)}…` : text)

function Box({ x, y, text, own }: { x: number; y: number; text: string; own?: boolean }) {
  return (
    <g class={own ? "own" : undefined}>
      <rect x={x - BOX.width / 2} y={y - BOX.height / 2} width={BOX.width} height={BOX.height} rx={7} />
      <text x={x} y={y + 5} text-anchor="middle" direction={scriptOf(text).dir}>
        {cut(text)}
      </text>
    </g>
  )
}

function Picture({ caption, relations }: { caption: string; relations: readonly Relation[] }) {
  const drawn = relations.slice(0, DRAWN_MOST)
  const sides = [drawn.filter((_, at) => at % 2 === 0), drawn.filter((_, at) => at % 2 === 1)]
  const height = Math.max(1, ...sides.map((side) => side.length)) * ROW + 24
  const middle = { x: WIDTH / 2, y: height / 2 }
  const place = (side: number, at: number) => ({
    x: side ? WIDTH - BOX.width / 2 - 4 : BOX.width / 2 + 4,
    y: middle.y + (at - (sides[side]!.length - 1) / 2) * ROW,
  })
  const all = sides.flatMap((side, which) => side.map((relation, at) => ({ relation, ...place(which, at) })))
  return (
    <svg class="graph" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
      {all.map(({ relation, x, y }) => (
        <g key={relation.kind + relation.id}>
          <path d={`M${middle.x} ${middle.y}C${(middle.x + x) / 2} ${middle.y} ${(middle.x + x) / 2} ${y} ${x} ${y}`} />
          <Box x={x} y={y} text={relation.caption} />
          <text class="kind" x={x} y={y + BOX.height / 2 + 14} text-anchor="middle">
            {word("schema", relation.kind)}
          </text>
        </g>
      ))}
      <Box x={middle.x} y={middle.y} text={caption} own />
    </svg>
  )
}

export function Relations({ caption, relations }: { caption: string; relations: readonly Relation[] }) {
  if (!relations.length) return null
  return (
    <Section title={t("entity.relations")}>
      <div class="panel stack">
        <Picture caption={caption} relations={relations} />
        <ul class="relations">
          {relations.map((each) => (
            <li key={each.kind + each.id}>
              <span class="dim">{word("schema", each.kind)}</span>{" "}
              <a href={to(`entities/${encodeURIComponent(each.id)}`)}>
                <Name text={each.caption} />
              </a>
              {each.note && (
                <span class="dim">
                  {" "}
                  · <Name text={each.note} />
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Section>
  )
}
