/* Setting up a second factor: the password, then what the telephone is to be told (as a picture and as text), then a code
 * that shows that it was, and last the codes for the day when it is lost. */
import { useState } from "preact/hooks"

import { api, type AnswerOf } from "../api/client"
import { useDoing } from "../api/load"
import { Button, Code } from "../parts/basic"
import { TextField } from "../parts/field"
import { Qr } from "../parts/qr"
import { Note, ProblemNote } from "../parts/state"
import { t } from "../text/messages"

type Told = AnswerOf<"POST /session/second-factor">

function Begin({ needsCode, onTold }: { needsCode?: boolean; onTold: (told: Told) => void }) {
  const [password, setPassword] = useState("")
  const [code, setCode] = useState("")
  const doing = useDoing()
  const submit = (event: Event) => {
    event.preventDefault()
    void doing.run(async () =>
      onTold(await api("POST /session/second-factor", { body: { password, ...(code ? { code } : {}) } })),
    )
  }
  return (
    <form class="form" onSubmit={submit}>
      <TextField
        label={t("sign_in.password")}
        type="password"
        value={password}
        onInput={setPassword}
        input={{ autocomplete: "current-password", required: true }}
      />
      {needsCode && (
        <TextField
          label={t("sign_in.code")}
          hint={t("factor.old_code_hint")}
          code
          value={code}
          onInput={setCode}
          input={{ autocomplete: "one-time-code" }}
        />
      )}
      <ProblemNote problem={doing.problem} />
      <Button type="submit" tone="main" busy={doing.busy}>
        {t("action.next")}
      </Button>
    </form>
  )
}

function Confirm({ told, onCodes }: { told: Told; onCodes: (codes: string[]) => void }) {
  const [code, setCode] = useState("")
  const doing = useDoing()
  const submit = (event: Event) => {
    event.preventDefault()
    void doing.run(async () =>
      onCodes(
        (await api("POST /session/second-factor/confirm", { body: { code: code.replace(/\s/g, "") } })).recovery_codes,
      ),
    )
  }
  return (
    <form class="form" onSubmit={submit}>
      <p>{t("factor.scan")}</p>
      <Qr rows={told.qr} label={t("factor.picture")} />
      <details>
        <summary>{t("factor.by_hand")}</summary>
        <p>
          <Code text={told.secret.replace(/(.{4})/g, "$1 ").trim()} />
        </p>
        <p class="small">
          <Code text={told.uri} />
        </p>
      </details>
      <TextField
        label={t("sign_in.code")}
        hint={t("factor.code_hint")}
        code
        value={code}
        onInput={setCode}
        input={{ autocomplete: "one-time-code", inputMode: "numeric", required: true }}
      />
      <ProblemNote problem={doing.problem} />
      <Button type="submit" tone="main" busy={doing.busy}>
        {t("factor.confirm")}
      </Button>
    </form>
  )
}

function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  return (
    <div class="form">
      <Note tone="good">
        <p>{t("factor.done")}</p>
      </Note>
      <p>{t("factor.codes")}</p>
      <ul class="codes">
        {codes.map((each) => (
          <li key={each}>
            <Code text={each} />
          </li>
        ))}
      </ul>
      <p class="actions">
        <Button onClick={() => print()}>{t("action.print")}</Button>
        <Button tone="main" onClick={onDone}>
          {t("factor.kept")}
        </Button>
      </p>
    </div>
  )
}

export function SecondFactorSetUp({
  replaces,
  onCodes,
  onDone,
}: {
  replaces?: boolean
  onCodes?: (codes: string[]) => void
  onDone: () => void
}) {
  const [told, setTold] = useState<Told | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const take = (given: string[]) => {
    setCodes(given)
    onCodes?.(given)
  }
  if (codes) return <Codes codes={codes} onDone={onDone} />
  return told ? <Confirm told={told} onCodes={take} /> : <Begin needsCode={replaces} onTold={setTold} />
}
