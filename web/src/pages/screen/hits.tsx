/* The hits of a query: each with what was typed and what is listed side by side, in their own scripts, its score, and,
 * when it is opened, why. */
import type { ComponentChildren } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"

import { api } from "../../api/client"
import { useLoad } from "../../api/load"
import type { Answer, Hit, Query, Record as Listed } from "../../api/shapes"
import { Badge, Code, Name } from "../../parts/basic"
import { Icon } from "../../parts/icons"
import { Score } from "../../parts/score"
import { Empty, Note } from "../../parts/state"
import { go, to } from "../../shell/router"
import { may } from "../../shell/session"
import { useShortcuts } from "../../shell/shortcuts"
import { number, scriptOf } from "../../text/format"
import { t, word } from "../../text/messages"
import { Why } from "./why"

/* The names of a record to be shown beside the one that was met: the caption, and one in the other script. */
function otherNames(hit: Hit, listed: Listed | undefined): string[] {
  const met = hit.name ?? hit.caption
  const all = [...(listed?.properties.name ?? []), ...(listed?.properties.alias ?? [])]
  const other = all.find((name) => scriptOf(name).dir !== scriptOf(met).dir)
  return [...new Set([hit.caption, other])].filter((name): name is string => !!name && name !== met)
}

/* The records of the hits, when one may see them; hits are shown without waiting for them. */
function useListed(hits: readonly Hit[]): ReadonlyMap<string, Listed> {
  const ids = hits.slice(0, 10).map((hit) => hit.entity)
  const loaded = useLoad(
    async (stop) => {
      if (!may("lists.read")) return new Map<string, Listed>()
      const answers = await Promise.allSettled(
        ids.map((id) => api("GET /entities/{id}", { place: { id }, signal: stop })),
      )
      return new Map(
        answers.flatMap((each, at) => (each.status === "fulfilled" ? [[ids[at]!, each.value.entity]] : [])),
      )
    },
    [ids.join()],
  )
  return loaded.value ?? new Map()
}

function HitCard({
  hit,
  query,
  listed,
  open,
  current,
  toggle,
}: {
  hit: Hit
  query: Query
  listed: Listed | undefined
  open: boolean
  current: boolean
  toggle: () => void
}) {
  const asked = query.properties.name
  const name = Array.isArray(asked) ? String(asked[0]) : String(asked ?? "")
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (current) card.current?.scrollIntoView({ block: "nearest" })
  }, [current])
  return (
    <article class="hit" ref={card} aria-current={current ? "true" : undefined} data-entity={hit.entity}>
      <header>
        <div class="hit-names">
          <p class="asked">
            <span class="unseen">{t("screen.asked")} </span>
            <Name text={name} />
          </p>
          <p class="met">
            <span class="unseen">{t("screen.listed")} </span>
            <Name text={hit.name ?? hit.caption} strong />
            {otherNames(hit, listed).map((other) => (
              <span key={other} class="also">
                <Name text={other} />
              </span>
            ))}
          </p>
        </div>
        <Score value={hit.score} weight={hit.weight} />
      </header>
      <p class="row hit-facts">
        <Badge tone="accent">{hit.list}</Badge>
        <span>{word("schema", hit.schema)}</span>
        <Code text={hit.reference} />
        {may("lists.read") && <a href={to(`entities/${encodeURIComponent(hit.entity)}`)}>{t("screen.all_facts")}</a>}
      </p>
      <details open={open}>
        <summary
          onClick={(event) => {
            event.preventDefault()
            toggle()
          }}
        >
          {t("screen.why")}
        </summary>
        {open && <Why hit={hit} query={query} listed={listed} />}
      </details>
    </article>
  )
}

/* That nothing was found says only something of what was looked at. */
function NoHit() {
  const loaded = useLoad(async (stop) => (may("lists.read") ? api("GET /index", { signal: stop }) : null), [])
  const index = loaded.value
  return (
    <Empty icon="check" title={t("screen.none")}>
      {index && <p>{t("screen.none_of", { n: index.lists.length, entities: number(index.entities) })}</p>}
      <p>{t("screen.none_text")}</p>
      {may("lists.read") && (
        <p>
          <a href={to("lists")}>{t("screen.none_lists")}</a>
        </p>
      )}
    </Empty>
  )
}

function Doubts({ answer }: { answer: Answer }) {
  if (!answer.not_done && !answer.cut) return null
  return (
    <Note tone="warning">
      <p class="strong">{t("screen.not_all")}</p>
      {answer.not_done && <p dir="auto">{answer.not_done}</p>}
    </Note>
  )
}

export function Hits({
  answer,
  query,
  busy,
  actions,
}: {
  answer: Answer
  query: Query
  busy: boolean
  actions: ComponentChildren
}) {
  const { hits, total } = answer
  const listed = useListed(hits)
  const [at, setAt] = useState(0)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const first = hits[0]?.entity
  useEffect(() => {
    setAt(0)
    setOpen(new Set(first ? [first] : []))
  }, [first])
  const toggle = (id: string) =>
    setOpen((before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]))
  const current = hits[Math.min(at, hits.length - 1)]
  useShortcuts([
    { keys: "j", title: t("screen.next"), run: () => setAt(Math.min(at + 1, hits.length - 1)) },
    { keys: "k", title: t("screen.previous"), run: () => setAt(Math.max(at - 1, 0)) },
    { keys: "o", title: t("screen.why"), run: () => current && toggle(current.entity) },
    {
      keys: "e",
      title: t("screen.all_facts"),
      run: () => current && may("lists.read") && go(to(`entities/${encodeURIComponent(current.entity)}`)),
    },
  ])
  return (
    <section class={busy ? "hits reloading" : "hits"} aria-busy={busy} aria-label={t("screen.hits")}>
      <div class="row apart hits-head">
        <p class={hits.length || answer.not_done ? "strong" : "unseen"} role="status">
          {t("screen.count", { n: total ?? hits.length })}
          {total !== undefined && total > hits.length && (
            <span class="dim"> {t("screen.best", { n: hits.length })}</span>
          )}
        </p>
        <div class="actions">{actions}</div>
      </div>
      <Doubts answer={answer} />
      {!hits.length && !answer.not_done && <NoHit />}
      {hits.map((hit) => (
        <HitCard
          key={hit.entity}
          hit={hit}
          query={query}
          listed={listed.get(hit.entity)}
          open={open.has(hit.entity)}
          current={hits.length > 1 && hit === current}
          toggle={() => toggle(hit.entity)}
        />
      ))}
      {hits.length > 0 && (
        <p class="dim small legend">
          <Icon name="info" /> {t("screen.legend")}
        </p>
      )}
    </section>
  )
}
