/* What has to be done before anything else is allowed: another password in place of the one-time one, a second factor
 * where the agency wants one. */
import { useState } from "preact/hooks"

import { t } from "../text/messages"
import { PasswordForm } from "./password"
import { SecondFactorSetUp } from "./second_factor"
import { learnWho, pending } from "./session"

export function FirstSteps() {
  const [codes, setCodes] = useState<string[] | null>(null)
  if (pending.value === "password" && !codes)
    return (
      <div class="door">
        <h1>{t("first.password_title")}</h1>
        <p class="lead">{t("first.password_text")}</p>
        <PasswordForm once />
      </div>
    )
  return (
    <div class="door">
      <h1>{t("first.factor_title")}</h1>
      <p class="lead">{t("first.factor_text")}</p>
      <SecondFactorSetUp onCodes={setCodes} onDone={() => void learnWho()} />
    </div>
  )
}
