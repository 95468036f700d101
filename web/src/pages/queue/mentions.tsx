/* Notes in which somebody named you. */
import { useEffect } from "preact/hooks"

import { usePages } from "../../api/load"
import { Badge, Name, Time } from "../../parts/basic"
import { Page } from "../../parts/page"
import { Empty } from "../../parts/state"
import { More } from "../../parts/table"
import { to } from "../../shell/router"
import { t } from "../../text/messages"
import { readMentions, seenMentions } from "../../work/cases"

export default function MentionsPage() {
  const pages = usePages(async (before, stop) => {
    const read = await readMentions(before, stop)
    return { items: read.mentions, next: read.next }
  }, [])
  const all = pages.items
  useEffect(() => {
    if (all.some((each) => !each.seen)) void seenMentions().catch(() => undefined) // said again next time
  }, [all])
  return (
    <Page
      title={t("mentions.title")}
      lead={t("mentions.lead")}
      actions={
        <a class="button" href={to("queue")}>
          {t("queue.title")}
        </a>
      }
    >
      {all.length === 0 ? (
        !pages.loading &&
        !pages.problem && (
          <Empty icon="note" title={t("mentions.none")}>
            <p>{t("mentions.none_text")}</p>
          </Empty>
        )
      ) : (
        <ul class="stack">
          {all.map(({ case: of, event, seen }) => (
            <li key={event.id} class="panel">
              <p class="row">
                <a href={to(`cases/${of.id}`)}>
                  <bdi dir="ltr">{of.label}</bdi>
                </a>
                {event.actor && <Name text={event.actor.name} strong />}
                <span class="dim">
                  <Time at={event.at} as="ago" />
                </span>
                {!seen && <Badge tone="accent">{t("mentions.new")}</Badge>}
              </p>
              <p class="quote" dir="auto">
                {event.text}
              </p>
            </li>
          ))}
        </ul>
      )}
      <More pages={pages} />
    </Page>
  )
}
