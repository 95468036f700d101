/* Signing in: the name and the password, then the code of the second factor where there is one. The same form stands in
 * a dialog when a session has ended under work in hand. */
import { useState } from "preact/hooks"

import { api, ended } from "../api/client"
import type { Account } from "../api/shapes"
import { useDoing } from "../api/load"
import { Button } from "../parts/basic"
import { Dialog } from "../parts/dialog"
import { TextField } from "../parts/field"
import { Note, ProblemNote } from "../parts/state"
import { t } from "../text/messages"
import { account, takeAccount } from "./session"

type Given = { agency: string; name: string; password: string; code: string }

function useSignIn(fixed: Partial<Given>, done: (account: Account) => void) {
  const [given, setGiven] = useState<Given>({ agency: "", name: "", password: "", code: "", ...fixed })
  const [codeNeeded, setCodeNeeded] = useState(false)
  const doing = useDoing()
  const set = (key: keyof Given) => (value: string) => setGiven((before) => ({ ...before, [key]: value }))
  const submit = (event: Event) => {
    event.preventDefault()
    void doing.run(async () => {
      const { agency, name, password, code } = given
      const told = await api("POST /session", {
        body: {
          name,
          password,
          ...(agency ? { agency } : {}),
          ...(codeNeeded && code ? { code: code.replace(/\s/g, "") } : {}),
        },
      })
      if ("code_needed" in told) setCodeNeeded(true)
      else done(told)
    })
  }
  return { given, set, codeNeeded, doing, submit }
}

function SignInForm({ fixed = {}, done }: { fixed?: Partial<Given>; done: (account: Account) => void }) {
  const { given, set, codeNeeded, doing, submit } = useSignIn(fixed, done)
  return (
    <form class="form" onSubmit={submit}>
      {codeNeeded && <Note>{t("sign_in.code_needed")}</Note>}
      {fixed.name === undefined && !codeNeeded && (
        <>
          <TextField
            label={t("sign_in.name")}
            value={given.name}
            onInput={set("name")}
            input={{ autocomplete: "username", required: true, autocapitalize: "none", spellcheck: false }}
          />
          <TextField
            label={t("sign_in.password")}
            type="password"
            value={given.password}
            onInput={set("password")}
            input={{ autocomplete: "current-password", required: true }}
          />
          <TextField
            label={t("sign_in.agency")}
            hint={t("sign_in.agency_hint")}
            value={given.agency}
            onInput={set("agency")}
            input={{ autocomplete: "organization", autocapitalize: "none", spellcheck: false }}
          />
        </>
      )}
      {fixed.name !== undefined && !codeNeeded && (
        <TextField
          label={t("sign_in.password")}
          type="password"
          value={given.password}
          onInput={set("password")}
          input={{ autocomplete: "current-password", required: true }}
        />
      )}
      {codeNeeded && (
        <TextField
          key="code"
          label={t("sign_in.code")}
          hint={t("sign_in.code_hint")}
          code
          value={given.code}
          onInput={set("code")}
          input={{
            autocomplete: "one-time-code",
            required: true,
            ref: (input: HTMLInputElement | null) => {
              if (input && !given.code) input.focus()
            },
          }}
        />
      )}
      <ProblemNote problem={doing.problem?.status === 401 ? null : doing.problem} />
      {doing.problem?.status === 401 && (
        <Note tone="bad">
          <p role="alert">{t("sign_in.wrong")}</p>
        </Note>
      )}
      <Button type="submit" tone="main" busy={doing.busy}>
        {t("sign_in.action")}
      </Button>
    </form>
  )
}

export function SignIn() {
  return (
    <div class="door">
      <h1>{t("sign_in.title")}</h1>
      <p class="lead">{t("app.what")}</p>
      <SignInForm done={(told) => void takeAccount(told)} />
    </div>
  )
}

/* The session ended: the same person signs in again and goes on; somebody else begins anew. */
export function SignInAgain() {
  const go = ended.value
  const before = account.value
  if (!go || !before) return null
  const done = async (told: Account) => {
    if (told.person.id !== before.person.id) location.assign("/app")
    await takeAccount(told)
    go(true)
  }
  return (
    <Dialog title={t("again.title")} fixed onClose={() => {}}>
      <p>{t("again.text", { name: before.person.display_name || before.person.name })}</p>
      <SignInForm fixed={{ agency: before.agency.name, name: before.person.name }} done={(told) => void done(told)} />
      <p>
        <a href="/app" target="_self" onClick={() => location.assign("/app")}>
          {t("again.other")}
        </a>
      </p>
    </Dialog>
  )
}
