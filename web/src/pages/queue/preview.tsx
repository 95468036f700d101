/* The selected case beside the list: enough to decide the plain ones without opening them. */
import { useEffect, useState } from "preact/hooks"

import { useLoad } from "../../api/load"
import { Button, Name } from "../../parts/basic"
import { Score } from "../../parts/score"
import { Show } from "../../parts/state"
import { to } from "../../shell/router"
import { t } from "../../text/messages"
import { HitWhole } from "../../work/compare"
import { Answer } from "../../work/answer"
import { dispositionOfKey } from "../../work/decide_form"
import { decidable, readCase } from "../../work/cases"
import type { Alert, CaseRow, CaseWhole, Disposition } from "../../work/cases"
import { DispositionBadge, ListCode, PhaseBadge, mayWork, reasonTitle } from "../../work/words"

const WIDE = "(min-width: 80rem)"

export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches)
  useEffect(() => {
    const query = matchMedia(WIDE)
    const change = () => setWide(query.matches)
    query.addEventListener("change", change)
    return () => query.removeEventListener("change", change)
  }, [])
  return wide
}

function Hit({ of, subject }: { of: Alert; subject: CaseWhole["subject"] }) {
  return (
    <section class="found">
      <header class="row apart">
        <h3>
          <Name text={of.caption} />
        </h3>
        <span class="row">
          <ListCode of={of.list} />
          <Score value={of.score} weight={of.weight} />
        </span>
      </header>
      <HitWhole subject={subject} alert={of} />
    </section>
  )
}

/* Moving quickly over rows asks for none of those passed. */
const SETTLED_MS = 90

type Answering = { answered: (after: CaseRow) => void; see: () => void }

function Whole({ row, ...answering }: { row: CaseRow } & Answering) {
  const loaded = useLoad(
    async (stop) => {
      await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
      stop.throwIfAborted()
      return readCase(row.id, stop)
    },
    [row.id, row.version],
  )
  return (
    <Show of={loaded}>
      {(whole) => {
        const open = whole.alert_list.filter((each) => each.phase !== "decided")
        const proposed = whole.decisions.find((each) => each.phase === "proposed")
        const notes = whole.events.filter((each) => each.kind === "note").slice(-2)
        return (
          <>
            {proposed && (
              <section class="found">
                <p class="row">
                  <PhaseBadge of="proposed" />
                  <DispositionBadge of={proposed.disposition} />
                  <span dir="auto">{reasonTitle(proposed.reason)}</span>
                </p>
                {proposed.note && (
                  <p class="quote" dir="auto">
                    {proposed.note}
                  </p>
                )}
                <Answer key={proposed.id} decision={proposed} of={whole} {...answering} />
              </section>
            )}
            {notes.map((each) => (
              <p key={each.id} class="quote" dir="auto">
                {each.text}
              </p>
            ))}
            {(open.length ? open : whole.alert_list).map((each) => (
              <Hit key={each.id} of={each} subject={whole.subject} />
            ))}
          </>
        )
      }}
    </Show>
  )
}

export function Preview({
  row,
  targets,
  take,
  open,
  ...answering
}: Answering & {
  row: CaseRow
  targets: number
  take: () => void
  open: (what: Disposition | "note") => void
}) {
  return (
    <aside class="preview panel" aria-label={t("queue.preview")}>
      <header class="row apart">
        <h2>
          <a href={to(`cases/${row.id}`)}>
            <Name text={row.subject.caption} />
          </a>
        </h2>
        <bdi dir="ltr" class="dim small">
          {row.label}
        </bdi>
      </header>
      {mayWork() && (
        <div class="row preview-actions">
          {targets > 0 && <span class="strong">{t("queue.picked", { n: targets })}</span>}
          {row.phase !== "closed" && (
            <Button onClick={take} keys="a">
              {t("queue.take")}
            </Button>
          )}
          {decidable(row.phase) ? (
            dispositionOfKey.map(([each, keys]) => (
              <Button key={each} keys={keys} onClick={() => open(each)}>
                {t(`disposition.${each}`)}
              </Button>
            ))
          ) : (
            <a class="button" href={to(`cases/${row.id}`)}>
              {t("queue.key_open")}
            </a>
          )}
          <Button onClick={() => open("note")} keys="n">
            {t("queue.note")}
          </Button>
        </div>
      )}
      <div class="preview-body" tabIndex={0}>
        <Whole key={row.id} row={row} {...answering} />
      </div>
    </aside>
  )
}
