/* The queue: cases that wait for somebody, the heaviest first, decided one after the other from the keyboard. */
import { useEffect, useState } from "preact/hooks"

import { addressOf } from "../../api/client"
import type { Problem } from "../../api/client"
import { usePages } from "../../api/load"
import { Button } from "../../parts/basic"
import { Page, focusHeading } from "../../parts/page"
import { More } from "../../parts/table"
import { useShortcuts } from "../../shell/shortcuts"
import { go, parameter, to } from "../../shell/router"
import { account, may } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t } from "../../text/messages"
import { lastQueue } from "../../work/back"
import { dispositionOfKey } from "../../work/decide_form"
import { assign, decidable, readCase, readQueue } from "../../work/cases"
import type { CaseRow, CaseWhole, Counts, Disposition, Phase } from "../../work/cases"
import { ChangeProblem, isMine, mayWork } from "../../work/words"
import { Phases, QueueFilters, typed } from "./filters"
import { Preview, useWide } from "./preview"
import { QueueTable } from "./table"
import { DecideDialog, NoteDialog } from "./triage"

const asRow = (whole: CaseWhole): CaseRow => whole

/* The rows as they were read, with what has become of them since. */
function useRows(phase: string, filter: Record<string, string>) {
  const [counts, setCounts] = useState<Counts | null>(null)
  const [changes, setChanges] = useState<ReadonlyMap<string, CaseRow>>(new Map())
  const pages = usePages(
    async (after, stop) => {
      const read = await readQueue(filter, after, stop)
      setCounts(read.counts)
      if (!after) setChanges(new Map())
      return { items: read.cases, next: read.next }
    },
    [JSON.stringify(filter)],
  )
  const rows = pages.items.map((row) => changes.get(row.id) ?? row).filter((row) => row.phase === phase)
  const changed = (row: CaseRow) => setChanges((before) => new Map(before).set(row.id, row))
  return { pages, rows, counts, changed }
}

function focusRow(place: number): void {
  const all = document.querySelectorAll<HTMLElement>("[data-case]")
  if (all.length) all[Math.min(place, all.length - 1)]!.focus()
  else focusHeading()
}

export default function QueuePage() {
  const phase = (parameter("phase") || "open") as Phase,
    order = parameter("order") || "weight"
  const filter = {
    phase,
    order,
    assignee: parameter("assignee"),
    list: parameter("list"),
    escalated: parameter("escalated"),
    q: typed.value,
  }
  const { pages, rows, counts, changed } = useRows(phase, filter)
  const [place, setPlace] = useState(0),
    [checked, setChecked] = useState<ReadonlySet<string>>(new Set())
  const [dialog, setDialog] = useState<Disposition | "note" | null>(null)
  const [problem, setProblem] = useState<{ of: CaseRow; problem: Problem } | null>(null)
  const wide = useWide()
  const at = Math.min(place, rows.length - 1)
  const row = rows[at]
  const targets = rows.filter((each) => checked.has(each.id))
  const these = targets.length ? targets : row ? [row] : []
  useEffect(() => {
    lastQueue.value = location.pathname + location.search
  }, [filter])
  useEffect(() => {
    setPlace(0)
    setChecked(new Set())
  }, [JSON.stringify(filter)])

  const move = (step: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, at + step))
    setPlace(next)
    focusRow(next)
    if (step > 0 && next >= rows.length - 5 && pages.more && !pages.loading) pages.more()
  }
  const see = async (of: CaseRow) => {
    setProblem(null)
    changed(asRow(await readCase(of.id)))
  }
  const take = async () => {
    for (const each of these.filter((one) => !isMine(one)))
      try {
        const taken = await assign(each, account.value?.person.id ?? null)
        changed(taken)
        toast(t("queue.taken", { label: each.label }), async () =>
          changed(await assign(taken, each.assignee?.id ?? null)),
        )
      } catch (error) {
        setProblem({ of: each, problem: error as Problem })
      }
    setChecked(new Set())
  }
  const check = (id: string) =>
    setChecked((before) => {
      const next = new Set(before)
      next.delete(id) || next.add(id)
      return next
    })
  const work = mayWork() && row !== undefined,
    deciding = decidable(phase)
  const open = (what: Disposition | "note") => {
    if (work) setDialog(what)
  }
  useShortcuts([
    { keys: "j", also: "ArrowDown", title: t("queue.key_next"), run: () => move(1) },
    { keys: "k", also: "ArrowUp", title: t("queue.key_previous"), run: () => move(-1) },
    {
      keys: "Enter",
      title: t("queue.key_open"),
      run: () => {
        if (row) go(to(`cases/${row.id}`))
      },
    },
    ...(mayWork()
      ? [
          ...(phase === "closed" ? [] : [{ keys: "a", title: t("queue.key_take"), run: () => void take() }]),
          {
            keys: "x",
            title: t("queue.key_select"),
            run: () => {
              if (row) check(row.id)
            },
          },
          { keys: "n", title: t("queue.key_note"), run: () => open("note") },
          ...(deciding ? dispositionOfKey : []).map(([disposition, keys]) => ({
            keys,
            title: t(`disposition.${disposition}`),
            run: () => open(disposition),
          })),
        ]
      : []),
  ])
  const close = () => {
    setDialog(null)
    setTimeout(() => focusRow(at))
  } // what was decided is gone: on to the next
  return (
    <Page
      title={t("queue.title")}
      wide
      actions={
        <>
          {counts !== null && counts.mentions > 0 && (
            <a class="button" href={to("mentions")}>
              {t("queue.mentions", { n: counts.mentions })}
            </a>
          )}
          <Button icon="refresh" onClick={pages.reload}>
            {t("action.refresh")}
          </Button>
        </>
      }
    >
      <Phases phase={phase} counts={counts} />
      <QueueFilters counts={counts} />
      {problem && <ChangeProblem problem={problem.problem} see={() => void see(problem.of)} />}
      <div class={`triage ${wide && row ? "with-preview" : ""} ${mayWork() ? "picks" : ""}`}>
        <div>
          {(rows.length > 0 || !pages.loading) && !(pages.problem && !rows.length) && (
            <QueueTable
              rows={rows}
              order={order}
              at={row?.id}
              checked={checked}
              onCheck={mayWork() ? check : undefined}
              onPlace={setPlace}
              csv={addressOf("/cases", { ...filter, format: "csv" })}
              filtered={Boolean(filter.q || filter.list || filter.assignee || filter.escalated)}
              phase={phase}
              mayImport={may("subjects.change")}
            />
          )}
          <More pages={pages} />
        </div>
        {wide && row && (
          <Preview
            row={row}
            targets={targets.length}
            take={() => void take()}
            open={open}
            answered={(after) => {
              changed(after)
              setTimeout(() => focusRow(at))
            }}
            see={() => void see(row)}
          />
        )}
      </div>
      {!wide && work && targets.length > 0 && (
        <div class="picked panel row">
          <span class="strong">{t("queue.picked", { n: targets.length })}</span>
          {phase !== "closed" && <Button onClick={() => void take()}>{t("queue.take")}</Button>}
          {deciding &&
            dispositionOfKey.map(([each]) => (
              <Button key={each} onClick={() => open(each)}>
                {t(`disposition.${each}`)}
              </Button>
            ))}
        </div>
      )}
      {dialog === "note" && row && <NoteDialog of={row} onClose={close} />}
      {dialog && dialog !== "note" && (
        <DecideDialog
          cases={these}
          disposition={dialog}
          onDisposition={setDialog}
          changed={changed}
          onClose={() => {
            close()
            setChecked(new Set())
          }}
          see={(of) => {
            close()
            void see(of)
          }}
        />
      )}
    </Page>
  )
}
