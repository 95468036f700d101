/* One box to screen a name in any script, more fields on demand; hits come while one types. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing, useLoad } from "../../api/load"
import type { Answer, Query } from "../../api/shapes"
import { Button } from "../../parts/basic"
import { Page } from "../../parts/page"
import { Note, ProblemNote } from "../../parts/state"
import { go, parameter, to } from "../../shell/router"
import { may } from "../../shell/session"
import { useShortcuts } from "../../shell/shortcuts"
import { toast } from "../../shell/toasts"
import { t } from "../../text/messages"
import { Hits } from "./hits"
import { Fields } from "./fields"
import { isDateUnread, nothing, queryOf, typed } from "./query"

const DELAY_MS = 250
const HITS_MOST = 25

/* The query, once typing has paused. */
function useSettled(query: Query | null): Query | null {
  const text = JSON.stringify(query)
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), DELAY_MS)
    return () => clearTimeout(timer)
  }, [text])
  return useMemo(() => JSON.parse(settled) as Query | null, [settled])
}

/* Keeps the screening: its hits become alerts of a case, once. */
function OpenCase({ query }: { query: Query }) {
  const doing = useDoing()
  const open = () =>
    doing.run(async () => {
      const kept = await api("POST /screenings", { body: { query, limit: HITS_MOST } })
      if (kept.raised) toast(t("screen.raised", { n: kept.raised }))
      else if (kept.quiet) toast(t("screen.quiet", { n: kept.quiet }))
      else if (kept.known) toast(t("screen.known"))
      if (kept.case && may("cases.read")) go(to(`cases/${kept.case}`))
    })
  return (
    <>
      <Button icon="plus" tone="main" busy={doing.busy} onClick={() => void open()}>
        {t("screen.open_case")}
      </Button>
      <ProblemNote problem={doing.problem} />
    </>
  )
}

function Results({ query }: { query: Query }) {
  const loaded = useLoad<Answer>(
    (stop) => api("POST /screen", { query: { limit: HITS_MOST }, body: query, signal: stop }),
    [JSON.stringify(query)],
  )
  const answer = loaded.value
  const actions = answer && answer.hits.length > 0 && may("screen") && may("subjects.read") && (
    <OpenCase query={query} />
  )
  return (
    <>
      <ProblemNote problem={loaded.problem} retry={loaded.reload} />
      {answer ? (
        <Hits answer={answer} query={query} busy={loaded.loading} actions={actions || null} />
      ) : (
        loaded.loading && (
          <p class="loading" role="status">
            {t("screen.running")}
          </p>
        )
      )}
    </>
  )
}

function Lesson() {
  return (
    <div class="lesson">
      <h2>{t("screen.lesson_title")}</h2>
      <ul>
        <li>{t("screen.lesson_script")}</li>
        <li>{t("screen.lesson_number")}</li>
        <li>{t("screen.lesson_more")}</li>
        <li>{t("screen.lesson_private")}</li>
      </ul>
    </div>
  )
}

export default function ScreenPage() {
  const kind = parameter("kind") || "LegalEntity"
  const lists = parameter("lists").split(",").filter(Boolean)
  const query = useSettled(queryOf(typed.value, kind, lists))
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => box.current?.focus(), [])
  useShortcuts([
    {
      keys: "Escape",
      title: t("screen.clear"),
      run: () => {
        typed.value = nothing
        box.current?.focus()
      },
    },
  ])
  return (
    <Page title={t("screen.title")} lead={t("screen.lead")}>
      <Fields kind={kind} lists={lists} box={box} />
      {isDateUnread(typed.value, kind) ? (
        <Note tone="warning">{t("screen.birth_unread")}</Note>
      ) : query ? (
        <Results query={query} />
      ) : (
        <Lesson />
      )}
    </Page>
  )
}
