/* Notes stand in the history; here one is written. */
import { useState } from "preact/hooks"

import { useDoing } from "../../api/load"
import { Button } from "../../parts/basic"
import { ProblemNote } from "../../parts/state"
import { may } from "../../shell/session"
import { t } from "../../text/messages"
import { NoteField } from "../../work/note_field"
import { addNote } from "../../work/cases"
import type { CaseProps } from "./case"

export function Notes({ of, reload }: CaseProps) {
  const [text, setText] = useState("")
  const doing = useDoing()
  if (!may("cases.work")) return null
  const send = async () => {
    if (!(await doing.run(() => addNote(of.id, text.trim())))) return
    setText("")
    reload()
  }
  return (
    <form
      id="note"
      class="form panel"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <NoteField label={t("queue.note")} value={text} onInput={setText} />
      <ProblemNote problem={doing.problem} />
      <Button type="submit" busy={doing.busy} disabled={!text.trim()}>
        {t("note.add")}
      </Button>
    </form>
  )
}
