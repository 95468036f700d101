/* Letting somebody in again who lost the password or the second factor. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing } from "../../api/load"
import type { Person } from "../../api/shapes"
import { Button } from "../../parts/basic"
import { Dialog } from "../../parts/dialog"
import { ProblemNote } from "../../parts/state"
import { toast } from "../../shell/toasts"
import { t } from "../../text/messages"
import { Once } from "./once"

export function ResetDialog({ person, close, done }: { person: Person; close: () => void; done: () => void }) {
  const [password, setPassword] = useState("")
  const doing = useDoing()
  const name = person.display_name || person.name
  const reset = () =>
    doing.run(async () => {
      setPassword((await api("POST /people/{id}/password", { place: { id: person.id } })).one_time_password)
      done()
    })
  const removeFactor = () =>
    doing.run(async () => {
      await api("POST /people/{id}/second-factor/remove", { place: { id: person.id } })
      toast(t("account.factor_removed"))
      done()
    })
  return (
    <Dialog title={t("people.let_in_of", { name })} onClose={close}>
      {password ? (
        <Once title={t("people.reset_done", { name })} text={t("people.once")} secret={password} done={close} />
      ) : (
        <div class="stack">
          <p>{t("people.reset_text")}</p>
          <div class="row">
            <Button tone="main" busy={doing.busy} onClick={() => void reset()}>
              {t("people.reset")}
            </Button>
            {person.second_factor && (
              <Button tone="danger" busy={doing.busy} onClick={() => void removeFactor()}>
                {t("account.factor_remove")}
              </Button>
            )}
          </div>
        </div>
      )}
      <ProblemNote problem={doing.problem} />
    </Dialog>
  )
}
