/* Files that were brought in. */
import { usePages } from "../../api/load"
import { Badge, Name, Time } from "../../parts/basic"
import type { Tone } from "../../parts/basic"
import { Page } from "../../parts/page"
import { Empty } from "../../parts/state"
import { More, Table } from "../../parts/table"
import type { Column } from "../../parts/table"
import { to } from "../../shell/router"
import { may } from "../../shell/session"
import { bytes, number, percent } from "../../text/format"
import { t, word } from "../../text/messages"
import { usePoll } from "../../work/poll"
import { isRunning, readImports } from "../../work/subjects"
import type { Import, TaskPhase } from "../../work/subjects"
import { Tabs } from "./tabs"

const tones: Record<TaskPhase, Tone> = {
  waiting: "plain",
  running: "accent",
  done: "good",
  failed: "bad",
  cancelled: "plain",
}
export const TaskBadge = ({ of }: { of: { phase: TaskPhase; done: number; total: number | null } }) => (
  <Badge tone={tones[of.phase] ?? "plain"}>
    {word("task", of.phase)}
    {of.phase === "running" && of.total ? (
      <>
        {" "}
        <bdi dir="ltr">{percent(of.done / of.total)}</bdi>
      </>
    ) : null}
  </Badge>
)

const columns = (): Column<Import>[] => [
  {
    key: "file",
    title: t("imports.file"),
    wide: true,
    cell: (row) => (
      <>
        <a href={to(`subjects/imports/${row.id}`)}>
          <Name text={row.file_name} strong />
        </a>
        <p class="dim small">{bytes(row.bytes)}</p>
      </>
    ),
  },
  { key: "source", title: t("subjects.source"), cell: (row) => <bdi dir="ltr">{row.source}</bdi> },
  { key: "phase", title: t("lists.state"), cell: (row) => <TaskBadge of={row} /> },
  { key: "added", title: t("imports.added"), end: true, cell: (row) => number(row.added) },
  { key: "changed", title: t("imports.changed"), end: true, cell: (row) => number(row.changed) },
  { key: "closed", title: t("imports.closed"), end: true, cell: (row) => number(row.closed) },
  {
    key: "rejected",
    title: t("imports.rejected"),
    end: true,
    cell: (row) => (row.rejected ? <Badge tone="warning">{number(row.rejected)}</Badge> : number(0)),
  },
  { key: "created", title: t("imports.begun"), cell: (row) => <Time at={row.created} as="ago" /> },
]

export default function ImportsPage() {
  const pages = usePages(async (after, stop) => {
    const read = await readImports(after, stop)
    return { items: read.imports, next: read.next }
  }, [])
  usePoll(pages.items.some(isRunning), pages.reload, 3000)
  return (
    <Page
      title={t("imports.title")}
      lead={t("imports.lead")}
      wide
      actions={
        may("subjects.change") && (
          <a class="button main" href={to("subjects/imports/new")}>
            {t("imports.new")}
          </a>
        )
      }
    >
      <Tabs />
      {(pages.items.length > 0 || (!pages.loading && !pages.problem)) && (
        <Table
          label={t("imports.title")}
          columns={columns()}
          rows={pages.items}
          rowKey={(row) => row.id}
          empty={
            <Empty icon="subjects" title={t("imports.none")}>
              <p>{t("imports.none_text")}</p>
            </Empty>
          }
        />
      )}
      <More pages={pages} />
    </Page>
  )
}
