/* What can be known of whom or what is sought: a name in a box, the rest on demand. */
import { useMemo, useState } from "preact/hooks"
import type { Ref } from "preact"

import { api } from "../../api/client"
import { useLoad } from "../../api/load"
import { Button } from "../../parts/basic"
import { CheckField, SelectField, TextField } from "../../parts/field"
import { propertyTitle } from "../../parts/facts"
import { Icon } from "../../parts/icons"
import { setParameters } from "../../shell/router"
import { may } from "../../shell/session"
import { countries } from "../../text/countries"
import { language, t } from "../../text/messages"
import { isDateUnread, kinds, nothing, numbers, typed } from "./query"
import type { Typed } from "./query"

const set = (change: Partial<Typed>): void => {
  typed.value = { ...typed.value, ...change }
}

function Lists({ chosen }: { chosen: readonly string[] }) {
  const loaded = useLoad((stop) => api("GET /lists", { signal: stop }), [])
  const all = loaded.value?.lists.filter((each) => each.indexed) ?? []
  if (all.length < 2 && !chosen.length) return null
  const toggle = (list: string, on: boolean) => {
    const next = on ? [...chosen, list] : chosen.filter((each) => each !== list)
    setParameters({ lists: next.join(",") })
  }
  return (
    <fieldset class="lists-chosen">
      <legend>{t("screen.lists")}</legend>
      <p class="hint">{t("screen.lists_hint")}</p>
      <div class="fields">
        {all.map(({ list, title }) => (
          <CheckField
            key={list}
            label={title ?? list}
            checked={chosen.includes(list)}
            onChange={(on) => toggle(list, on)}
          />
        ))}
      </div>
    </fieldset>
  )
}

function More({ kind, lists }: { kind: string; lists: readonly string[] }) {
  const { birthDate, country, number, numberKind } = typed.value
  const places = useMemo(() => countries(), [language.value])
  const person = kind === "Person" || kind === "LegalEntity"
  return (
    <div class="panel stack">
      <div class="fields">
        <SelectField
          label={t("screen.kind")}
          value={kind}
          onChange={(value) => setParameters({ kind: value === "LegalEntity" ? "" : value })}
          choices={kinds.map((value) => ({ value, title: t(`schema.${value}`) }))}
        />
        {person && (
          <TextField
            label={propertyTitle("birthDate")}
            hint={t("screen.birth_hint")}
            code
            value={birthDate}
            onInput={(value) => set({ birthDate: value })}
            error={isDateUnread(typed.value, kind) ? t("screen.birth_wrong") : undefined}
            input={{ autocomplete: "off" }}
          />
        )}
        <SelectField
          label={kind === "Person" ? propertyTitle("nationality") : propertyTitle("country")}
          value={country}
          onChange={(value) => set({ country: value })}
          choices={[
            { value: "", title: t("screen.any_country") },
            ...places.map(({ code, title }) => ({ value: code, title })),
          ]}
        />
        <SelectField
          label={t("screen.number_kind")}
          value={numberKind}
          onChange={(value) => set({ numberKind: value as Typed["numberKind"] })}
          choices={numbers.map((value) => ({ value, title: propertyTitle(value) }))}
        />
        <TextField
          label={t("screen.number")}
          code
          value={number}
          onInput={(value) => set({ number: value })}
          input={{ autocomplete: "off", spellcheck: false }}
        />
      </div>
      {may("lists.read") && <Lists chosen={lists} />}
    </div>
  )
}

export function Fields({ kind, lists, box }: { kind: string; lists: readonly string[]; box: Ref<HTMLInputElement> }) {
  const { name, ...rest } = typed.value
  const birthDate = !isDateUnread(typed.value, kind) && rest.birthDate
  const inUse = [birthDate, rest.country, rest.number, lists.length, kind !== "LegalEntity"].filter(Boolean).length
  const [open, setOpen] = useState(inUse > 0 || !!rest.birthDate)
  return (
    <form class="screen-form" role="search" onSubmit={(event) => event.preventDefault()}>
      <div class="screen-box">
        <Icon name="screen" />
        <TextField
          label={t("screen.name")}
          hideLabel
          type="search"
          value={name}
          onInput={(value) => set({ name: value })}
          input={{
            autocomplete: "off",
            spellcheck: false,
            placeholder: t("screen.placeholder"),
            ref: box,
            maxLength: 1000,
          }}
        />
        {(name || inUse > 0) && (
          <Button tone="quiet" icon="close" label={t("screen.clear")} onClick={() => (typed.value = nothing)}>
            {null}
          </Button>
        )}
      </div>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{inUse ? t("screen.more_used", { n: inUse }) : t("screen.more")}</summary>
        {open && <More kind={kind} lists={lists} />}
      </details>
    </form>
  )
}
