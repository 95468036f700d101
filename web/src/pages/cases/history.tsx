/* What happened to a case, the newest first. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing } from "../../api/load"
import { Badge, Button, Name } from "../../parts/basic"
import type { IconName } from "../../parts/icons"
import { ProblemNote } from "../../parts/state"
import { Timeline } from "../../parts/timeline"
import { moment, number } from "../../text/format"
import { t, word } from "../../text/messages"
import type { CaseEvent, CaseWhole, Disposition, Named, Titles } from "../../work/cases"
import { Actor } from "../../work/told"
import { DispositionBadge, reasonTitle } from "../../work/words"

const icons: Record<string, IconName> = {
  opened: "plus",
  reopened: "refresh",
  assigned: "person",
  note: "note",
  escalated: "flag",
  "due.set": "clock",
  "attachment.added": "clip",
  "attachment.removed": "clip",
  "alert.raised": "warning",
  "alert.refreshed": "refresh",
  "hits.cut": "warning",
  "decision.proposed": "audit",
  "decision.made": "check",
  "decision.returned": "back",
  "decision.undone": "refresh",
}
const tones: Record<string, "good" | "warning" | "accent"> = {
  "alert.raised": "warning",
  "alert.refreshed": "warning",
  "hits.cut": "warning",
  escalated: "warning",
  "decision.proposed": "accent",
  "decision.made": "good",
}

/* What is known of the details of an event; what is not, is not shown. */
function Detail({ of }: { of: CaseEvent }) {
  const {
    assignee,
    disposition,
    reason,
    due,
    file_name: file,
    caption,
    list,
    hits,
    kept,
  } = of.detail as {
    assignee?: Named | null
    disposition?: Disposition
    reason?: { titles: Titles }
    due?: string | null
    file_name?: string
    caption?: string
    list?: string
    hits?: number
    kept?: number
  }
  return (
    <>
      {of.kind === "assigned" && <p>{assignee ? <Name text={assignee.name} /> : t("case.nobody")}</p>}
      {disposition && (
        <p class="row">
          <DispositionBadge of={disposition} />
          {reason && <span dir="auto">{reasonTitle(reason)}</span>}
        </p>
      )}
      {hits && kept && (
        <p>
          <bdi>
            {number(kept)} / {number(hits)}
          </bdi>
        </p>
      )}
      {of.kind === "due.set" && <p>{due ? moment(due) : t("case.no_due")}</p>}
      {file && (
        <p>
          <Name text={file} />
        </p>
      )}
      {caption && (
        <p>
          <Name text={caption} />
          {list && (
            <>
              {" "}
              <Badge>
                <bdi dir="ltr">{list}</bdi>
              </Badge>
            </>
          )}
        </p>
      )}
    </>
  )
}

/* The newest come with the case; earlier ones when they are asked for. */
export function History({ of }: { of: CaseWhole }) {
  const [earlier, setEarlier] = useState<CaseEvent[]>([])
  const [next, setNext] = useState(of.events_more ? (of.events[0]?.id ?? null) : null)
  const doing = useDoing()
  const readOn = () =>
    void doing.run(async () => {
      const page = await api("GET /cases/{id}/events", { place: { id: of.id }, query: { before: next ?? "" } })
      setEarlier([...earlier, ...page.events])
      setNext(page.next)
    })
  return (
    <>
      <Timeline
        label={t("case.history")}
        items={[...[...of.events].reverse(), ...earlier].map((event) => ({
          key: event.id,
          at: event.at,
          icon: icons[event.kind] ?? "info",
          ...(tones[event.kind] ? { tone: tones[event.kind] } : {}),
          title: (
            <>
              {word("event", event.kind)}
              {(event.actor || event.actor_kind !== "person") && (
                <span class="who">
                  {" "}
                  · <Actor of={event} />
                </span>
              )}
            </>
          ),
          body: (
            <>
              <Detail of={event} />
              {event.text && (
                <p class="quote" dir="auto">
                  {event.text}
                </p>
              )}
            </>
          ),
        }))}
      />
      <ProblemNote problem={doing.problem} />
      {next && (
        <Button busy={doing.busy} onClick={readOn}>
          {t("case.earlier")}
        </Button>
      )}
    </>
  )
}
