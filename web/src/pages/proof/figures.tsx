/* Figures for who answers for the work: how many alerts, how long they wait, what becomes of them, by whom. */
import { ask } from "../../api/client"
import { useLoad } from "../../api/load"
import { Name } from "../../parts/basic"
import { TextField } from "../../parts/field"
import { Page, Section } from "../../parts/page"
import { Show } from "../../parts/state"
import { Table } from "../../parts/table"
import { parameter, setParameters } from "../../shell/router"
import { number, percent } from "../../text/format"
import { locale, t } from "../../text/messages"
import { Days } from "./days"

type Times = { count: number; median: number | null; p90: number | null }
type Dispositions = { "true-match": number; "false-positive": number; "insufficient-information": number }
type Figures = {
  since: string
  until: string
  alerts: { raised: number; refreshed: number; quiet: number; open: number }
  cases: { opened: number; closed: number; open: number; overdue: number; escalated: number }
  decisions: Dispositions & { returned: number; undone: number }
  times: { first_look_s: Times; decision_s: Times; approval_s: Times }
  by_day: { day: string; raised: number; decided: number }[]
  by_list: ({ list: string; raised: number; open: number } & Dispositions)[]
  by_person: { person: { id: string; name: string }; proposed: number; approved: number; returned: number }[]
  detection: { found: number } | null
}

function span(seconds: number | null): string {
  if (seconds === null) return "—"
  const [value, unit] =
    seconds < 90
      ? [seconds, "second"]
      : seconds < 5400
        ? [seconds / 60, "minute"]
        : seconds < 172_800
          ? [seconds / 3600, "hour"]
          : [seconds / 86_400, "day"]
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: unit as string,
    unitDisplay: "long",
    maximumFractionDigits: 1,
  }).format(value as number)
}

function Big({ title, value, more }: { title: string; value: string; more?: string }) {
  return (
    <div class="panel big">
      <dt>{title}</dt>
      <dd>
        <span class="figure">{value}</span>
        {more && <span class="dim">{more}</span>}
      </dd>
    </div>
  )
}

function View({ figures }: { figures: Figures }) {
  const { alerts, cases, decisions, times } = figures
  const decided = decisions["true-match"] + decisions["false-positive"] + decisions["insufficient-information"]
  return (
    <>
      <dl class="grid bigs">
        <Big title={t("figures.raised")} value={number(alerts.raised)} more={t("figures.quiet", { n: alerts.quiet })} />
        <Big title={t("figures.open")} value={number(cases.open)} more={t("figures.overdue", { n: cases.overdue })} />
        <Big
          title={t("figures.decided")}
          value={number(decided)}
          more={t("figures.true_matches", { n: decisions["true-match"] })}
        />
        <Big
          title={t("figures.decision_time")}
          value={span(times.decision_s.median)}
          more={times.decision_s.count ? t("figures.p90", { time: span(times.decision_s.p90) }) : undefined}
        />
        {figures.detection && <Big title={t("effectiveness.detection")} value={percent(figures.detection.found, 1)} />}
      </dl>
      {figures.by_day.length > 0 && (
        <Section title={t("figures.by_day")}>
          <div class="panel">
            <Days rows={figures.by_day} since={figures.since} until={figures.until} />
          </div>
        </Section>
      )}
      <Section title={t("figures.times")}>
        <Table
          label={t("figures.times")}
          rows={
            [
              ["first_look", times.first_look_s],
              ["decision", times.decision_s],
              ["approval", times.approval_s],
            ] as ["first_look" | "decision" | "approval", Times][]
          }
          rowKey={([name]) => name}
          columns={[
            { key: "what", title: t("figures.what"), wide: true, cell: ([name]) => t(`figures.${name}`) },
            { key: "count", title: t("figures.count"), end: true, cell: ([, each]) => number(each.count) },
            { key: "median", title: t("figures.median"), cell: ([, each]) => span(each.median) },
            { key: "p90", title: t("figures.nine_of_ten"), cell: ([, each]) => span(each.p90) },
          ]}
        />
      </Section>
      {figures.by_list.length > 0 && (
        <Section title={t("figures.by_list")}>
          <Table
            label={t("figures.by_list")}
            rows={figures.by_list}
            rowKey={(row) => row.list}
            columns={[
              { key: "list", title: t("lists.list"), wide: true, cell: (row) => <bdi>{row.list}</bdi> },
              { key: "raised", title: t("figures.raised"), end: true, cell: (row) => number(row.raised) },
              { key: "open", title: t("figures.open"), end: true, cell: (row) => number(row.open) },
              { key: "true", title: t("disposition.true-match"), end: true, cell: (row) => number(row["true-match"]) },
              {
                key: "false",
                title: t("disposition.false-positive"),
                end: true,
                cell: (row) => number(row["false-positive"]),
              },
              {
                key: "unclear",
                title: t("disposition.insufficient-information"),
                end: true,
                cell: (row) => number(row["insufficient-information"]),
              },
            ]}
          />
        </Section>
      )}
      {figures.by_person.length > 0 && (
        <Section title={t("figures.by_person")}>
          <Table
            label={t("figures.by_person")}
            rows={figures.by_person}
            rowKey={(row) => row.person.id}
            columns={[
              { key: "name", title: t("people.name"), wide: true, cell: (row) => <Name text={row.person.name} /> },
              { key: "proposed", title: t("figures.proposed"), end: true, cell: (row) => number(row.proposed) },
              { key: "approved", title: t("figures.approved"), end: true, cell: (row) => number(row.approved) },
              { key: "returned", title: t("figures.returned"), end: true, cell: (row) => number(row.returned) },
            ]}
          />
        </Section>
      )}
    </>
  )
}

export default function FiguresPage() {
  const since = parameter("since"),
    until = parameter("until")
  const loaded = useLoad(
    (stop) => ask<Figures>("GET", "/figures", { query: { since, until }, signal: stop }),
    [since, until],
  )
  const csv = `/api/v1/figures?${new URLSearchParams({ ...(since ? { since } : {}), ...(until ? { until } : {}), format: "csv" }).toString()}`
  return (
    <Page
      title={t("figures.title")}
      lead={t("figures.lead")}
      actions={
        <a class="button" href={csv} download>
          {t("table.csv")}
        </a>
      }
    >
      <form class="filters dates" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label={t("audit.since")}
          type="date"
          value={since}
          onInput={(value) => setParameters({ since: value })}
        />
        <TextField
          label={t("audit.until")}
          type="date"
          value={until}
          onInput={(value) => setParameters({ until: value })}
        />
      </form>
      <Show of={loaded}>{(figures) => <View figures={figures} />}</Show>
    </Page>
  )
}
