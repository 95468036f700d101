/* Who works on a case, until when, and whether it was passed up. */
import { useState } from "preact/hooks"

import type { Problem } from "../../api/client"
import { useDoing } from "../../api/load"
import { Button } from "../../parts/basic"
import { Dialog } from "../../parts/dialog"
import { SelectField, TextField } from "../../parts/field"
import { account, may } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t } from "../../text/messages"
import { NoteField } from "../../work/note_field"
import { assign, escalate, setDue } from "../../work/cases"
import { colleagues, useKept } from "../../work/shared"
import { ChangeProblem } from "../../work/words"
import type { CaseProps } from "./case"

/* The time of a field is that of the place where it is typed. */
const localOf = (at: string | null): string => {
  if (!at) return ""
  const time = new Date(at)
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function Assignee({ of, reload, onProblem }: CaseProps & { onProblem: (problem: Problem | null) => void }) {
  const people = useKept(colleagues).value ?? []
  const own = account.value?.person
  const known = new Map(people.filter((each) => each.works).map((each) => [each.id, each.name]))
  if (of.assignee) known.set(of.assignee.id, of.assignee.name)
  if (own) known.set(own.id, t("person.me"))
  const give = async (to: string) => {
    onProblem(null)
    try {
      const after = await assign(of, to || null)
      toast(t("case.assigned"), async () => {
        await assign(after, of.assignee?.id ?? null)
        reload()
      })
      reload()
    } catch (error) {
      onProblem(error as Problem)
    }
  }
  return (
    <SelectField
      label={t("case.assignee")}
      value={of.assignee?.id ?? ""}
      onChange={(id) => void give(id)}
      choices={[{ value: "", title: t("case.nobody") }, ...[...known].map(([value, title]) => ({ value, title }))]}
    />
  )
}

function DueField({ of, reload }: CaseProps) {
  const [due, setText] = useState(localOf(of.due))
  const doing = useDoing()
  const changed = due !== localOf(of.due)
  const send = () =>
    void doing.run(async () => {
      await setDue(of, due ? new Date(due).toISOString().replace(/\.\d+Z$/, "Z") : null)
      reload()
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextField label={t("case.due")} type="datetime-local" value={due} onInput={setText} />
      {changed && (
        <p>
          <Button type="submit" busy={doing.busy}>
            {t("case.due_set")}
          </Button>
        </p>
      )}
      <ChangeProblem problem={doing.problem} see={reload} />
    </form>
  )
}

function Escalation({ of, reload }: CaseProps) {
  const [open, setOpen] = useState(false),
    [note, setNote] = useState("")
  const doing = useDoing()
  const send = async () => {
    if (!(await doing.run(() => escalate(of, !of.escalated, note.trim())))) return
    setOpen(false)
    setNote("")
    reload()
  }
  const title = t(of.escalated ? "case.de_escalate" : "case.escalate")
  return (
    <>
      <Button icon="flag" onClick={() => setOpen(true)}>
        {title}
      </Button>
      {open && (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <form
            class="form"
            onSubmit={(event) => {
              event.preventDefault()
              void send()
            }}
          >
            {!of.escalated && <p>{t("case.escalate_text")}</p>}
            <NoteField label={t("note.text")} value={note} onInput={setNote} />
            <ChangeProblem
              problem={doing.problem}
              see={() => {
                setOpen(false)
                reload()
              }}
            />
            <Button type="submit" tone="main" busy={doing.busy} disabled={!of.escalated && !note.trim()}>
              {title}
            </Button>
          </form>
        </Dialog>
      )}
    </>
  )
}

export function Work({ of, reload, onProblem }: CaseProps & { onProblem: (problem: Problem | null) => void }) {
  if (!may("cases.work") || of.phase === "closed") return null
  return (
    <section class="panel stack" aria-label={t("case.work")}>
      <Assignee of={of} reload={reload} onProblem={onProblem} />
      <DueField key={of.due} of={of} reload={reload} />
      <Escalation of={of} reload={reload} />
    </section>
  )
}
