/* One's own account: who one is, the password, the second factor, and where one is signed in. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing, useLoad } from "../../api/load"
import { Badge, Button, Name, Time } from "../../parts/basic"
import { Dialog, useDialog } from "../../parts/dialog"
import { TextField } from "../../parts/field"
import { Page, Section } from "../../parts/page"
import { Note, ProblemNote, Show } from "../../parts/state"
import { Table } from "../../parts/table"
import { PasswordForm } from "../../shell/password"
import { SecondFactorSetUp } from "../../shell/second_factor"
import { account, learnWho } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t } from "../../text/messages"

function Who() {
  const own = account.value!
  return (
    <div class="panel">
      <dl class="facts">
        <div>
          <dt>{t("account.name")}</dt>
          <dd>
            <Name text={own.person.display_name || own.person.name} strong />
          </dd>
        </div>
        <div>
          <dt>{t("sign_in.name")}</dt>
          <dd>
            <bdi dir="ltr">{own.person.name}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t("sign_in.agency")}</dt>
          <dd>
            <Name text={own.agency.title || own.agency.name} />
          </dd>
        </div>
        <div>
          <dt>{t("account.roles")}</dt>
          <dd class="row">
            {own.person.roles.map((role) => (
              <Badge key={role} tone="accent">
                {t(`role.${role}`)}
              </Badge>
            ))}
          </dd>
        </div>
      </dl>
    </div>
  )
}

function RemoveFactor({ close }: { close: () => void }) {
  const [password, setPassword] = useState("")
  const [code, setCode] = useState("")
  const doing = useDoing()
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!(await doing.run(() => api("POST /session/second-factor/remove", { body: { password, code } })))) return
    await learnWho()
    toast(t("account.factor_removed"))
    close()
  }
  return (
    <Dialog title={t("account.factor_remove")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t("sign_in.password")}
          type="password"
          value={password}
          onInput={setPassword}
          input={{ autocomplete: "current-password", required: true }}
        />
        <TextField
          label={t("sign_in.code")}
          hint={t("sign_in.code_hint")}
          code
          value={code}
          onInput={setCode}
          input={{ autocomplete: "one-time-code", required: true }}
        />
        <ProblemNote problem={doing.problem} />
        <Button type="submit" tone="danger" busy={doing.busy}>
          {t("account.factor_remove")}
        </Button>
      </form>
    </Dialog>
  )
}

function SecondFactor() {
  const own = account.value!
  const has = own.person.second_factor
  const [openSet, set] = useDialog((close) => (
    <Dialog title={t("account.factor_set")} onClose={close}>
      <SecondFactorSetUp
        replaces={has}
        onDone={() => {
          void learnWho()
          close()
        }}
      />
    </Dialog>
  ))
  const [openRemove, remove] = useDialog((close) => <RemoveFactor close={close} />)
  return (
    <div class="panel stack">
      <p>{has ? t("account.factor_on") : t("account.factor_off")}</p>
      {has && (
        <p class={own.recovery_codes < 3 ? "strong" : "dim"}>{t("account.recovery", { n: own.recovery_codes })}</p>
      )}
      <div class="row">
        <Button onClick={openSet}>{has ? t("account.factor_change") : t("account.factor_set")}</Button>
        {has && (
          <Button tone="danger" onClick={openRemove}>
            {t("account.factor_remove")}
          </Button>
        )}
      </div>
      {set}
      {remove}
    </div>
  )
}

function Sessions() {
  const loaded = useLoad((stop) => api("GET /sessions", { signal: stop }), [])
  const doing = useDoing()
  const end = (id: string) =>
    doing.run(async () => {
      await api("DELETE /sessions/{id}", { place: { id } })
      loaded.reload()
      toast(t("account.session_ended"))
    })
  return (
    <Show of={loaded}>
      {({ sessions }) => (
        <>
          <Table
            label={t("account.sessions")}
            rows={sessions}
            rowKey={(row) => row.id}
            columns={[
              {
                key: "program",
                title: t("account.program"),
                wide: true,
                cell: (row) => (
                  <>
                    <span dir="auto">{row.program}</span>
                    {row.current && (
                      <>
                        {" "}
                        <Badge tone="good">{t("account.this_one")}</Badge>
                      </>
                    )}
                  </>
                ),
              },
              { key: "client", title: t("account.client"), cell: (row) => <bdi dir="ltr">{row.client}</bdi> },
              { key: "seen", title: t("account.seen"), cell: (row) => <Time at={row.last_seen} as="ago" /> },
              {
                key: "end",
                title: t("account.end_title"),
                cell: (row) =>
                  !row.current && (
                    <Button busy={doing.busy} onClick={() => void end(row.id)}>
                      {t("account.end")}
                    </Button>
                  ),
              },
            ]}
          />
          <ProblemNote problem={doing.problem} />
        </>
      )}
    </Show>
  )
}

export default function AccountPage() {
  return (
    <Page title={t("account.title")}>
      <Who />
      <Section title={t("account.factor")}>
        <SecondFactor />
      </Section>
      <Section title={t("sign_in.password")}>
        <div class="panel">
          <PasswordForm />
        </div>
      </Section>
      <Section title={t("account.sessions")}>
        <Sessions />
      </Section>
      <Note>{t("account.browser_keeps")}</Note>
    </Page>
  )
}
