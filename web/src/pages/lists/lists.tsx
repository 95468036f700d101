/* Which lists are screened against: how old, how many entities, and whether the publisher confirmed them lately. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useLoad } from "../../api/load"
import type { ListStatus } from "../../api/shapes"
import { Time } from "../../parts/basic"
import { Page } from "../../parts/page"
import { Empty, Show } from "../../parts/state"
import { Table, sorted } from "../../parts/table"
import type { Column } from "../../parts/table"
import { parameter, setParameters, to } from "../../shell/router"
import { number } from "../../text/format"
import { t } from "../../text/messages"
import { ImportButton } from "./import"
import { ListState, titleOf } from "./state"
import { Working } from "./tasks"

const columns = (): Column<ListStatus>[] => [
  {
    key: "title",
    title: t("lists.list"),
    sort: true,
    wide: true,
    cell: (row) => (
      <>
        <a class="strong" dir="auto" href={to(`lists/${row.list}`)}>
          {titleOf(row)}
        </a>
        {row.publisher && (
          <p class="dim small" dir="auto">
            {row.publisher}
          </p>
        )}
      </>
    ),
  },
  { key: "state", title: t("lists.state"), cell: (row) => <ListState row={row} /> },
  {
    key: "entities",
    title: t("lists.entities"),
    end: true,
    sort: true,
    cell: (row) => number(row.indexed?.entities ?? row.held?.entities ?? 0),
  },
  {
    key: "published",
    title: t("lists.published"),
    sort: true,
    cell: (row) => <Time at={row.indexed?.published ?? row.held?.published} as="day" />,
  },
  { key: "checked", title: t("lists.checked"), sort: true, cell: (row) => <Time at={row.held?.checked} as="ago" /> },
]

const value = (row: ListStatus, by: string): string | number =>
  ({
    title: titleOf(row),
    entities: row.indexed?.entities ?? 0,
    published: row.indexed?.published ?? "",
    checked: row.held?.checked ?? "",
  })[by] ?? ""

export default function ListsPage() {
  const loaded = useLoad((stop) => api("GET /lists", { signal: stop }), [])
  const [begun, setBegun] = useState(0)
  const [by = "title", down] = (parameter("order") || "title").split("-")
  const sorting = { by, down: down === "down" }
  return (
    <Page title={t("lists.title")} lead={t("lists.lead")} actions={<ImportButton begun={() => setBegun(begun + 1)} />}>
      <Working round={begun} done={loaded.reload} />
      <Show of={loaded}>
        {({ lists }) => (
          <Table
            label={t("lists.title")}
            columns={columns()}
            rows={sorted(lists, sorting, value)}
            rowKey={(row) => row.list}
            sorting={sorting}
            onSort={(next) => setParameters({ order: next.by + (next.down ? "-down" : "") })}
            empty={
              <Empty icon="lists" title={t("lists.none")}>
                <p>{t("lists.none_text")}</p>
                <p>
                  <code dir="ltr">mizan lists update</code>
                </p>
              </Empty>
            }
          />
        )}
      </Show>
    </Page>
  )
}
