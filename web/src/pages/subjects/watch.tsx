/* Continuous screening: against which lists the register was screened, and what each run found. */
import { useState } from "preact/hooks"

import { useLoad, usePages } from "../../api/load"
import { Badge, Button, Code, Name, Time } from "../../parts/basic"
import { Confirm } from "../../parts/dialog"
import { Page, Section } from "../../parts/page"
import { Empty, Note, Show } from "../../parts/state"
import { More, Table } from "../../parts/table"
import type { Column } from "../../parts/table"
import { to } from "../../shell/router"
import { may } from "../../shell/session"
import { number } from "../../text/format"
import { t, word } from "../../text/messages"
import { Progress } from "../../work/file_drop"
import { usePoll } from "../../work/poll"
import { isRunning, readPartly, readRuns, readWatch, screenAll } from "../../work/subjects"
import type { Run, Watch } from "../../work/subjects"
import { TaskBadge } from "./imports"
import { Tabs } from "./tabs"

const columns = (): Column<Run>[] => [
  {
    key: "why",
    title: t("watch.why"),
    wide: true,
    cell: (row) => (
      <>
        <span class="strong">{word("why", row.why)}</span>
        {row.lists.map((each) => (
          <p key={each.list} class="small dim">
            <Badge>
              <bdi dir="ltr">{each.list}</bdi>
            </Badge>{" "}
            {t("watch.entities", { n: each.entities })}
          </p>
        ))}
        {row.error && (
          <p class="small" dir="auto">
            {row.error}
          </p>
        )}
      </>
    ),
  },
  { key: "phase", title: t("lists.state"), cell: (row) => <TaskBadge of={row} /> },
  { key: "begun", title: t("imports.begun"), cell: (row) => <Time at={row.created} as="ago" /> },
  {
    key: "took",
    title: t("watch.took"),
    end: true,
    cell: (row) =>
      row.started && row.ended ? (
        t("watch.seconds", { seconds: number((Date.parse(row.ended) - Date.parse(row.started)) / 1000, 0) })
      ) : (
        <span class="none">—</span>
      ),
  },
  { key: "pairs", title: t("watch.pairs"), end: true, cell: (row) => number(row.pairs) },
  { key: "raised", title: t("watch.raised"), end: true, cell: (row) => number(row.raised + row.refreshed) },
  { key: "quiet", title: t("watch.quiet"), end: true, cell: (row) => number(row.quiet) },
]

/* Whom a run could not wholly screen, and why. */
function Partly({ count }: { count: number }) {
  const pages = usePages(
    async (after, stop) => {
      const read = await readPartly(after, stop)
      return { items: read.subjects, next: read.next }
    },
    [count],
  )
  return (
    <Section title={t("watch.partly")}>
      <ul class="files">
        {pages.items.map((each) => (
          <li key={each.id} class="row">
            <a href={to(`subjects/${each.id}`)}>
              <Name text={each.caption} />
            </a>
            <span class="dim small">
              {each.why.map((why) => word("partly", why)).join(" · ")}
              {each.hits && ` (${number(each.hits)})`}
            </span>
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </Section>
  )
}

function Now({ of }: { of: Watch }) {
  const left = of.subjects - of.screened
  return (
    <>
      <dl class="figures">
        <div>
          <dt>{t("watch.subjects")}</dt>
          <dd>{number(of.subjects)}</dd>
        </div>
        <div class={left > 0 ? "warning" : "good"}>
          <dt>{t("watch.screened")}</dt>
          <dd>{number(of.screened)}</dd>
        </div>
        {of.not_wholly_screened > 0 && (
          <div class="warning">
            <dt>{t("watch.partly")}</dt>
            <dd>{number(of.not_wholly_screened)}</dd>
          </div>
        )}
      </dl>
      {of.running && isRunning(of.running) && (
        <Progress
          label={t("watch.running", { done: of.running.done, n: of.running.total ?? 0 })}
          share={of.running.total ? of.running.done / of.running.total : null}
        />
      )}
      {!of.running && left > 0 && <Note>{t("watch.left", { n: left })}</Note>}
      {of.not_wholly_screened > 0 && <Partly count={of.not_wholly_screened} />}
      <Section title={t("watch.against")}>
        <ul class="files">
          {of.lists.map((each) => (
            <li key={each.list} class="row">
              <Badge>
                <bdi dir="ltr">{each.list}</bdi>
              </Badge>
              <Code text={each.version} cut={16} />
              <span class="dim small">
                <Time at={each.at} />
              </span>
            </li>
          ))}
        </ul>
        {of.lists.length === 0 && <p class="dim">{t("watch.no_lists")}</p>}
      </Section>
    </>
  )
}

export default function WatchPage() {
  const loaded = useLoad(readWatch, [])
  const runs = usePages(async (before, stop) => {
    const read = await readRuns(before, stop)
    return { items: read.runs, next: read.next }
  }, [])
  const [asked, setAsked] = useState(false)
  const reload = () => {
    loaded.reload()
    runs.reload()
  }
  usePoll(isRunning(loaded.value?.running) || runs.items.some(isRunning), loaded.reload, 1500)
  usePoll(runs.items.some(isRunning), runs.reload, 1500)
  return (
    <Page
      title={t("watch.title")}
      lead={t("watch.lead")}
      wide
      actions={
        may("subjects.change") && (
          <Button icon="refresh" onClick={() => setAsked(true)}>
            {t("watch.all")}
          </Button>
        )
      }
    >
      <Tabs />
      <Show of={loaded}>{(of) => <Now of={of} />}</Show>
      <Section title={t("watch.runs")}>
        {(runs.items.length > 0 || (!runs.loading && !runs.problem)) && (
          <Table
            label={t("watch.runs")}
            columns={columns()}
            rows={runs.items}
            rowKey={(row) => row.id}
            empty={
              <Empty icon="refresh" title={t("watch.none")}>
                <p>{t("watch.none_text")}</p>
                <p>
                  <a href={to("subjects/imports/new")}>{t("imports.new")}</a>
                </p>
              </Empty>
            }
          />
        )}
        <More pages={runs} />
      </Section>
      {asked && (
        <Confirm
          title={t("watch.all")}
          action={t("watch.all_action")}
          onClose={() => setAsked(false)}
          work={async () => {
            await screenAll()
            reload()
          }}
        >
          <p>{t("watch.all_text")}</p>
        </Confirm>
      )}
    </Page>
  )
}
