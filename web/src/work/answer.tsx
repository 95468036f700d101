/* Approving or returning what was proposed: for somebody else than who proposed. A key only leads there: what two people
 * are to answer for is not done by one letter. */
import { useRef, useState } from "preact/hooks"

import { useDoing } from "../api/load"
import { Button } from "../parts/basic"
import { Note } from "../parts/state"
import { useShortcuts } from "../shell/shortcuts"
import { account, may } from "../shell/session"
import { toast } from "../shell/toasts"
import { t } from "../text/messages"
import { answer } from "./cases"
import type { CaseRow, CaseWhole, Decision } from "./cases"
import { NoteField } from "./note_field"
import { ChangeProblem } from "./words"

type Props = { decision: Decision; of: CaseWhole; answered: (after: CaseRow) => void; see: () => void }

function AnswerForm({ decision, of, answered, see }: Props) {
  const [note, setNote] = useState("")
  const doing = useDoing()
  const form = useRef<HTMLFormElement>(null)
  const lead = (to: string) => () => form.current?.querySelector<HTMLElement>(to)?.focus()
  useShortcuts([
    { keys: "p", title: t("decision.approve"), run: lead("[type=submit]") },
    { keys: "r", title: t("decision.return"), run: lead("textarea") },
  ])
  const send = (approve: boolean) =>
    void doing.run(async () => {
      const after = (await answer(of, decision.id, approve, note.trim())).case
      toast(t(approve ? "decision.approved" : "decision.returned", { label: of.label }))
      answered(after)
    })
  return (
    <form
      ref={form}
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        send(true)
      }}
    >
      <NoteField label={t("decision.answer")} value={note} onInput={setNote} rows={2} />
      <ChangeProblem problem={doing.problem} see={see} />
      <div class="row">
        <Button type="submit" tone="main" icon="check" busy={doing.busy} keys="p">
          {t("decision.approve")}
        </Button>
        <Button
          busy={doing.busy}
          disabled={!note.trim()}
          title={note.trim() ? undefined : t("decision.return_needs")}
          onClick={() => send(false)}
          keys="r"
        >
          {t("decision.return")}
        </Button>
      </div>
    </form>
  )
}

export function Answer(props: Props) {
  if (props.decision.proposer?.id === account.value?.person.id) return <Note>{t("decision.own")}</Note>
  return may("cases.approve") ? <AnswerForm {...props} /> : <Note>{t("decision.waits")}</Note>
}
