/* The cases of the queue. The label of the one that keys act on has the focus, so that it is read out and seen. */
import { Badge, Name, Time } from "../../parts/basic"
import { Icon } from "../../parts/icons"
import { Empty } from "../../parts/state"
import { Table } from "../../parts/table"
import type { Column } from "../../parts/table"
import { setParameters, to } from "../../shell/router"
import { bits, score } from "../../text/format"
import { t } from "../../text/messages"
import type { CaseRow, Phase } from "../../work/cases"
import { Due, ListCode, Person, SubjectReference } from "../../work/words"

const NO_BREAK = "\u00a0"

function Best({ of }: { of: CaseRow }) {
  if (!of.best) return <span class="none">—</span>
  return (
    <>
      <Name text={of.best.caption} />
      <p class="dim small">
        <ListCode of={of.best.list} />{" "}
        <bdi dir="ltr" title={t("queue.score")}>
          {score(of.best.score)}
        </bdi>
        {of.alerts > 1 && <> · {t("queue.alerts", { n: of.alerts })}</>}
      </p>
    </>
  )
}

type Props = {
  rows: readonly CaseRow[]
  order: string
  at: string | undefined
  checked: ReadonlySet<string>
  onCheck: ((id: string) => void) | undefined
  onPlace: (place: number) => void
  csv: string
  filtered: boolean
  phase: Phase
  mayImport: boolean
}

function columns({ rows, checked, onCheck, onPlace }: Props): Column<CaseRow>[] {
  const check: Column<CaseRow>[] = onCheck
    ? [
        {
          key: "check",
          title: t("queue.select"),
          cell: (row) => (
            <input
              type="checkbox"
              aria-label={t("queue.select_one", { label: row.label })}
              checked={checked.has(row.id)}
              onChange={() => onCheck(row.id)}
            />
          ),
        },
      ]
    : []
  return [
    ...check,
    {
      key: "subject",
      title: t("queue.subject"),
      wide: true,
      cell: (row) => (
        <>
          <a href={to(`cases/${row.id}`)} data-case={row.id} onFocus={() => onPlace(rows.indexOf(row))}>
            <Name text={row.subject.caption} strong />
          </a>
          {row.escalated && (
            <>
              {" "}
              <Badge tone="warning" icon="flag">
                {t("case.escalated")}
              </Badge>
            </>
          )}
          <p class="dim small">
            <bdi dir="ltr">{row.label}</bdi> · <SubjectReference of={row.subject} />
            {row.assignee && (
              <>
                {" "}
                ·{" "}
                <span class="with">
                  <Icon name="person" />
                  {NO_BREAK}
                  <Person of={row.assignee} />
                </span>
              </>
            )}
          </p>
        </>
      ),
    },
    { key: "best", title: t("queue.best"), wide: true, cell: (row) => <Best of={row} /> },
    {
      key: "weight",
      title: t("queue.weight"),
      end: true,
      sort: true,
      cell: (row) => <span title={t("score.weight", { bits: bits(row.weight) })}>{bits(row.weight)}</span>,
    },
    { key: "age", title: t("queue.age"), sort: true, cell: (row) => <Time at={row.opened} as="ago" /> },
    { key: "due", title: t("queue.due"), sort: true, cell: (row) => <Due of={row} /> },
  ]
}

function NoCases({ filtered, phase, mayImport }: Props) {
  if (filtered)
    return (
      <Empty icon="queue" title={t("queue.none_such")}>
        <p>{t("queue.none_such_text")}</p>
      </Empty>
    )
  if (phase !== "open")
    return (
      <Empty icon="queue" title={t("queue.none_such")}>
        <p>{t(`queue.none_in.${phase}`)}</p>
      </Empty>
    )
  return (
    <Empty icon="queue" title={t("queue.none")}>
      <p>{t("queue.none_text")}</p>
      {mayImport && (
        <p>
          <a href={to("subjects/imports/new")}>{t("imports.new")}</a>
        </p>
      )}
    </Empty>
  )
}

export function QueueTable(props: Props) {
  const { rows, order, at, csv } = props
  return (
    <Table
      label={t("queue.title")}
      columns={columns(props)}
      rows={rows}
      rowKey={(row) => row.id}
      csv={csv}
      selected={(row) => row.id === at}
      sorting={{ by: order, down: order === "weight" }}
      onSort={({ by }) => setParameters({ order: by === "weight" ? "" : by })}
      empty={<NoCases {...props} />}
    />
  )
}
