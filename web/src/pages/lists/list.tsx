/* One list: what is held of it and what is screened against, its versions, and what changed from one to the next. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing, useLoad, usePages } from "../../api/load"
import type { ListStatus, ListVersion } from "../../api/shapes"
import { Badge, Button, Code, Time } from "../../parts/basic"
import { Confirm, useDialog } from "../../parts/dialog"
import { Page, Section } from "../../parts/page"
import { Empty, ProblemNote, Show } from "../../parts/state"
import { More, Table } from "../../parts/table"
import { parameter, setParameters } from "../../shell/router"
import { may } from "../../shell/session"
import { bytes, number } from "../../text/format"
import { t } from "../../text/messages"
import { ListChanges } from "./changes"
import { ImportButton } from "./import"
import { ListState, titleOf } from "./state"
import { Working } from "./tasks"

const SHORT = 12

function Head({ row }: { row: ListStatus }) {
  const held = row.held
  return (
    <div class="panel">
      <dl class="facts">
        <div>
          <dt>{t("lists.state")}</dt>
          <dd>
            <ListState row={row} />
          </dd>
        </div>
        {row.publisher && (
          <div>
            <dt>{t("lists.publisher")}</dt>
            <dd dir="auto">{row.publisher}</dd>
          </div>
        )}
        <div>
          <dt>{t("lists.entities")}</dt>
          <dd>{number(row.indexed?.entities ?? held?.entities ?? 0)}</dd>
        </div>
        <div>
          <dt>{t("lists.published")}</dt>
          <dd>
            <Time at={row.indexed?.published ?? held?.published} as="day" />
          </dd>
        </div>
        {held && (
          <>
            <div>
              <dt>{t("lists.checked")}</dt>
              <dd>
                <Time at={held.checked} />
              </dd>
            </div>
            <div>
              <dt>{t("lists.origin")}</dt>
              <dd>
                <Code text={held.origin ?? ""} /> <span class="dim">{bytes(held.bytes ?? 0)}</span>
              </dd>
            </div>
          </>
        )}
      </dl>
    </div>
  )
}

/* + 3  − 1  ~ 12, each in words for who has it read out. */
function Counts({ version }: { version: ListVersion }) {
  if (!version.previous) return <span class="dim">{t("lists.first")}</span>
  const of = (sign: string, count: number | undefined, words: string) => (
    <span title={words}>
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{words} </span>
      {number(count ?? 0)}
    </span>
  )
  return (
    <span class="counts" dir="ltr">
      {of("+", version.added, t("change.added"))}
      {of("−", version.removed, t("change.removed"))}
      {of("~", version.changed, t("change.changed"))}
    </span>
  )
}

function Select({ list, version, begun }: { list: string; version: string; begun: () => void }) {
  const [open, dialog] = useDialog((close) => (
    <Confirm
      title={t("lists.select_title")}
      action={t("lists.select")}
      onClose={close}
      work={async () => {
        await api("POST /lists/{list}/select", { place: { list }, body: { version } })
        begun()
      }}
    >
      <p>{t("lists.select_text")}</p>
      <p>
        <Code text={version} cut={SHORT} />
      </p>
    </Confirm>
  ))
  return (
    <>
      <Button onClick={open}>{t("lists.select")}</Button>
      {dialog}
    </>
  )
}

function Versions({ list, shown, round, begun }: { list: string; shown: string; round: number; begun: () => void }) {
  const pages = usePages(
    async (cursor, stop) => {
      const offset = Number(cursor ?? 0)
      const told = await api("GET /lists/{list}/versions", {
        place: { list },
        query: { limit: 20, offset },
        signal: stop,
      })
      const next = offset + told.versions.length
      return { items: told.versions, next: next < told.total ? String(next) : null }
    },
    [list, round],
  )
  return (
    <>
      <Table
        label={t("lists.versions")}
        rows={pages.items}
        rowKey={(row) => row.version}
        selected={(row) => row.version === shown}
        columns={[
          {
            key: "published",
            title: t("lists.published"),
            cell: (row) => (
              <>
                <Time at={row.published} as="day" /> {row.current && <Badge tone="good">{t("lists.in_use")}</Badge>}
              </>
            ),
          },
          { key: "imported", title: t("lists.imported"), cell: (row) => <Time at={row.imported} /> },
          { key: "version", title: t("lists.version"), cell: (row) => <Code text={row.version} cut={SHORT} /> },
          { key: "entities", title: t("lists.entities"), end: true, cell: (row) => number(row.entities ?? 0) },
          { key: "counts", title: t("lists.changes"), cell: (row) => <Counts version={row} /> },
          {
            key: "show",
            title: t("lists.more"),
            cell: (row) => (
              <span class="row">
                {row.previous && (
                  <Button onClick={() => setParameters({ version: row.version })}>{t("lists.what_changed")}</Button>
                )}
                {may("lists.change") && !row.current && <Select list={list} version={row.version} begun={begun} />}
              </span>
            ),
          },
        ]}
        empty={pages.loading ? null : <Empty icon="lists" title={t("lists.no_versions")} />}
      />
      <More pages={pages} />
    </>
  )
}

export default function ListPage({ list = "" }: { list?: string }) {
  const [round, setRound] = useState(0)
  const [begun, setBegun] = useState(0)
  const loaded = useLoad((stop) => api("GET /lists/{list}", { place: { list }, signal: stop }), [list, round])
  const doing = useDoing()
  const update = () =>
    doing.run(async () => {
      await api("POST /lists/{list}/update", { place: { list } })
      setBegun(begun + 1)
    })
  const version = parameter("version") || (loaded.value?.held?.previous ? loaded.value.held.version : "")
  return (
    <Page
      title={loaded.value ? titleOf(loaded.value) : list}
      actions={
        may("lists.change") &&
        loaded.value && (
          <>
            {loaded.value.updatable ? (
              <Button icon="refresh" tone="main" busy={doing.busy} onClick={() => void update()}>
                {t("lists.update")}
              </Button>
            ) : (
              <span class="dim">{t("lists.not_updatable")}</span>
            )}
            <ImportButton list={list} begun={() => setBegun(begun + 1)} />
          </>
        )
      }
    >
      <ProblemNote problem={doing.problem} />
      <Working list={list} round={begun} done={() => setRound(round + 1)} />
      <Show of={loaded}>{(row) => <Head row={row} />}</Show>
      {loaded.value?.held && (
        <Section title={t("lists.versions")}>
          <Versions list={list} shown={version} round={round} begun={() => setBegun(begun + 1)} />
        </Section>
      )}
      {version && <ListChanges list={list} version={version} />}
    </Page>
  )
}
