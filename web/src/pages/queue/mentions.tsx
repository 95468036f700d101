/* Notes in which somebody named you. */
import { useEffect } from "preact/hooks"

import { useLoad } from "../../api/load"
import { Badge, Name, Time } from "../../parts/basic"
import { Page } from "../../parts/page"
import { Empty, Show } from "../../parts/state"
import { to } from "../../shell/router"
import { t } from "../../text/messages"
import { readMentions, seenMentions } from "../../work/service"

export default function MentionsPage() {
  const loaded = useLoad(readMentions, [])
  useEffect(() => {
    if (loaded.value?.some((each) => !each.seen)) void seenMentions().catch(() => undefined) // said again next time
  }, [loaded.value])
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
      <Show of={loaded}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon="note" title={t("mentions.none")}>
              <p>{t("mentions.none_text")}</p>
            </Empty>
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
          )
        }
      </Show>
    </Page>
  )
}
