/* Changing one's password. */
import { useState } from "preact/hooks"

import { api } from "../api/client"
import { useDoing } from "../api/load"
import { Button } from "../parts/basic"
import { TextField } from "../parts/field"
import { ProblemNote } from "../parts/state"
import { t } from "../text/messages"
import { takeAccount } from "./session"
import { toast } from "./toasts"

export function PasswordForm({ once, onDone }: { once?: boolean; onDone?: () => void }) {
  const [old, setOld] = useState("")
  const [chosen, setChosen] = useState("")
  const [repeated, setRepeated] = useState("")
  const doing = useDoing()
  const differ = repeated !== "" && repeated !== chosen
  const submit = async (event: Event) => {
    event.preventDefault()
    if (chosen !== repeated) return
    const done = await doing.run(async () =>
      takeAccount(await api("POST /session/password", { body: { old_password: old, new_password: chosen } })),
    )
    if (!done) return
    toast(t("password.changed"))
    onDone?.()
  }
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <TextField
        label={once ? t("password.once") : t("password.old")}
        type="password"
        value={old}
        onInput={setOld}
        input={{ autocomplete: "current-password", required: true }}
      />
      <TextField
        label={t("password.new")}
        hint={t("password.hint")}
        type="password"
        value={chosen}
        onInput={setChosen}
        input={{ autocomplete: "new-password", required: true }}
      />
      <TextField
        label={t("password.again")}
        error={differ ? t("password.differ") : undefined}
        type="password"
        value={repeated}
        onInput={setRepeated}
        input={{ autocomplete: "new-password", required: true }}
      />
      <ProblemNote problem={doing.problem} />
      <Button type="submit" tone="main" busy={doing.busy} disabled={differ}>
        {t("password.action")}
      </Button>
    </form>
  )
}
