/* One alert: the subject beside the listed entity, and the evidence that adds up to the score. */
import { addressOf, fill } from "../../api/client"
import { Code, Name, Time } from "../../parts/basic"
import { Icon } from "../../parts/icons"
import { Score } from "../../parts/score"
import { to } from "../../shell/router"
import { may } from "../../shell/session"
import { language, t, tx, word } from "../../text/messages"
import { HitWhole } from "../../work/compare"
import type { Alert, CaseWhole } from "../../work/cases"
import { DispositionBadge, ListCode, schemaTitle } from "../../work/words"

function Links({ of }: { of: Alert }) {
  return (
    <p class="row small links">
      {may("lists.read") && <a href={to(`entities/${encodeURIComponent(of.entity)}`)}>{t("alert.entity")}</a>}
      {of.receipt > 0 && may("audit") && (
        <a href={to(`audit/${of.receipt}`)}>{t("alert.receipt", { number: String(of.receipt) })}</a>
      )}
      {of.receipt > 0 && (
        <a
          href={addressOf(fill("/receipts/{number}/certificate", { number: String(of.receipt) }), {
            language: language.value,
          })}
          target="_blank"
        >
          {t("alert.certificate")}
        </a>
      )}
      <span class="dim">
        {tx("alert.against", {
          list: <bdi dir="ltr">{of.list}</bdi>,
          version: <Code text={of.list_version} cut={12} />,
        })}{" "}
        · {word("why", of.why)} · <Time at={of.changed} />
      </span>
    </p>
  )
}

export function AlertPanel({
  of,
  whole,
  chosen,
  choose,
}: {
  of: Alert
  whole: CaseWhole
  chosen: boolean
  choose: (() => void) | undefined
}) {
  const decided = of.phase === "decided"
  const head = (
    <>
      {decided && <Icon name="down" />}
      <span class="alert-name">
        <Name text={of.caption} strong /> <span class="dim small">{schemaTitle(of.schema)}</span>
      </span>
      <span class="row">
        {of.disposition && <DispositionBadge of={of.disposition} />}
        <ListCode of={of.list} />
        <Score value={of.score} weight={of.weight} />
      </span>
    </>
  )
  const body = (
    <>
      <HitWhole subject={whole.subject} alert={of} />
      <Links of={of} />
    </>
  )
  if (decided)
    return (
      <details class="panel alert" open={whole.phase === "closed"}>
        <summary>
          <h2 class="row apart">{head}</h2>
        </summary>
        {body}
      </details>
    )
  return (
    <article class={chosen ? "panel alert chosen" : "panel alert"}>
      <h2 class="row apart">
        {choose && (
          <input
            type="checkbox"
            checked={chosen}
            onChange={choose}
            aria-label={t("alert.choose", { name: of.caption })}
          />
        )}
        {head}
      </h2>
      {body}
    </article>
  )
}
