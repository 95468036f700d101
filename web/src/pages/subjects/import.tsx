/* One import: how far it is, what it did, and each line that was not taken. */
import { addressOf, fill } from "../../api/client"
import { useDoing, useLoad, usePages } from "../../api/load"
import { Badge, Button, Code, Name, Time } from "../../parts/basic"
import { Page, Section } from "../../parts/page"
import { Note, ProblemNote, Show } from "../../parts/state"
import { More, Table } from "../../parts/table"
import type { Column } from "../../parts/table"
import { to } from "../../shell/router"
import { may } from "../../shell/session"
import { bytes, number } from "../../text/format"
import { t, word } from "../../text/messages"
import { Progress } from "../../work/file_drop"
import { usePoll } from "../../work/poll"
import { cancelImport, isRunning, readImport, readRejections } from "../../work/subjects"
import type { Import, Rejection } from "../../work/subjects"
import { TaskBadge } from "./imports"
import { Tabs } from "./tabs"

const COUNTED = ["added", "changed", "same", "closed", "rejected", "noted"] as const

function Counted({ of }: { of: Import }) {
  return (
    <dl class="figures">
      {COUNTED.map((each) => (
        <div key={each} class={each === "rejected" && of.rejected ? "warning" : ""}>
          <dt>{t(`imports.${each}`)}</dt>
          <dd>{number(of[each])}</dd>
        </div>
      ))}
    </dl>
  )
}

const columns = (): Column<Rejection>[] => [
  { key: "line", title: t("imports.line"), end: true, cell: (row) => number(row.line) },
  {
    key: "field",
    title: t("imports.field"),
    cell: (row) => (row.field ? <Name text={row.field} /> : <span class="none">—</span>),
  },
  {
    key: "reason",
    title: t("imports.reason"),
    cell: (row) => (
      <>
        {word("flaw", row.code)} {row.number && number(row.number)}
        {row.code === "unreadable" && (
          <p class="small dim" dir="ltr">
            {row.reason}
          </p>
        )}
        {row.taken && (
          <>
            {" "}
            <Badge>{t("imports.taken")}</Badge>
          </>
        )}
      </>
    ),
  },
  { key: "value", title: t("imports.value"), cell: (row) => <Name text={row.value} /> },
]

function Rejections({ of }: { of: Import }) {
  const pages = usePages(
    async (after, stop) => {
      const read = await readRejections(of.id, after, stop)
      return { items: read.rejections, next: read.next }
    },
    [of.id, of.rejected + of.noted],
  )
  return (
    <Section title={t("imports.rejections")}>
      <Table
        label={t("imports.rejections")}
        columns={columns()}
        rows={pages.items}
        rowKey={(row) => `${row.line} ${row.field}`}
        csv={addressOf(fill("/subjects/imports/{id}/rejections", { id: of.id }), { format: "csv" })}
      />
      <More pages={pages} />
    </Section>
  )
}

function Running({ of, reload }: { of: Import; reload: () => void }) {
  const doing = useDoing()
  return (
    <>
      <Progress
        label={
          of.unit === "bytes"
            ? t("imports.running", { done: bytes(of.done), whole: bytes(of.bytes) })
            : t("sources.subjects", { n: of.done })
        }
        share={of.total ? of.done / of.total : null}
      />
      <ProblemNote problem={doing.problem} />
      {may("subjects.change") && (
        <Button
          busy={doing.busy}
          onClick={() =>
            void doing.run(async () => {
              await cancelImport(of.id)
              reload()
            })
          }
        >
          {t("imports.cancel")}
        </Button>
      )}
    </>
  )
}

export default function ImportPage({ id = "" }: { id?: string }) {
  const loaded = useLoad((stop) => readImport(id, stop), [id])
  const of = loaded.value
  usePoll(isRunning(of), loaded.reload, 1000)
  return (
    <Page
      title={of ? of.file_name : t("imports.one")}
      lead={
        of && (
          <>
            <bdi dir="ltr">{of.source}</bdi> · {bytes(of.bytes)} · <Time at={of.created} />
          </>
        )
      }
      actions={of && <TaskBadge of={of} />}
    >
      <Tabs />
      <Show of={loaded}>
        {(found) => (
          <>
            {isRunning(found) && <Running of={found} reload={loaded.reload} />}
            {found.error && (
              <Note tone="bad">
                <p dir="auto">{found.error}</p>
              </Note>
            )}
            <Counted of={found} />
            {found.phase === "done" && (
              <p>
                <a href={to("subjects", { source: found.source })}>{t("subjects.register")}</a> ·{" "}
                <a href={to("subjects/watch")}>{t("watch.title")}</a>
              </p>
            )}
            {found.rejected + found.noted > 0 && <Rejections of={found} />}
            <p class="dim small">
              {t("imports.number")} <Code text={found.id} />
            </p>
          </>
        )}
      </Show>
    </Page>
  )
}
