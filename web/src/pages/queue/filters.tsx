/* Which cases of the queue are shown. All of it stands in the address but what was typed, which may be somebody's name. */
import { signal } from "@preact/signals"

import { useLoad } from "../../api/load"
import { api } from "../../api/client"
import { Badge } from "../../parts/basic"
import { CheckField, SelectField } from "../../parts/field"
import { Filters } from "../../parts/filters"
import { parameter, setParameters, to } from "../../shell/router"
import { may } from "../../shell/session"
import { number } from "../../text/format"
import { t } from "../../text/messages"
import { phases } from "../../work/cases"
import type { Counts, Phase } from "../../work/cases"

export const typed = signal("")

const kept = (phase: Phase) =>
  to("queue", {
    phase: phase === "open" ? undefined : phase,
    assignee: parameter("assignee"),
    list: parameter("list"),
    order: parameter("order"),
  })

export function Phases({ phase, counts }: { phase: Phase; counts: Counts | null }) {
  return (
    <div class="tabs" role="group" aria-label={t("queue.phases")}>
      {phases.map((each) => (
        <a key={each} href={kept(each)} aria-current={each === phase ? "true" : undefined}>
          {t(`phase.${each}`)}
          {counts && each !== "closed" && <span class="count">{number(counts[each])}</span>}
        </a>
      ))}
    </div>
  )
}

export function QueueFilters({ counts }: { counts: Counts | null }) {
  const lists = useLoad(
    async (stop) => (may("lists.read") ? (await api("GET /lists", { signal: stop })).lists : []),
    [],
  )
  return (
    <Filters label={t("queue.search")} typed={typed}>
      <SelectField
        label={t("queue.whose")}
        hideLabel
        value={parameter("assignee")}
        onChange={(assignee) => setParameters({ assignee })}
        choices={[
          { value: "", title: t("queue.anybody") },
          { value: "me", title: counts ? `${t("queue.mine")} (${number(counts.mine)})` : t("queue.mine") },
          { value: "none", title: t("queue.nobody") },
        ]}
      />
      <SelectField
        label={t("queue.list")}
        hideLabel
        value={parameter("list")}
        onChange={(list) => setParameters({ list })}
        choices={[
          { value: "", title: t("queue.all_lists") },
          ...(lists.value ?? []).map((each) => ({ value: each.list, title: each.title ?? each.list })),
        ]}
      />
      <SelectField
        label={t("queue.order")}
        hideLabel
        value={parameter("order") || "weight"}
        onChange={(order) => setParameters({ order: order === "weight" ? "" : order })}
        choices={(["weight", "age", "due"] as const).map((value) => ({ value, title: t(`queue.by.${value}`) }))}
      />
      <CheckField
        label={t("queue.escalated")}
        checked={parameter("escalated") === "true"}
        onChange={(on) => setParameters({ escalated: on ? "true" : "" })}
      />
      {counts !== null && counts.overdue > 0 && (
        <a href={to("queue", { order: "due" })}>
          <Badge tone="bad" icon="clock">
            {t("queue.overdue", { n: counts.overdue })}
          </Badge>
        </a>
      )}
    </Filters>
  )
}
