/* What was decided, by whom, and who approved it; what is proposed waits for another person. */
import { useState } from "preact/hooks"

import { useDoing } from "../../api/load"
import { Badge, Button, Name, Time } from "../../parts/basic"
import { Dialog } from "../../parts/dialog"
import { Section } from "../../parts/page"
import { account, may } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t, tx, word } from "../../text/messages"
import { Answer } from "../../work/answer"
import { NoteField } from "../../work/note_field"
import { undo } from "../../work/cases"
import type { Decision } from "../../work/cases"
import { ChangeProblem, DispositionBadge, reasonTitle } from "../../work/words"
import type { CaseProps } from "./case"

function Who({ of }: { of: Decision }) {
  return (
    <p class="dim small">
      {tx("decision.by", { who: <Name text={of.proposer?.name ?? "—"} /> })} <Time at={of.proposed} />
      {of.approver && (
        <>
          {" "}
          ·{" "}
          {tx(of.phase === "returned" ? "decision.returned_by" : "decision.approved_by", {
            who: <Name text={of.approver.name} />,
          })}{" "}
          <Time at={of.answered} />
        </>
      )}
      {of.undone && (
        <>
          {" "}
          · {tx("decision.undone_by", { who: <Name text={of.undoer?.name ?? "—"} /> })} <Time at={of.undone} />
        </>
      )}
    </p>
  )
}

function Reopen({ decision, of, reload }: CaseProps & { decision: Decision }) {
  const [open, setOpen] = useState(false),
    [note, setNote] = useState("")
  const doing = useDoing()
  const send = async () => {
    if (!(await doing.run(() => undo(of, decision.id, note.trim())))) return
    setOpen(false)
    toast(t("decision.undone"))
    reload()
  }
  return (
    <>
      <Button tone="quiet" onClick={() => setOpen(true)}>
        {t("decision.undo")}
      </Button>
      {open && (
        <Dialog title={t("decision.undo")} onClose={() => setOpen(false)}>
          <form
            class="form"
            onSubmit={(event) => {
              event.preventDefault()
              void send()
            }}
          >
            <p>{t("decision.undo_text")}</p>
            <NoteField label={t("decision.undo_why")} value={note} onInput={setNote} />
            <ChangeProblem
              problem={doing.problem}
              see={() => {
                setOpen(false)
                reload()
              }}
            />
            <Button type="submit" tone="danger" busy={doing.busy} disabled={!note.trim()}>
              {t("decision.undo")}
            </Button>
          </form>
        </Dialog>
      )}
    </>
  )
}

/* What two people made is taken back by somebody who may approve and did not propose it. */
const mayReopen = ({ four_eyes, proposer }: Decision) =>
  may("cases.work") && (!four_eyes || (may("cases.approve") && proposer?.id !== account.value?.person.id))

function One({ decision, of, reload }: CaseProps & { decision: Decision }) {
  const names = of.alert_list.filter((each) => decision.alerts.includes(each.id))
  const past = decision.phase === "undone" || decision.phase === "returned"
  return (
    <article class={`panel decision ${decision.phase}`}>
      <div class="row apart">
        <span class="row">
          <DispositionBadge of={decision.disposition} />
          <span class="strong" dir="auto">
            {reasonTitle(decision.reason)}
          </span>
          {decision.phase !== "made" && (
            <Badge tone={decision.phase === "proposed" ? "accent" : "plain"}>{word("decided", decision.phase)}</Badge>
          )}
        </span>
        {decision.phase === "made" && mayReopen(decision) && <Reopen decision={decision} of={of} reload={reload} />}
      </div>
      {names.length > 0 && of.alert_list.length > 1 && (
        <p class="small">
          {names.map((each, at) => (
            <span key={each.id}>
              {at > 0 && " · "}
              <Name text={each.caption} />
            </span>
          ))}
        </p>
      )}
      {decision.note && (
        <p class="quote" dir="auto">
          {decision.note}
        </p>
      )}
      <Who of={decision} />
      {decision.answer && (
        <p class="quote" dir="auto">
          {decision.answer}
        </p>
      )}
      {decision.undone_why && (
        <p class="quote" dir="auto">
          {decision.undone_why}
        </p>
      )}
      {decision.phase === "proposed" && !past && <Answer decision={decision} of={of} answered={reload} see={reload} />}
    </article>
  )
}

export function Decisions({ proposed, ...props }: CaseProps & { proposed: boolean }) {
  const those = props.of.decisions.filter((each) => (each.phase === "proposed") === proposed).reverse()
  if (!those.length) return null
  return (
    <Section title={t(proposed ? "decision.to_approve" : "decision.title")}>
      {those.map((each) => (
        <One key={each.id} decision={each} {...props} />
      ))}
    </Section>
  )
}
