/* What is different in a version of a list from the one before: who came, who went, what of whom changed. */
import { api } from "../../api/client"
import { usePages } from "../../api/load"
import { Badge, Code, Name } from "../../parts/basic"
import type { Tone } from "../../parts/basic"
import { Section } from "../../parts/page"
import { Empty } from "../../parts/state"
import { More, Table } from "../../parts/table"
import { to } from "../../shell/router"
import { t } from "../../text/messages"
import { FieldChanges } from "../entity/changes"

const tones: Record<string, Tone> = { added: "warning", changed: "accent", removed: "good" }

export function ListChanges({ list, version }: { list: string; version: string }) {
  const pages = usePages(
    async (cursor, stop) => {
      const offset = Number(cursor ?? 0)
      const told = await api("GET /lists/{list}/versions/{version}/changes", {
        place: { list, version },
        query: { limit: 50, offset },
        signal: stop,
      })
      const next = offset + told.changes.length
      return { items: told.changes, next: next < told.total ? String(next) : null }
    },
    [list, version],
  )
  return (
    <Section title={t("lists.changed_since")}>
      <Table
        label={t("lists.changed_since")}
        rows={pages.items}
        rowKey={(row) => row.change + row.id}
        columns={[
          {
            key: "change",
            title: t("lists.change"),
            cell: (row) => <Badge tone={tones[row.change]}>{t(`change.${row.change}`)}</Badge>,
          },
          {
            key: "who",
            title: t("lists.who"),
            wide: true,
            cell: (row) => (
              <>
                <a href={to(`entities/${encodeURIComponent(row.id)}`)}>
                  <Name text={row.caption || row.id} />
                </a>{" "}
                <Code text={row.reference} />
                <FieldChanges fields={row.fields ?? []} />
              </>
            ),
          },
        ]}
        empty={pages.loading || pages.problem ? null : <Empty icon="check" title={t("lists.no_changes")} />}
      />
      <More pages={pages} />
    </Section>
  )
}
