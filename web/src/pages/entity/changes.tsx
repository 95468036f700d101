/* What happened to an entity over the versions of its list, the newest first. */
import type { FieldChange, History } from "../../api/shapes"
import { propertyTitle, Value } from "../../parts/facts"
import type { IconName } from "../../parts/icons"
import { Timeline } from "../../parts/timeline"
import type { Tone } from "../../parts/basic"
import { t } from "../../text/messages"

const icons: Record<string, IconName> = { held: "lists", added: "plus", changed: "refresh", removed: "close" }
const tones: Record<string, Tone> = { held: "plain", added: "warning", changed: "accent", removed: "good" }

export function FieldChanges({ fields }: { fields: readonly FieldChange[] }) {
  if (!fields.length) return null
  return (
    <ul class="changes">
      {fields.map((each, at) => (
        <li key={at}>
          <span class="dim">{propertyTitle(each.property)}</span>{" "}
          {each.from && (
            <del>
              <span class="unseen">{t("entity.was")} </span>
              <Value property={each.property} text={each.from} />
            </del>
          )}{" "}
          {each.to && (
            <ins>
              <span class="unseen">{t("entity.is")} </span>
              <Value property={each.property} text={each.to} />
            </ins>
          )}
        </li>
      ))}
    </ul>
  )
}

export function Changes({ history }: { history: History }) {
  return (
    <>
      <Timeline
        label={t("entity.changes")}
        items={[...history.events].reverse().map((event, at) => ({
          key: `${at}`,
          at: event.published ?? event.imported,
          as: "day",
          icon: icons[event.change] ?? "info",
          tone: tones[event.change] ?? "plain",
          title: t(`entity.${event.change}`),
          body: <FieldChanges fields={event.fields} />,
        }))}
      />
      <p class="dim small">{t("entity.versions", { n: history.versions })}</p>
    </>
  )
}
