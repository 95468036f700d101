/* Does the screening find whom it should? Names of the lists changed on purpose, asked for, counted: the curve over
 * thresholds, and the ways of changing names that are found worst. */
import { ask } from "../../api/client"
import { useDoing, useLoad, usePages } from "../../api/load"
import { Button, Code, Time } from "../../parts/basic"
import { Page, Section } from "../../parts/page"
import { Empty, Note, ProblemNote, Show } from "../../parts/state"
import { More, Table } from "../../parts/table"
import { parameter, setParameters } from "../../shell/router"
import { may } from "../../shell/session"
import { number, percent, score } from "../../text/format"
import { t } from "../../text/messages"
import { useTold } from "../../work/told"
import { Curve } from "./curve"

type Kept = { id: string; made: string; detection: number | null }
type Tally = { asked: number; found: number; share: number; low: number; high: number; found_at: number[] }
type Report = {
  made: string
  threshold: number
  thresholds: number[]
  names: number
  detection: Tally
  alerts: { by_name: { asked: number; share: number; found_at?: number[]; alerted_at?: number[] } | null }
  classes: (Tally & { class: string })[]
  lists: { list: string; version: string; entities: number }[]
}

function ReportView({ report }: { report: Report }) {
  const told = useTold("effectiveness")
  const detection = report.detection.found_at.map((found) => found / (report.detection.asked || 1))
  const alerts = report.alerts.by_name,
    alertCounts = alerts?.found_at ?? alerts?.alerted_at
  const lines = [{ title: t("effectiveness.detection"), tone: "for" as const, values: detection }]
  if (alerts && alertCounts)
    lines.push({
      title: t("effectiveness.alerts"),
      tone: "against" as never,
      values: alertCounts.map((count) => count / (alerts.asked || 1)),
    })
  const classes = [...report.classes].filter((each) => each.asked > 0).sort((one, other) => one.share - other.share)
  return (
    <div class="stack">
      <p>
        {t("effectiveness.sentence", {
          share: percent(report.detection.share, 1),
          low: percent(report.detection.low, 1),
          high: percent(report.detection.high, 1),
          threshold: score(report.threshold),
          n: report.detection.asked,
        })}
      </p>
      {alerts ? (
        <p>{t("effectiveness.alert_sentence", { share: percent(alerts.share, 2), n: alerts.asked })}</p>
      ) : (
        <Note>{t("effectiveness.no_customers")}</Note>
      )}
      <div class="panel">
        <Curve label={t("effectiveness.curve")} thresholds={report.thresholds} lines={lines} mark={report.threshold} />
      </div>
      <Section title={t("effectiveness.classes")}>
        <Table
          label={t("effectiveness.classes")}
          rows={classes}
          rowKey={(row) => row.class}
          columns={[
            { key: "class", title: t("effectiveness.class"), wide: true, cell: (row) => told.title(row.class) },
            { key: "asked", title: t("effectiveness.asked"), end: true, cell: (row) => number(row.asked) },
            { key: "share", title: t("effectiveness.found"), end: true, cell: (row) => percent(row.share, 1) },
            {
              key: "range",
              title: t("effectiveness.range"),
              cell: (row) => (
                <bdi dir="ltr">
                  {percent(row.low, 1)} – {percent(row.high, 1)}
                </bdi>
              ),
            },
          ]}
        />
      </Section>
      <Section title={t("lists.title")}>
        <ul>
          {report.lists.map((each) => (
            <li key={each.list}>
              <bdi>{each.list}</bdi> · {number(each.entities)} · <Code text={each.version} cut={12} />
            </li>
          ))}
        </ul>
      </Section>
    </div>
  )
}

const One = ({ id }: { id: string }) => {
  const loaded = useLoad(
    (stop) => ask<Report>("GET", `/effectiveness/${encodeURIComponent(id)}`, { signal: stop }),
    [id],
  )
  return <Show of={loaded}>{(report) => <ReportView report={report} />}</Show>
}

export default function EffectivenessPage() {
  const pages = usePages(async (before, stop) => {
    const told = await ask<{ reports: Kept[]; next?: string | null }>("GET", "/effectiveness", {
      query: { before },
      signal: stop,
    })
    return { items: told.reports, next: told.next ?? null }
  }, [])
  const doing = useDoing()
  const [started, setStarted] = [parameter("started"), (on: boolean) => setParameters({ started: on ? "yes" : "" })]
  const run = () =>
    doing.run(async () => {
      await ask("POST", "/effectiveness", { body: {} })
      setStarted(true)
    })
  const shown = parameter("report") || pages.items[0]?.id
  return (
    <Page
      title={t("effectiveness.title")}
      lead={t("effectiveness.lead")}
      actions={
        may("reports") && (
          <Button tone="main" busy={doing.busy} onClick={() => void run()}>
            {t("effectiveness.run")}
          </Button>
        )
      }
    >
      <ProblemNote problem={doing.problem} />
      {started && (
        <Note>
          <p>{t("effectiveness.started")}</p>
          <p>
            <Button
              icon="refresh"
              onClick={() => {
                setStarted(false)
                pages.reload()
              }}
            >
              {t("effectiveness.look")}
            </Button>
          </p>
        </Note>
      )}
      {pages.items.length > 1 && (
        <div class="row" role="group" aria-label={t("effectiveness.reports")}>
          {pages.items.map((each) => (
            <Button
              key={each.id}
              tone={each.id === shown ? "main" : "plain"}
              onClick={() => setParameters({ report: each.id })}
            >
              <Time at={each.made} />
            </Button>
          ))}
        </div>
      )}
      <More pages={pages} />
      {shown ? (
        <One id={shown} />
      ) : (
        !pages.loading &&
        !pages.problem && (
          <Empty icon="chart" title={t("effectiveness.none")}>
            <p>{t("effectiveness.none_text")}</p>
          </Empty>
        )
      )}
    </Page>
  )
}
