/* A table: headings that sort are buttons, rows come page by page, the same rows are to be had as CSV. On narrow screens
 * each row becomes a card whose cells name themselves; the roles are written out, since a browser forgets them then. */
import type { ComponentChildren } from "preact"

import type { Pages } from "../api/load"
import { t } from "../text/messages"
import { Button } from "./basic"
import { Icon } from "./icons"
import { Loading, ProblemNote } from "./state"

export type Sorting = { by: string; down: boolean }

export type Column<Row> = {
  key: string
  title: string
  cell: (row: Row) => ComponentChildren
  end?: boolean // numbers: set at the end of the line
  sort?: boolean
  wide?: boolean // takes what room there is
}

export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  sorting,
  onSort,
  csv,
  empty,
  selected,
}: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  sorting?: Sorting
  onSort?: (sorting: Sorting) => void
  csv?: string // an address
  empty?: ComponentChildren
  selected?: (row: Row) => boolean // the row that shortcuts act on
}) {
  if (!rows.length && empty) return <>{empty}</>
  const sort = (key: string) => onSort?.({ by: key, down: sorting?.by === key ? !sorting.down : false })
  const order = (column: Column<Row>) =>
    sorting?.by === column.key ? (sorting.down ? "descending" : "ascending") : undefined
  return (
    <div class="table-frame">
      <table role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.key}
                data-key={column.key}
                role="columnheader"
                scope="col"
                class={column.end ? "end" : undefined}
                aria-sort={order(column)}
              >
                {column.sort && onSort ? (
                  <button type="button" class={`sorter ${order(column) ?? ""}`} onClick={() => sort(column.key)}>
                    {column.title}
                    <Icon name="down" />
                  </button>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" aria-current={selected?.(row) ? "true" : undefined}>
              {columns.map((column) => (
                <td
                  key={column.key}
                  data-key={column.key}
                  role="cell"
                  data-title={column.title}
                  class={`${column.end ? "end" : ""} ${column.wide ? "wide" : ""}`}
                >
                  <div>{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {csv && rows.length > 0 && (
        <p class="table-foot">
          <a class="download" href={csv} download>
            <Icon name="download" />
            {t("table.csv")}
          </a>
        </p>
      )}
    </div>
  )
}

/* The foot of a list that comes in pages. */
export function More<Item>({ pages }: { pages: Pages<Item> }) {
  return (
    <>
      <ProblemNote problem={pages.problem} retry={pages.reload} />
      {pages.loading && !pages.items.length && !pages.problem && <Loading />}
      {pages.more && (
        <p class="table-foot">
          <Button busy={pages.loading} onClick={pages.more}>
            {t("table.more")}
          </Button>
        </p>
      )}
    </>
  )
}

/* Rows that are all there, sorted here: by text as the language sorts it, by numbers as numbers. */
export function sorted<Row>(
  rows: readonly Row[],
  { by, down }: Sorting,
  value: (row: Row, by: string) => string | number,
): Row[] {
  const direction = down ? -1 : 1
  return [...rows].sort((one, other) => {
    const a = value(one, by),
      b = value(other, by)
    return direction * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)))
  })
}
