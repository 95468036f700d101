/* A decision: what it is, why, a note, and what will happen by it. The number before a reason chooses it; in the queue it
 * also decides, since it can be taken back. */
import { useEffect, useRef, useState } from "preact/hooks"

import { useDoing } from "../api/load"
import type { Problem } from "../api/client"
import { Button } from "../parts/basic"
import { Icon } from "../parts/icons"
import { Show } from "../parts/state"
import { t, word } from "../text/messages"
import { NoteField } from "./note_field"
import { dispositions } from "./cases"
import type { Disposition, Reason, Settings } from "./cases"
import { reasons, settings, useKept } from "./shared"
import { ChangeProblem, dispositionIcon, reasonTitle } from "./words"

export type Given = { disposition: Disposition; reason: string; note: string }
const keysOf: Record<Disposition, string> = {
  "false-positive": "f",
  "true-match": "t",
  "insufficient-information": "i",
}
export const dispositionOfKey = Object.entries(keysOf) as [Disposition, string][]

const asked = (disposition: Disposition, { four_eyes }: Settings): boolean =>
  four_eyes[disposition.replace(/-/g, "_") as keyof Settings["four_eyes"]]

/* What happens when it is sent. */
function Next({ disposition, of }: { disposition: Disposition; of: Settings | undefined }) {
  if (!of) return null
  const after =
    disposition === "false-positive"
      ? of.clearance_days
        ? t("decide.clears", { n: of.clearance_days })
        : t("decide.clears_always")
      : disposition === "true-match"
        ? t("decide.matches")
        : t("decide.waits", { n: of.waiting_days })
  return (
    <p class="next">
      <Icon name={asked(disposition, of) ? "person" : "forward"} />
      <span>
        {asked(disposition, of) ? t("decide.four_eyes") : t("decide.at_once")} {after}
      </span>
    </p>
  )
}

function ReasonChoice({
  all,
  chosen,
  choose,
  name,
}: {
  all: readonly Reason[]
  chosen: string
  choose: (id: string) => void
  name: string
}) {
  return (
    <fieldset class="reasons">
      <legend>{t("decide.reason")}</legend>
      {all.map((each, at) => (
        <label key={each.id}>
          <input
            type="radio"
            name={name}
            value={each.id}
            checked={each.id === chosen}
            onChange={() => choose(each.id)}
          />
          <span dir="auto">{reasonTitle(each)}</span>
          {at < 9 && <kbd aria-hidden="true">{at + 1}</kbd>}
        </label>
      ))}
    </fieldset>
  )
}

export function DecideForm({
  disposition,
  onDisposition,
  work,
  quick,
  see,
  action,
}: {
  disposition: Disposition | null // nothing is chosen for anybody
  onDisposition: (disposition: Disposition) => void
  work: (given: Given) => Promise<unknown>
  quick?: boolean // a number decides at once
  see: (problem: Problem) => void
  action?: string
}) {
  const all = useKept(reasons),
    how = useKept(settings)
  const [reason, setReason] = useState(""),
    [note, setNote] = useState("")
  const doing = useDoing()
  const form = useRef<HTMLFormElement>(null)
  const fitting = (all.value ?? []).filter((each) => each.disposition === disposition && !each.retired)
  useEffect(() => setReason(""), [disposition])
  useEffect(() => {
    if (quick && all.value) form.current?.querySelector<HTMLInputElement>(".reasons input")?.focus()
  }, [quick, all.value, disposition])
  const send = (chosen: string) => disposition && void doing.run(() => work({ disposition, reason: chosen, note }))
  // By their places: the figures of a French keyboard are written with Shift, an Arabic one writes no Latin letters.
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLTextAreaElement) return
    const key = /^(?:Digit|Numpad|Key)(.)$/.exec(event.code)?.[1]?.toLowerCase() ?? ""
    const other = dispositionOfKey.find(([, each]) => each === key)?.[0]
    const found = fitting[Number(key) - 1]
    if (!other && !found) return
    event.preventDefault()
    if (other) return onDisposition(other)
    setReason(found!.id)
    if (quick) send(found!.id)
  }
  return (
    <form
      ref={form}
      class="form decide"
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault()
        if (reason) send(reason)
      }}
    >
      <div class="segments" role="group" aria-label={t("decide.disposition")}>
        {dispositions.map((each) => (
          <button
            key={each}
            type="button"
            class={`segment ${each}`}
            aria-pressed={each === disposition}
            onClick={() => onDisposition(each)}
          >
            <Icon name={dispositionIcon[each]} />
            {word("disposition", each)}
            <kbd aria-hidden="true">{keysOf[each]}</kbd>
          </button>
        ))}
      </div>
      {disposition && (
        <Show of={all}>{() => <ReasonChoice all={fitting} chosen={reason} choose={setReason} name="reason" />}</Show>
      )}
      <NoteField label={t("decide.note")} value={note} onInput={setNote} rows={2} />
      {disposition && <Next disposition={disposition} of={how.value} />}
      <footer class="decide-foot">
        <ChangeProblem
          problem={doing.problem}
          see={() => {
            see(doing.problem!)
            doing.clear()
          }}
        />
        <Button type="submit" tone="main" busy={doing.busy} disabled={!reason}>
          {action ?? t("decide.action")}
        </Button>
      </footer>
    </form>
  )
}
