/* Deciding and noting without leaving the queue. */
import { useState } from "preact/hooks"

import { useDoing } from "../../api/load"
import { Button, Name } from "../../parts/basic"
import { Dialog } from "../../parts/dialog"
import { ProblemNote } from "../../parts/state"
import { toast } from "../../shell/toasts"
import { t, tx } from "../../text/messages"
import { DecideForm } from "../../work/decide_form"
import type { Given } from "../../work/decide_form"
import { NoteField } from "../../work/note_field"
import { addNote, decide, undo } from "../../work/cases"
import type { CaseRow, Decided, Disposition } from "../../work/cases"

/* Takes back what was just done, each as long as nobody has gone on with it. */
const takeBack = (all: readonly Decided[], changed: (row: CaseRow) => void) => async () => {
  for (const each of all) changed((await undo(each.case, each.decision.id, "")).case)
}

function tell(all: readonly Decided[], changed: (row: CaseRow) => void): void {
  const first = all[0]
  if (!first) return
  const what = t(`disposition.${first.decision.disposition}`)
  const proposed = first.decision.phase === "proposed"
  const text =
    all.length > 1
      ? t("decide.done_many", { n: all.length, what })
      : t(proposed ? "decide.proposed" : "decide.made", { label: first.case.label, what })
  toast(text, takeBack(all, changed))
}

export function DecideDialog({
  cases,
  disposition,
  onDisposition,
  changed,
  onClose,
  see,
}: {
  cases: readonly CaseRow[]
  disposition: Disposition
  onDisposition: (disposition: Disposition) => void
  changed: (row: CaseRow) => void
  onClose: () => void
  see: (row: CaseRow) => void
}) {
  const [left, setLeft] = useState(cases)
  const work = async (given: Given) => {
    const done: Decided[] = []
    try {
      for (const each of left) {
        const decided = await decide(each, given)
        done.push(decided)
        changed(decided.case)
      }
      onClose()
    } finally {
      setLeft(left.slice(done.length)) // the one that failed, and those behind it, are still to be decided
      tell(done, changed)
    }
  }
  const one = left.length === 1 ? left[0] : undefined
  const first = left[0]
  return (
    <Dialog title={one ? one.label : t("queue.picked", { n: left.length })} onClose={onClose}>
      {one ? (
        <p class="about">
          <Name text={one.subject.caption} strong />
          {one.best && (
            <>
              {" "}
              ~ <Name text={one.best.caption} />
            </>
          )}
          {one.alerts > 1 && <> · {t("queue.alerts", { n: one.alerts })}</>}
        </p>
      ) : (
        <ul class="about">
          {left.map((each) => (
            <li key={each.id}>
              <bdi dir="ltr">{each.label}</bdi> <Name text={each.subject.caption} />
            </li>
          ))}
        </ul>
      )}
      <DecideForm
        quick
        disposition={disposition}
        onDisposition={onDisposition}
        work={work}
        see={() => first && see(first)}
      />
    </Dialog>
  )
}

export function NoteDialog({ of, onClose }: { of: CaseRow; onClose: () => void }) {
  const [text, setText] = useState("")
  const doing = useDoing()
  const send = async () => {
    if (await doing.run(() => addNote(of.id, text.trim()))) {
      onClose()
      toast(t("note.added"))
    }
  }
  return (
    <Dialog title={t("queue.note")} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p>{tx("note.to", { label: <bdi dir="ltr">{of.label}</bdi>, name: <Name text={of.subject.caption} /> })}</p>
        <NoteField
          label={t("note.text")}
          value={text}
          onInput={setText}
          rows={4}
          input={(element) => {
            if (element && !text) element.focus()
          }}
        />
        <ProblemNote problem={doing.problem} />
        <Button type="submit" tone="main" busy={doing.busy} disabled={!text.trim()}>
          {t("note.add")}
        </Button>
      </form>
    </Dialog>
  )
}
