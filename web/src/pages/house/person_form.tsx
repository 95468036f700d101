/* Adding a person, or changing one. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing } from "../../api/load"
import type { Person, Role } from "../../api/shapes"
import { Button } from "../../parts/basic"
import { Dialog } from "../../parts/dialog"
import { CheckField, SelectField, TextField } from "../../parts/field"
import { ProblemNote } from "../../parts/state"
import { account } from "../../shell/session"
import { languageTitles, languages, t } from "../../text/messages"
import type { Language } from "../../text/messages"

const roles: readonly Role[] = [
  "viewer",
  "screener",
  "analyst",
  "approver",
  "liaison",
  "programme-officer",
  "auditor",
  "administrator",
]

export function PersonForm({
  person,
  close,
  done,
  added,
}: {
  person?: Person
  close: () => void
  done: () => void
  added?: (told: { name: string; password: string }) => void
}) {
  const [name, setName] = useState("")
  const [shown, setShown] = useState(person?.display_name ?? "")
  const [email, setEmail] = useState(person?.email ?? "")
  const [language, setLanguage] = useState<Language>(person?.language ?? "fr")
  const [has, setHas] = useState<Role[]>(person?.roles ?? ["analyst"])
  const own = person !== undefined && account.value?.person.id === person.id
  const doing = useDoing()
  const submit = async (event: Event) => {
    event.preventDefault()
    const common = { display_name: shown, email, language, ...(own ? {} : { roles: has }) }
    const well = await doing.run(async () => {
      if (person) await api("PATCH /people/{id}", { place: { id: person.id }, body: common })
      else
        added?.({
          name: shown || name,
          password: (await api("POST /people", { body: { name, ...common, roles: has } })).one_time_password,
        })
    })
    if (!well) return
    done()
    close()
  }
  const give = (role: Role, given: boolean) =>
    setHas((before) => roles.filter((each) => (each === role ? given : before.includes(each))))
  return (
    <Dialog
      title={person ? t("people.change_of", { name: person.display_name || person.name }) : t("people.add")}
      onClose={close}
    >
      <form class="form" onSubmit={(event) => void submit(event)}>
        {!person && (
          <TextField
            label={t("sign_in.name")}
            hint={t("people.name_hint")}
            code
            value={name}
            onInput={setName}
            input={{ required: true, autocomplete: "off", autocapitalize: "none", spellcheck: false }}
          />
        )}
        <TextField label={t("people.shown")} value={shown} onInput={setShown} input={{ autocomplete: "off" }} />
        <TextField
          label={t("people.email")}
          type="email"
          value={email}
          onInput={setEmail}
          input={{ autocomplete: "off" }}
        />
        <SelectField
          label={t("bar.language")}
          value={language}
          onChange={(value) => setLanguage(value as Language)}
          choices={languages.map((value) => ({ value, title: languageTitles[value] }))}
        />
        <fieldset class="choices" disabled={own}>
          <legend>{t("account.roles")}</legend>
          {own && <p class="hint">{t("people.own_roles")}</p>}
          {roles.map((role) => (
            <CheckField
              key={role}
              label={t(`role.${role}`)}
              hint={t(`role_hint.${role}`)}
              checked={has.includes(role)}
              onChange={(given) => give(role, given)}
            />
          ))}
        </fieldset>
        <ProblemNote problem={doing.problem} />
        <Button type="submit" tone="main" busy={doing.busy} disabled={has.length === 0}>
          {person ? t("action.save") : t("people.add")}
        </Button>
      </form>
    </Dialog>
  )
}
