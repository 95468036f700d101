/* API keys: by which programs ask the service. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing, usePages } from "../../api/load"
import type { Key, Right } from "../../api/shapes"
import { Badge, Button, Code, Name, Time } from "../../parts/basic"
import { Confirm, Dialog, useDialog } from "../../parts/dialog"
import { CheckField, TextField } from "../../parts/field"
import { Page } from "../../parts/page"
import { Empty, ProblemNote } from "../../parts/state"
import { More, Table } from "../../parts/table"
import { may } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t, word } from "../../text/messages"
import { Once } from "./once"

/* What a key may have: not what is a person's own. */
const rights: readonly Right[] = [
  "screen",
  "lists.read",
  "lists.change",
  "metrics",
  "people.read",
  "history",
  "subjects.read",
  "subjects.change",
  "cases.read",
  "cases.work",
  "audit",
  "reports",
]

function State({ row }: { row: Key }) {
  if (row.revoked) return <Badge tone="bad">{t("keys.revoked")}</Badge>
  if (row.expires && new Date(row.expires).getTime() < Date.now())
    return <Badge tone="warning">{t("keys.expired")}</Badge>
  return row.expires ? <Badge tone="good">{t("keys.valid")}</Badge> : <Badge tone="warning">{t("keys.endless")}</Badge>
}

function Add({ close, added }: { close: () => void; added: (told: { title: string; secret: string }) => void }) {
  const [title, setTitle] = useState("")
  const [expires, setExpires] = useState("")
  const [has, setHas] = useState<Right[]>(["screen", "lists.read"])
  const doing = useDoing()
  const submit = async (event: Event) => {
    event.preventDefault()
    const well = await doing.run(async () => {
      const { secret } = await api("POST /keys", { body: { title, rights: has, ...(expires ? { expires } : {}) } })
      added({ title, secret })
    })
    if (well) close()
  }
  const give = (right: Right, given: boolean) =>
    setHas((before) => rights.filter((each) => (each === right ? given : before.includes(each))))
  return (
    <Dialog title={t("keys.add")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t("keys.for")}
          hint={t("keys.for_hint")}
          value={title}
          onInput={setTitle}
          input={{ required: true, autocomplete: "off" }}
        />
        <TextField
          label={t("keys.expires")}
          hint={t("keys.expires_hint")}
          type="date"
          value={expires}
          onInput={setExpires}
        />
        <fieldset class="choices">
          <legend>{t("keys.rights")}</legend>
          {rights.map((right) => (
            <CheckField
              key={right}
              label={word("right", right)}
              checked={has.includes(right)}
              onChange={(given) => give(right, given)}
            />
          ))}
        </fieldset>
        <ProblemNote problem={doing.problem} />
        <Button type="submit" tone="main" busy={doing.busy} disabled={has.length === 0}>
          {t("keys.add")}
        </Button>
      </form>
    </Dialog>
  )
}

function Revoke({ row, revoked }: { row: Key; revoked: () => void }) {
  const [open, dialog] = useDialog((close) => (
    <Confirm
      title={t("keys.revoke_of", { title: row.title })}
      action={t("keys.revoke")}
      danger
      onClose={close}
      work={async () => {
        await api("DELETE /keys/{id}", { place: { id: row.id } })
        toast(t("keys.revoked_toast", { title: row.title }))
        revoked()
      }}
    >
      <p>{t("keys.revoke_text")}</p>
    </Confirm>
  ))
  return (
    <>
      <Button tone="danger" label={t("keys.revoke_of", { title: row.title })} onClick={open}>
        {t("keys.revoke")}
      </Button>
      {dialog}
    </>
  )
}

export default function KeysPage() {
  const pages = usePages(async (after, stop) => {
    const { keys, next } = await api("GET /keys", { query: { after }, signal: stop })
    return { items: keys, next }
  }, [])
  const [added, setAdded] = useState<{ title: string; secret: string } | null>(null)
  const [add, adding] = useDialog((close) => (
    <Add
      close={close}
      added={(told) => {
        setAdded(told)
        pages.reload()
      }}
    />
  ))
  const mayChange = may("people.change")
  return (
    <Page
      title={t("keys.title")}
      lead={t("keys.lead")}
      actions={
        mayChange && (
          <Button tone="main" icon="plus" onClick={add}>
            {t("keys.add")}
          </Button>
        )
      }
    >
      {added && (
        <Once
          title={t("keys.added", { title: added.title })}
          text={t("keys.once")}
          secret={added.secret}
          done={() => setAdded(null)}
        />
      )}
      {(pages.items.length > 0 || (!pages.loading && !pages.problem)) && (
        <Table
          label={t("keys.title")}
          rows={pages.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: "title",
              title: t("keys.for"),
              wide: true,
              cell: (row) => (
                <>
                  <Name text={row.title} strong />
                  <p class="dim">
                    <Code text={`${row.begins}…`} />
                  </p>
                </>
              ),
            },
            {
              key: "rights",
              title: t("keys.rights"),
              cell: (row) => (
                <span class="row">
                  {row.rights.map((right) => (
                    <Badge key={right}>{word("right", right)}</Badge>
                  ))}
                </span>
              ),
            },
            { key: "state", title: t("people.state"), cell: (row) => <State row={row} /> },
            { key: "expires", title: t("keys.expires"), cell: (row) => <Time at={row.expires} as="day" /> },
            { key: "used", title: t("keys.used"), cell: (row) => <Time at={row.last_used} as="ago" /> },
            ...(mayChange
              ? [
                  {
                    key: "do",
                    title: t("people.do"),
                    cell: (row: Key) => !row.revoked && <Revoke row={row} revoked={pages.reload} />,
                  },
                ]
              : []),
          ]}
          empty={
            <Empty icon="link" title={t("keys.none")}>
              <p>{t("keys.none_text")}</p>
            </Empty>
          }
        />
      )}
      <More pages={pages} />
      {adding}
    </Page>
  )
}
