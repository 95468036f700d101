/* A case: who it is about, what they were taken for and why, what was decided, and what is to be done. */
import { useEffect, useRef, useState } from "preact/hooks"

import type { Problem } from "../../api/client"
import { useLoad } from "../../api/load"
import { Badge, Time } from "../../parts/basic"
import { Page, Section, focusHeading } from "../../parts/page"
import { Note, Show } from "../../parts/state"
import { useShortcuts } from "../../shell/shortcuts"
import { go, to } from "../../shell/router"
import { may } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t } from "../../text/messages"
import { lastQueue } from "../../work/back"
import { DecideForm, dispositionOfKey } from "../../work/decide_form"
import type { Given } from "../../work/decide_form"
import { decide, readCase, undo } from "../../work/cases"
import type { CaseWhole, Disposition } from "../../work/cases"
import { ChangeProblem, Due, PhaseBadge, Person, schemaTitle, SubjectReference } from "../../work/words"
import { AlertPanel } from "./alert"
import { Attachments } from "./attachments"
import { Clearances } from "./clearances"
import { Decisions } from "./decisions"
import { History } from "./history"
import { Notes } from "./notes"
import { Papers } from "./papers"
import { Work } from "./work"

/* What a change needs: the case as it was seen, and to read it anew. */
export type CaseProps = { of: CaseWhole; reload: () => void }

function Decide({
  of,
  reload,
  disposition,
  onDisposition,
  chosen,
}: CaseProps & {
  disposition: Disposition | null
  onDisposition: (disposition: Disposition) => void
  chosen: readonly string[]
}) {
  const work = async (given: Given) => {
    const { decision, case: after } = await decide(of, { ...given, ...(chosen.length ? { alerts: [...chosen] } : {}) })
    const what = t(`disposition.${decision.disposition}`)
    toast(t(decision.phase === "proposed" ? "decide.proposed" : "decide.made", { label: of.label, what }), async () => {
      await undo(after, decision.id, "")
      reload()
    })
    reload()
  }
  return (
    <section class="panel" id="decide" aria-label={t("decide.title")}>
      <h2>{t("decide.title")}</h2>
      <p class="dim small">
        {chosen.length ? t("decide.on_some", { n: chosen.length }) : t("decide.on_all", { n: of.alerts })}
      </p>
      <DecideForm key={of.version} disposition={disposition} onDisposition={onDisposition} work={work} see={reload} />
    </section>
  )
}

function Head({ of }: { of: CaseWhole }) {
  return (
    <div class="row case-head">
      <PhaseBadge of={of.phase} />
      {of.escalated && (
        <Badge tone="warning" icon="flag">
          {t("case.escalated")}
        </Badge>
      )}
      <span>
        <a href={to(`subjects/${of.subject.id}`)}>
          {schemaTitle(of.subject.schema)} · <SubjectReference of={of.subject} />
        </a>
      </span>
      <span class="dim">
        {t("case.opened")} <Time at={of.opened} as="ago" />
      </span>
      {of.due && of.phase !== "closed" && (
        <span class="dim">
          {t("case.due")} <Due of={of} />
        </span>
      )}
      {of.assignee && (
        <span class="dim">
          {t("case.assignee")} <Person of={of.assignee} />
        </span>
      )}
    </div>
  )
}

function CaseScreen({ of, reload }: CaseProps) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [disposition, setDisposition] = useState<Disposition | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const open = of.alert_list.filter((each) => each.phase === "open" || each.phase === "waiting")
  const deciding = may("cases.work") && open.length > 0
  const seen = useRef(of.version)
  useEffect(() => {
    setDisposition(null)
    if (seen.current !== of.version && document.activeElement === document.body) focusHeading()
    seen.current = of.version
  }, [of.version])
  const choose = (id: string) =>
    setChosen((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]))
  const begin = (which: Disposition) => {
    setDisposition(which)
    setTimeout(() => document.querySelector<HTMLElement>("#decide .reasons input")?.focus())
  }
  useShortcuts([
    { keys: "u", title: t("case.key_back"), run: () => go(lastQueue.value) },
    ...(may("cases.work")
      ? [
          {
            keys: "n",
            title: t("queue.key_note"),
            run: () => document.querySelector<HTMLElement>("#note textarea")?.focus(),
          },
        ]
      : []),
    ...(deciding
      ? dispositionOfKey.map(([which, keys]) => ({ keys, title: t(`disposition.${which}`), run: () => begin(which) }))
      : []),
  ])
  const props = { of, reload }
  return (
    <>
      <Head of={of} />
      <ChangeProblem
        problem={problem}
        see={() => {
          setProblem(null)
          reload()
        }}
      />
      <div class="case">
        <div class="case-main stack">
          {of.decisions.some((each) => each.phase === "proposed") && <Decisions {...props} proposed />}
          {of.alert_list.map((each) => (
            <AlertPanel
              key={each.id}
              of={each}
              whole={of}
              chosen={chosen.includes(each.id)}
              choose={deciding && open.length > 1 && open.includes(each) ? () => choose(each.id) : undefined}
            />
          ))}
        </div>
        <div class="case-side stack">
          {deciding && <Decide {...props} disposition={disposition} onDisposition={begin} chosen={chosen} />}
          {of.phase === "closed" && (
            <Note tone="good">
              {t("case.closed_text")} <Time at={of.closed} />
            </Note>
          )}
          <Work {...props} onProblem={setProblem} />
          <Papers of={of} />
        </div>
        <div class="case-main stack">
          <Decisions {...props} proposed={false} />
          <Clearances of={of} />
          <Notes {...props} />
          <Attachments {...props} />
          <Section title={t("case.history")}>
            <History key={of.events[0]?.id} of={of} />
          </Section>
        </div>
      </div>
    </>
  )
}

export default function CasePage({ id = "" }: { id?: string }) {
  const loaded = useLoad((stop) => readCase(id, stop), [id])
  const of = loaded.value
  return (
    <Page
      title={of ? of.subject.caption : t("case.title")}
      wide
      lead={of && <bdi dir="ltr">{of.label}</bdi>}
      actions={
        <a class="button" href={lastQueue.value}>
          {t("queue.title")}
        </a>
      }
    >
      <Show of={loaded}>{(whole) => <CaseScreen of={whole} reload={loaded.reload} />}</Show>
    </Page>
  )
}
