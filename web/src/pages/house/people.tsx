/* The people of the agency: who they are, what they may, and whether they get in. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing, usePages } from "../../api/load"
import type { Person } from "../../api/shapes"
import { Badge, Button, Name, Time } from "../../parts/basic"
import type { Tone } from "../../parts/basic"
import { useDialog } from "../../parts/dialog"
import { Page } from "../../parts/page"
import { Empty, ProblemNote } from "../../parts/state"
import { More, Table } from "../../parts/table"
import { account, may } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t } from "../../text/messages"
import { Once } from "./once"
import { PersonForm } from "./person_form"
import { ResetDialog } from "./reset"

const tones: Record<Person["state"], Tone> = { invited: "accent", active: "good", locked: "bad", left: "plain" }

function Actions({ person, changed }: { person: Person; changed: () => void }) {
  const doing = useDoing()
  const [change, changing] = useDialog((close) => <PersonForm person={person} close={close} done={changed} />)
  const [reset, resetting] = useDialog((close) => <ResetDialog person={person} close={close} done={changed} />)
  const own = account.value?.person.id === person.id
  const set = async (state: "active" | "locked") => {
    await api("PATCH /people/{id}", { place: { id: person.id }, body: { state } })
    changed()
  }
  const lock = () =>
    doing.run(async () => {
      await set("locked")
      toast(t("people.locked_toast", { name: person.display_name || person.name }), () => set("active"))
    })
  return (
    <div class="row">
      <Button onClick={change} label={t("people.change_of", { name: person.display_name || person.name })}>
        {t("people.change")}
      </Button>
      {!own && (
        <Button onClick={reset} label={t("people.let_in_of", { name: person.display_name || person.name })}>
          {t("people.let_in")}
        </Button>
      )}
      {!own &&
        (person.state === "locked" || person.state === "left" ? (
          <Button busy={doing.busy} onClick={() => void doing.run(() => set("active"))}>
            {t("people.unlock")}
          </Button>
        ) : (
          <Button tone="danger" busy={doing.busy} onClick={() => void lock()}>
            {t("people.lock")}
          </Button>
        ))}
      <ProblemNote problem={doing.problem} />
      {changing}
      {resetting}
    </div>
  )
}

export default function PeoplePage() {
  const pages = usePages(async (after, stop) => {
    const { people, next } = await api("GET /people", { query: { after }, signal: stop })
    return { items: people, next }
  }, [])
  const [added, setAdded] = useState<{ name: string; password: string } | null>(null)
  const [add, adding] = useDialog((close) => <PersonForm close={close} done={pages.reload} added={setAdded} />)
  const mayChange = may("people.change")
  return (
    <Page
      title={t("people.title")}
      lead={t("people.lead")}
      actions={
        mayChange && (
          <Button tone="main" icon="plus" onClick={add}>
            {t("people.add")}
          </Button>
        )
      }
    >
      {added && (
        <Once
          title={t("people.added", { name: added.name })}
          text={t("people.once")}
          secret={added.password}
          done={() => setAdded(null)}
        />
      )}
      {(pages.items.length > 0 || (!pages.loading && !pages.problem)) && (
        <Table
          label={t("people.title")}
          rows={pages.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: "name",
              title: t("people.name"),
              wide: true,
              cell: (row) => (
                <>
                  <Name text={row.display_name || row.name} strong />
                  <p class="dim small">
                    <bdi dir="ltr">{row.name}</bdi>
                  </p>
                </>
              ),
            },
            {
              key: "roles",
              title: t("account.roles"),
              cell: (row) => (
                <span class="row">
                  {row.roles.map((role) => (
                    <Badge key={role} tone="accent">
                      {t(`role.${role}`)}
                    </Badge>
                  ))}
                </span>
              ),
            },
            {
              key: "state",
              title: t("people.state"),
              cell: (row) => <Badge tone={tones[row.state]}>{t(`person.${row.state}`)}</Badge>,
            },
            {
              key: "factor",
              title: t("account.factor"),
              cell: (row) =>
                row.second_factor ? (
                  <Badge tone="good" icon="check">
                    {t("people.has_factor")}
                  </Badge>
                ) : (
                  <Badge tone="warning">{t("people.no_factor")}</Badge>
                ),
            },
            { key: "seen", title: t("people.last_sign_in"), cell: (row) => <Time at={row.last_sign_in} as="ago" /> },
            ...(mayChange
              ? [
                  {
                    key: "do",
                    title: t("people.do"),
                    cell: (row: Person) => <Actions person={row} changed={pages.reload} />,
                  },
                ]
              : []),
          ]}
          empty={<Empty icon="person" title={t("people.none")} />}
        />
      )}
      <More pages={pages} />
      {adding}
    </Page>
  )
}
