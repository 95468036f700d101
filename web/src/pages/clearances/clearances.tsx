/* Clearances: pairs that were found not to be the same, and stay quiet while both are as they were. */
import { signal } from "@preact/signals"

import { addressOf } from "../../api/client"
import { usePages } from "../../api/load"
import { Badge, Name, Time } from "../../parts/basic"
import { SelectField } from "../../parts/field"
import { Filters } from "../../parts/filters"
import { Page } from "../../parts/page"
import { Empty } from "../../parts/state"
import { More, Table } from "../../parts/table"
import type { Column } from "../../parts/table"
import { parameter, setParameters, to } from "../../shell/router"
import { number } from "../../text/format"
import { t, word } from "../../text/messages"
import { clearanceStates, readClearances } from "../../work/cases"
import type { Clearance, ClearanceFilter } from "../../work/cases"
import { ListCode } from "../../work/words"

const typed = signal("") // may be somebody's name, so it is not in the address

export const StateBadge = ({ of }: { of: Clearance }) => (
  <Badge tone={of.state === "valid" ? "good" : of.state === "revoked" ? "bad" : "warning"}>
    {word("clearance", of.state)}
  </Badge>
)

const columns = (): Column<Clearance>[] => [
  {
    key: "subject",
    title: t("clearances.subject"),
    wide: true,
    cell: (row) => (
      <a href={to(`clearances/${row.id}`)}>
        <Name text={row.subject.caption} strong />
      </a>
    ),
  },
  {
    key: "entity",
    title: t("clearances.is_not"),
    wide: true,
    cell: (row) => (
      <>
        <Name text={row.caption} /> <ListCode of={row.list} />
      </>
    ),
  },
  { key: "state", title: t("lists.state"), cell: (row) => <StateBadge of={row} /> },
  { key: "created", title: t("clearances.since"), cell: (row) => <Time at={row.created} as="day" /> },
  {
    key: "ends",
    title: t("clearances.until"),
    cell: (row) => (row.ends ? <Time at={row.ends} as="day" /> : t("clearances.always")),
  },
  { key: "quieted", title: t("clearances.quieted"), end: true, cell: (row) => number(row.quieted) },
]

function ClearanceFilters() {
  return (
    <Filters label={t("clearances.search")} typed={typed}>
      <SelectField
        label={t("lists.state")}
        hideLabel
        value={parameter("state") || "valid"}
        onChange={(state) => setParameters({ state: state === "valid" ? "" : state })}
        choices={[
          ...clearanceStates.map((value) => ({ value: value as string, title: word("clearance", value) })),
          { value: "all", title: t("clearances.all") },
        ]}
      />
    </Filters>
  )
}

export default function ClearancesPage() {
  const filter = { state: (parameter("state") || "valid") as ClearanceFilter["state"], q: typed.value }
  const pages = usePages(
    async (after, stop) => {
      const read = await readClearances(filter, after, stop)
      return { items: read.clearances, next: read.next }
    },
    [JSON.stringify(filter)],
  )
  return (
    <Page title={t("clearances.title")} lead={t("clearances.lead")} wide>
      <ClearanceFilters />
      {(pages.items.length > 0 || (!pages.loading && !pages.problem)) && (
        <Table
          label={t("clearances.title")}
          columns={columns()}
          rows={pages.items}
          rowKey={(row) => row.id}
          csv={addressOf("/clearances", { ...filter, format: "csv" })}
          empty={
            <Empty icon="clearances" title={t("clearances.none")}>
              <p>{t(filter.q ? "queue.none_such_text" : "clearances.none_text")}</p>
            </Empty>
          }
        />
      )}
      <More pages={pages} />
    </Page>
  )
}
