/* What state a list is in, in a word. */
import type { ListStatus } from "../../api/shapes"
import { Badge } from "../../parts/basic"
import { t } from "../../text/messages"

export const titleOf = (row: ListStatus): string => row.title ?? row.list

export function ListState({ row }: { row: ListStatus }) {
  if (!row.indexed)
    return (
      <Badge tone="bad" icon="warning">
        {t("lists.not_screened")}
      </Badge>
    )
  if (row.stale)
    return (
      <Badge tone="warning" icon="warning">
        {t("lists.stale")}
      </Badge>
    )
  if (row.held && row.held.version !== row.indexed.version) return <Badge tone="warning">{t("lists.newer_held")}</Badge>
  return (
    <Badge tone="good" icon="check">
      {t("lists.current")}
    </Badge>
  )
}
