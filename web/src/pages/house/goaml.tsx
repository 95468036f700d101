/* What the agency says in each report to its unit: who reports, from where, in which currency; and the unit's own codes. */
import { useState } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing, useLoad } from "../../api/load"
import type { GoamlForm, GoamlSettings } from "../../api/shapes"
import { Button } from "../../parts/basic"
import { SelectField, TextArea } from "../../parts/field"
import { Page, Section } from "../../parts/page"
import { ProblemNote, Show } from "../../parts/state"
import { toast } from "../../shell/toasts"
import { language, languageTitles, languages, t } from "../../text/messages"
import { Fields, goTo, useForm, withValue } from "../../work/goaml"
import type { Gap } from "../../work/goaml"

type Settings = GoamlSettings["settings"]
type Codes = NonNullable<Settings["codes"]>

/* A code a line, with the unit's word for it behind a blank. */
const linesOf = (codes: Codes[string] = []): string =>
  codes.map((each) => (typeof each === "string" ? each : `${each.code} ${each.title ?? ""}`.trim())).join("\n")
const codesOf = (lines: string): Codes[string] =>
  lines.split("\n").flatMap((line) => {
    const [code, title] = [line.trim().split(/\s/)[0]!, line.trim().replace(/^\S+\s*/, "")]
    return code ? [title ? { code, title } : code] : []
  })

/* What a type of codes is called: as the first element that takes them. */
const titleOf = (fields: GoamlForm["fields"], type: string): string | undefined =>
  fields.reduce<string | undefined>(
    (found, each) => found ?? (each.codes === type ? each.label : titleOf(each.fields ?? [], type)),
    undefined,
  )

function Form({ of, form, set }: { of: GoamlSettings; form: GoamlForm; set: (settings: GoamlSettings) => void }) {
  const [settings, setSettings] = useState<Settings>({ supports: "5.0", language: language.value, ...of.settings })
  const [codes, setCodes] = useState<Record<string, string>>(() =>
    Object.fromEntries(Object.entries(of.settings.codes ?? {}).map(([type, own]) => [type, linesOf(own)])),
  )
  const [gaps, setGaps] = useState<readonly Gap[]>([])
  const doing = useDoing()
  const submit = async (event: Event) => {
    event.preventDefault()
    const own = Object.entries(codes).flatMap(([type, lines]) => (lines.trim() ? [[type, codesOf(lines)]] : []))
    const well = await doing.run(async () => {
      const body = { version: of.version, settings: { ...settings, codes: Object.fromEntries(own) as Codes } }
      try {
        set(await api("PUT /goaml/settings", { body }))
      } catch (error) {
        const [, path, says] = /^report(\/\S+): (.*)/.exec((error as { detail?: string }).detail ?? "") ?? []
        setGaps(path ? [{ path, says: says! }] : [])
        if (path) setTimeout(() => goTo(path))
        throw error
      }
    })
    if (well) toast(t("rules.saved"))
  }
  const asked = {
    form,
    tree: settings.report ?? {},
    gaps,
    set: (path: string, value: unknown) => {
      setGaps([])
      setSettings((before) => ({
        ...before,
        report: withValue(before.report ?? {}, path, value) as Settings["report"],
      }))
    },
  }
  return (
    <form class="form goaml" onSubmit={(event) => void submit(event)}>
      <div class="fields">
        <SelectField
          label={t("goaml.supports")}
          value={settings.supports!}
          onChange={(supports) => setSettings({ ...settings, supports: supports as "5.0" })}
          choices={["5.0", "5.1", "5.2"].map((value) => ({ value, title: value }))}
        />
        <SelectField
          label={t("goaml.language")}
          value={settings.language!}
          onChange={(chosen) => setSettings({ ...settings, language: chosen as "fr" })}
          choices={languages.map((value) => ({ value, title: languageTitles[value] }))}
        />
      </div>
      <Section title={t("goaml.standing")}>
        <Fields fields={form.fields.filter((each) => !each.of_case)} path="" asked={asked} all />
      </Section>
      <details>
        <summary>{t("goaml.codes")}</summary>
        <p class="dim">{t("goaml.codes_hint")}</p>
        <div class="fields wide">
          {Object.keys(form.codes).map((type) => (
            <TextArea
              key={type}
              label={titleOf(form.fields, type) ?? type}
              value={codes[type] ?? ""}
              onInput={(lines) => setCodes({ ...codes, [type]: lines })}
            />
          ))}
        </div>
      </details>
      <ProblemNote problem={doing.problem} />
      <Button type="submit" tone="main" busy={doing.busy}>
        {t("action.save")}
      </Button>
    </form>
  )
}

export default function GoamlSettingsPage() {
  const form = useForm()
  const loaded = useLoad((signal) => api("GET /goaml/settings", { signal }), [])
  return (
    <Page title={t("goaml.settings")} lead={t("goaml.settings_lead")}>
      <Show of={loaded}>
        {(of) => (
          <Show of={form}>
            {(fields) => (
              <Form
                key={of.version}
                of={of}
                form={fields}
                set={(settings) => {
                  loaded.set(settings)
                  form.reload()
                }}
              />
            )}
          </Show>
        )}
      </Show>
    </Page>
  )
}
