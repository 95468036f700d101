/* How the agency works: four eyes, deadlines, clearances, retention, and the reasons that decisions may have. */
import { useState } from "preact/hooks"

import { ask } from "../../api/client"
import { useDoing, useLoad } from "../../api/load"
import { Button } from "../../parts/basic"
import { CheckField, TextField } from "../../parts/field"
import { Page, Section } from "../../parts/page"
import { ProblemNote, Show } from "../../parts/state"
import { toast } from "../../shell/toasts"
import { t } from "../../text/messages"
import { Reasons } from "./reasons"

type Settings = {
  four_eyes: { true_match: boolean; false_positive: boolean; insufficient_information: boolean }
  due_hours: number
  due_hours_urgent: number
  urgent_weight: number
  waiting_days: number
  clearance_days: number
  retention_days: number
  attachment_bytes_most: number
  attachments_bytes_most: number
  approve_by_command: boolean
  threshold: number
  version: number
}

const MEBIBYTE = 1 << 20
const figures = [
  "due_hours",
  "due_hours_urgent",
  "urgent_weight",
  "waiting_days",
  "clearance_days",
  "retention_days",
  "threshold",
] as const
const eyes = ["true_match", "false_positive", "insufficient_information"] as const

function Form({ settings, set }: { settings: Settings; set: (settings: Settings) => void }) {
  const [four, setFour] = useState(settings.four_eyes)
  const [typed, setTyped] = useState(
    () =>
      Object.fromEntries(figures.map((name) => [name, String(settings[name])])) as Record<
        (typeof figures)[number],
        string
      >,
  )
  const [size, setSize] = useState(String(settings.attachment_bytes_most / MEBIBYTE))
  const [room, setRoom] = useState(String(settings.attachments_bytes_most / MEBIBYTE))
  const [command, setCommand] = useState(settings.approve_by_command)
  const doing = useDoing()
  const submit = async (event: Event) => {
    event.preventDefault()
    const numbers = Object.fromEntries(figures.map((name) => [name, Number(typed[name])]))
    const well = await doing.run(async () => {
      set(
        await ask<Settings>("PUT", "/casework/settings", {
          body: {
            four_eyes: four,
            ...numbers,
            attachment_bytes_most: Math.round(Number(size) * MEBIBYTE),
            attachments_bytes_most: Math.round(Number(room) * MEBIBYTE),
            approve_by_command: command,
            version: settings.version,
          },
        }),
      )
    })
    if (well) toast(t("rules.saved"))
  }
  return (
    <form class="panel form" onSubmit={(event) => void submit(event)}>
      <fieldset class="choices">
        <legend>{t("rules.four_eyes")}</legend>
        <p class="dim small">{t("rules.four_eyes_hint")}</p>
        {eyes.map((name) => (
          <CheckField
            key={name}
            label={t(`rules.${name}`)}
            checked={four[name]}
            onChange={(on) => setFour({ ...four, [name]: on })}
          />
        ))}
        <CheckField label={t("rules.approve_by_command")} checked={command} onChange={setCommand} />
      </fieldset>
      <div class="fields">
        {figures.map((name) => (
          <TextField
            key={name}
            label={t(`rules.${name}`)}
            hint={t(`rules.${name}_hint`)}
            type="number"
            value={typed[name]}
            onInput={(value) => setTyped({ ...typed, [name]: value })}
            input={{ required: true, min: 0, step: name === "threshold" ? 0.01 : 1 }}
          />
        ))}
        <TextField
          label={t("rules.attachment")}
          hint={t("rules.attachment_hint")}
          type="number"
          value={size}
          onInput={setSize}
          input={{ required: true, min: 0, step: 1 }}
        />
        <TextField
          label={t("rules.attachments")}
          hint={t("rules.attachments_hint")}
          type="number"
          value={room}
          onInput={setRoom}
          input={{ required: true, min: 0, step: 1 }}
        />
      </div>
      <ProblemNote problem={doing.problem} />
      <Button type="submit" tone="main" busy={doing.busy}>
        {t("action.save")}
      </Button>
    </form>
  )
}

export default function RulesPage() {
  const loaded = useLoad((stop) => ask<Settings>("GET", "/casework/settings", { signal: stop }), [])
  return (
    <Page title={t("rules.title")} lead={t("rules.lead")}>
      <Show of={loaded}>{(settings) => <Form key={settings.version} settings={settings} set={loaded.set} />}</Show>
      <Section title={t("reasons.title")}>
        <Reasons />
      </Section>
    </Page>
  )
}
