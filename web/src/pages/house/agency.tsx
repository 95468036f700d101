/* The agency: what it is called, and whether a second factor is demanded of everybody; and, where it operates the
 * service, the other agencies. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing, useLoad, usePages } from "../../api/load"
import type { Agency } from "../../api/shapes"
import { Badge, Button, Code, Name, Time } from "../../parts/basic"
import { Confirm, Dialog, useDialog } from "../../parts/dialog"
import { CheckField, TextField } from "../../parts/field"
import { Page, Section } from "../../parts/page"
import { ProblemNote, Show } from "../../parts/state"
import { More, Table } from "../../parts/table"
import { learnWho, may } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t } from "../../text/messages"
import { Once } from "./once"

function Own({ agency, set }: { agency: Agency; set: (agency: Agency) => void }) {
  const [title, setTitle] = useState(agency.title)
  const [demanded, setDemanded] = useState(agency.second_factor_demanded)
  const doing = useDoing()
  const submit = async (event: Event) => {
    event.preventDefault()
    const well = await doing.run(async () => {
      set(await api("PATCH /agency", { body: { title, second_factor_demanded: demanded } }))
      await learnWho()
    })
    if (well) toast(t("rules.saved"))
  }
  return (
    <form class="panel form" onSubmit={(event) => void submit(event)}>
      <TextField label={t("agency.name_shown")} value={title} onInput={setTitle} input={{ required: true }} />
      <CheckField label={t("agency.demand")} hint={t("agency.demand_hint")} checked={demanded} onChange={setDemanded} />
      <ProblemNote problem={doing.problem} />
      <Button type="submit" tone="main" busy={doing.busy}>
        {t("action.save")}
      </Button>
    </form>
  )
}

function Plain({ agency }: { agency: Agency }) {
  return (
    <div class="panel">
      <dl class="facts">
        <div>
          <dt>{t("agency.name_shown")}</dt>
          <dd>
            <Name text={agency.title || agency.name} strong />
          </dd>
        </div>
        <div>
          <dt>{t("account.factor")}</dt>
          <dd>{agency.second_factor_demanded ? t("agency.demanded") : t("agency.not_demanded")}</dd>
        </div>
      </dl>
    </div>
  )
}

function AddAgency({ close, added }: { close: () => void; added: (told: { title: string; secret: string }) => void }) {
  const [name, setName] = useState("")
  const [title, setTitle] = useState("")
  const [administrator, setAdministrator] = useState("")
  const doing = useDoing()
  const submit = async (event: Event) => {
    event.preventDefault()
    const well = await doing.run(async () => {
      const told = await api("POST /agencies", { body: { name, title, administrator } })
      added({ title: title || name, secret: told.one_time_password })
    })
    if (well) close()
  }
  return (
    <Dialog title={t("agencies.add")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t("agencies.short")}
          hint={t("agencies.short_hint")}
          code
          value={name}
          onInput={setName}
          input={{ required: true, autocomplete: "off", autocapitalize: "none", spellcheck: false }}
        />
        <TextField label={t("agency.name_shown")} value={title} onInput={setTitle} input={{ autocomplete: "off" }} />
        <TextField
          label={t("agencies.administrator")}
          hint={t("agencies.administrator_hint")}
          code
          value={administrator}
          onInput={setAdministrator}
          input={{ required: true, autocomplete: "off", autocapitalize: "none", spellcheck: false }}
        />
        <ProblemNote problem={doing.problem} />
        <Button type="submit" tone="main" busy={doing.busy}>
          {t("agencies.add")}
        </Button>
      </form>
    </Dialog>
  )
}

function Lock({ agency, changed }: { agency: Agency; changed: () => void }) {
  const set = async (locked: boolean) => {
    await api("PATCH /agencies/{id}", { place: { id: agency.id }, body: { locked } })
    changed()
  }
  const doing = useDoing()
  const name = agency.title || agency.name
  const [open, dialog] = useDialog((close) => (
    <Confirm
      title={t("agencies.lock_of", { name })}
      action={t("people.lock")}
      danger
      onClose={close}
      work={() => set(true)}
    >
      <p>{t("agencies.lock_text")}</p>
    </Confirm>
  ))
  if (agency.operates) return null
  return agency.locked ? (
    <>
      <Button busy={doing.busy} onClick={() => void doing.run(() => set(false))}>
        {t("people.unlock")}
      </Button>
      <ProblemNote problem={doing.problem} />
    </>
  ) : (
    <>
      <Button tone="danger" label={t("agencies.lock_of", { name })} onClick={open}>
        {t("people.lock")}
      </Button>
      {dialog}
    </>
  )
}

function Others() {
  const pages = usePages(async (after, stop) => {
    const { agencies, next } = await api("GET /agencies", { query: { after }, signal: stop })
    return { items: agencies, next }
  }, [])
  const [added, setAdded] = useState<{ title: string; secret: string } | null>(null)
  const [add, adding] = useDialog((close) => (
    <AddAgency
      close={close}
      added={(told) => {
        setAdded(told)
        pages.reload()
      }}
    />
  ))
  return (
    <Section
      title={t("agencies.title")}
      actions={
        <Button icon="plus" onClick={add}>
          {t("agencies.add")}
        </Button>
      }
    >
      <p class="lead">{t("agencies.lead")}</p>
      {added && (
        <Once
          title={t("agencies.added", { name: added.title })}
          text={t("people.once")}
          secret={added.secret}
          done={() => setAdded(null)}
        />
      )}
      {pages.items.length > 0 && (
        <Table
          label={t("agencies.title")}
          rows={pages.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: "title",
              title: t("agency.title"),
              wide: true,
              cell: (row) => (
                <>
                  <Name text={row.title || row.name} strong />{" "}
                  {row.operates && <Badge tone="accent">{t("agencies.operates")}</Badge>}
                  <p class="dim">
                    <Code text={row.name} />
                  </p>
                </>
              ),
            },
            {
              key: "state",
              title: t("people.state"),
              cell: (row) =>
                row.locked ? (
                  <Badge tone="bad">{t("person.locked")}</Badge>
                ) : (
                  <Badge tone="good">{t("person.active")}</Badge>
                ),
            },
            { key: "created", title: t("agencies.since"), cell: (row) => <Time at={row.created} as="day" /> },
            { key: "do", title: t("people.do"), cell: (row) => <Lock agency={row} changed={pages.reload} /> },
          ]}
        />
      )}
      <More pages={pages} />
      {adding}
    </Section>
  )
}

export default function AgencyPage() {
  const loaded = useLoad((stop) => api("GET /agency", { signal: stop }), [])
  return (
    <Page title={t("agency.title")}>
      <Show of={loaded}>
        {(agency) =>
          may("people.change") ? <Own key={agency.id} agency={agency} set={loaded.set} /> : <Plain agency={agency} />
        }
      </Show>
      {may("agencies") && <Others />}
    </Page>
  )
}
