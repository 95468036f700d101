/* The relations of an entity as a small picture: it stands in the middle, the others on both sides, what each is to it
 * below, and an arrow from who owns or directs to what is owned or directed. The list beside it says the same and more, so
 * that who has it read out, or has no room for the picture, misses nothing. */
import { Name } from "../../parts/basic"
import { Section } from "../../parts/page"
import { to } from "../../shell/router"
import { hasMessage, t, word } from "../../text/messages"
import { leadsHere } from "./relations"
import type { Relation } from "./relations"

const WIDTH = 760
const ROW = 64
const BOX = { width: 200, height: 40 }
const DRAWN_MOST = 12
/* Ends whose names say nothing without the kind of the link. */
const NAMELESS = new Set(["person", "subject", "object"])

const keyOf = ({ kind, end, id }: Relation): string => `${kind} ${end} ${id}`

/* "Owned by", "Owns", "Member": what the other is to the entity. */
function titleOf({ kind, end }: Relation): string {
  const said = `link.${kind}.${end}`
  if (hasMessage(said)) return t(said)
  return !NAMELESS.has(end) && hasMessage(`property.${end}`) ? word("property", end) : word("schema", kind)
}

function Box({ x, y, text, height = BOX.height }: { x: number; y: number; text: string; height?: number }) {
  return (
    <foreignObject x={x - BOX.width / 2} y={y - height / 2} width={BOX.width} height={height}>
      <div class={height > BOX.height ? "box own" : "box"}>
        <p>
          <Name text={text} />
        </p>
      </div>
    </foreignObject>
  )
}

function Picture({ caption, relations }: { caption: string; relations: readonly Relation[] }) {
  const drawn = relations.slice(0, DRAWN_MOST)
  const sides = [drawn.filter((_, at) => at % 2 === 0), drawn.filter((_, at) => at % 2 === 1)]
  const height = Math.max(1, ...sides.map((side) => side.length)) * ROW + 24
  const middle = { x: WIDTH / 2, y: height / 2 }
  const all = sides.flatMap((side, which) =>
    side.map((relation, at) => {
      const outwards = which ? 1 : -1
      const y = middle.y + (at - (side.length - 1) / 2) * ROW
      const from = middle.x + (outwards * BOX.width) / 2,
        x = which ? WIDTH - BOX.width / 2 - 4 : BOX.width / 2 + 4,
        end = x - (outwards * BOX.width) / 2
      return { relation, x, y, path: `M${from} ${middle.y}C${end} ${middle.y} ${from} ${y} ${end} ${y}` }
    }),
  )
  return (
    <svg class="graph" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
      <marker
        id="arrow"
        viewBox="0 0 9 8"
        refX="9"
        refY="4"
        markerWidth="7"
        markerHeight="6"
        orient="auto-start-reverse"
      >
        <path d="M0 0L9 4L0 8" />
      </marker>
      {all.map(({ relation, x, y, path }) => (
        <g key={keyOf(relation)}>
          <path d={path} {...{ [leadsHere(relation) ? "marker-start" : "marker-end"]: "url(#arrow)" }} />
          <Box x={x} y={y} text={relation.caption} />
          <text x={x} y={y + BOX.height / 2 + 14} text-anchor="middle">
            {titleOf(relation)}
          </text>
        </g>
      ))}
      <Box x={middle.x} y={middle.y} text={caption} height={height} />
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
            <li key={keyOf(each)}>
              <span class="dim">{titleOf(each)}</span>{" "}
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
