/* The register: whom the agency screens again and again. */
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
import { may } from "../../shell/session"
import { t } from "../../text/messages"
import { schemataOffered } from "../../work/schemata"
import { readSubjects } from "../../work/subjects"
import type { SubjectRow } from "../../work/subjects"
import { sources, useKept } from "../../work/shared"
import { isOnce, schemaTitle, sourceTitle, SubjectReference, useSources } from "../../work/words"
import { Tabs } from "./tabs"

const typed = signal("") // may be somebody's name, so it is not in the address

const columns = (titleOf: (source: string) => string): Column<SubjectRow>[] => [
  {
    key: "caption",
    title: t("subjects.name"),
    wide: true,
    cell: (row) => (
      <>
        <a href={to(`subjects/${row.id}`)}>
          <Name text={row.caption} strong />
        </a>
        {row.state === "closed" && (
          <>
            {" "}
            <Badge>{t("subjects.closed")}</Badge>
          </>
        )}
      </>
    ),
  },
  { key: "schema", title: t("subjects.schema"), cell: (row) => schemaTitle(row.schema) },
  {
    key: "reference",
    title: t("subjects.reference"),
    cell: (row) => (
      <>
        <SubjectReference of={row} />
        {!isOnce(row) && (
          <p class="dim small">
            <bdi>{titleOf(row.source)}</bdi>
          </p>
        )}
      </>
    ),
  },
  {
    key: "screened",
    title: t("subjects.screened"),
    cell: (row) =>
      row.screened ? <Time at={row.screened} as="ago" /> : <span class="dim">{t("subjects.not_screened")}</span>,
  },
  {
    key: "alerts",
    title: t("subjects.alerts"),
    cell: (row) =>
      row.open_case ? (
        <a href={to(`cases/${row.open_case}`)}>
          <Badge tone="warning">{t("queue.alerts", { n: row.alerts })}</Badge>
        </a>
      ) : (
        <span class="none">—</span>
      ),
  },
]

function SubjectFilters() {
  const from = useKept(sources).value ?? []
  return (
    <Filters label={t("subjects.search")} typed={typed}>
      <SelectField
        label={t("subjects.source")}
        hideLabel
        value={parameter("source")}
        onChange={(source) => setParameters({ source })}
        choices={[
          { value: "", title: t("subjects.all_sources") },
          ...from.map((each) => ({ value: each.source, title: sourceTitle(each) })),
        ]}
      />
      <SelectField
        label={t("subjects.schema")}
        hideLabel
        value={parameter("schema")}
        onChange={(schema) => setParameters({ schema })}
        choices={[
          { value: "", title: t("subjects.all_schemata") },
          ...schemataOffered.map((value) => ({ value, title: schemaTitle(value) })),
        ]}
      />
      <SelectField
        label={t("subjects.state")}
        hideLabel
        value={parameter("state") || "active"}
        onChange={(state) => setParameters({ state: state === "active" ? "" : state })}
        choices={(["active", "closed", "all"] as const).map((value) => ({
          value,
          title: t(`subjects.which.${value}`),
        }))}
      />
    </Filters>
  )
}

export default function SubjectsPage() {
  const filter = {
    source: parameter("source"),
    schema: parameter("schema"),
    state: parameter("state") as "closed" | "all",
    q: typed.value,
  }
  const pages = usePages(
    async (after, stop) => {
      const read = await readSubjects(filter, after, stop)
      return { items: read.subjects, next: read.next }
    },
    [JSON.stringify(filter)],
  )
  const titleOf = useSources()
  const filtered = Object.values(filter).some(Boolean)
  return (
    <Page
      title={t("subjects.title")}
      lead={t("subjects.lead")}
      wide
      actions={
        may("subjects.change") && (
          <>
            <a class="button" href={to("subjects/new")}>
              {t("subjects.add")}
            </a>
            <a class="button main" href={to("subjects/imports/new")}>
              {t("imports.new")}
            </a>
          </>
        )
      }
    >
      <Tabs />
      <SubjectFilters />
      {(pages.items.length > 0 || (!pages.loading && !pages.problem)) && (
        <Table
          label={t("subjects.title")}
          columns={columns(titleOf)}
          rows={pages.items}
          rowKey={(row) => row.id}
          csv={addressOf("/subjects", { ...filter, format: "csv" })}
          empty={
            filtered ? (
              <Empty icon="subjects" title={t("subjects.none_such")}>
                <p>{t("queue.none_such_text")}</p>
              </Empty>
            ) : (
              <Empty icon="subjects" title={t("subjects.none")}>
                <p>{t("subjects.none_text")}</p>
                {may("subjects.change") && (
                  <p>
                    <a href={to("subjects/imports/new")}>{t("imports.new")}</a>
                  </p>
                )}
              </Empty>
            )
          }
        />
      )}
      <More pages={pages} />
    </Page>
  )
}
