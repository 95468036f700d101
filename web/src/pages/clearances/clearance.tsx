/* One clearance: what it rests on, what it kept quiet, and how it is taken back. */
import { useState } from "preact/hooks"

import { useDoing, useLoad } from "../../api/load"
import { Button, Name, Time } from "../../parts/basic"
import { Dialog } from "../../parts/dialog"
import { SideBySide } from "../../parts/facts"
import { Page, Section } from "../../parts/page"
import { Note, Show } from "../../parts/state"
import { to } from "../../shell/router"
import { may } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t, tx } from "../../text/messages"
import { NoteField } from "../../work/note_field"
import { readClearance, revoke } from "../../work/cases"
import type { Clearance } from "../../work/cases"
import { ChangeProblem, ListCode, reasonTitle } from "../../work/words"
import { StateBadge } from "./clearances"

function Revoke({ of, reload }: { of: Clearance; reload: () => void }) {
  const [open, setOpen] = useState(false),
    [note, setNote] = useState("")
  const doing = useDoing()
  const send = async () => {
    if (!(await doing.run(() => revoke(of.id, note.trim())))) return
    setOpen(false)
    toast(t("clearances.revoked"))
    reload()
  }
  return (
    <>
      <Button tone="danger" onClick={() => setOpen(true)}>
        {t("clearances.revoke")}
      </Button>
      {open && (
        <Dialog title={t("clearances.revoke")} onClose={() => setOpen(false)}>
          <form
            class="form"
            onSubmit={(event) => {
              event.preventDefault()
              void send()
            }}
          >
            <p>{t("clearances.revoke_text")}</p>
            <NoteField label={t("decision.undo_why")} value={note} onInput={setNote} />
            <ChangeProblem
              problem={doing.problem}
              see={() => {
                setOpen(false)
                reload()
              }}
            />
            <Button type="submit" tone="danger" busy={doing.busy} disabled={!note.trim()}>
              {t("clearances.revoke")}
            </Button>
          </form>
        </Dialog>
      )}
    </>
  )
}

function Ground({ of }: { of: Clearance }) {
  const { reason, note, proposer, approver } = of.decision
  return (
    <div class="panel stack">
      <p>
        <span class="strong" dir="auto">
          {reasonTitle(reason)}
        </span>{" "}
        ·{" "}
        <a href={to(`cases/${of.decision.case.id}`)}>
          <bdi dir="ltr">{of.decision.case.label}</bdi>
        </a>
      </p>
      {note && (
        <p class="quote" dir="auto">
          {note}
        </p>
      )}
      <p class="dim small">
        {proposer && tx("decision.by", { who: <Name text={proposer.name} /> })}
        {approver && <> · {tx("decision.approved_by", { who: <Name text={approver.name} /> })}</>}
      </p>
    </div>
  )
}

function Whole({ of }: { of: Clearance }) {
  return (
    <>
      <div class="row">
        <StateBadge of={of} />
        <ListCode of={of.list} />
        <span class="dim">
          {t("clearances.since")} <Time at={of.created} as="day" />
        </span>
        <span class="dim">
          {t("clearances.until")} {of.ends ? <Time at={of.ends} as="day" /> : t("clearances.always")}
        </span>
        <span class="dim">
          {t("clearances.quieted_n", { n: of.quieted })}
          {of.last_quieted && (
            <>
              {" "}
              · <Time at={of.last_quieted} as="ago" />
            </>
          )}
        </span>
      </div>
      {of.ended && (
        <Note tone="warning">
          <p>
            <Time at={of.ended} /> {of.ended_why && <span dir="auto">{of.ended_why}</span>}
          </p>
        </Note>
      )}
      <Section title={t("clearances.decided")}>
        <Ground of={of} />
      </Section>
      <Section title={t("clearances.rests_on")}>
        <p class="lead">{t("clearances.rests_on_text")}</p>
        <div class="panel">
          <SideBySide
            left={of.rests_on.subject?.properties ?? {}}
            right={of.rests_on.entity?.properties ?? {}}
            leftTitle={t("case.subject")}
            rightTitle={t("case.listed")}
          />
        </div>
      </Section>
    </>
  )
}

export default function ClearancePage({ id = "" }: { id?: string }) {
  const loaded = useLoad((stop) => readClearance(id, stop), [id])
  const of = loaded.value
  return (
    <Page
      title={of?.subject.caption ?? t("clearances.one")}
      lead={of && tx("clearances.lead_one", { name: <Name text={of.caption} /> })}
      actions={
        of && (
          <>
            <a class="button" href={to(`subjects/${of.subject.id}`)}>
              {t("subjects.one")}
            </a>
            {of.state === "valid" && may("cases.work") && <Revoke of={of} reload={loaded.reload} />}
          </>
        )
      }
    >
      <Show of={loaded}>{(found) => <Whole of={found} />}</Show>
    </Page>
  )
}
