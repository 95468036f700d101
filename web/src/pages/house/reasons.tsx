/* The reasons that decisions may have, in the three languages. One that was used is retired, and never lost. */
import { useState } from "preact/hooks"

import { ask } from "../../api/client"
import { useDoing, useLoad } from "../../api/load"
import { Badge, Button, Name } from "../../parts/basic"
import { Dialog, useDialog } from "../../parts/dialog"
import { SelectField, TextField } from "../../parts/field"
import { Empty, ProblemNote, Show } from "../../parts/state"
import { Table } from "../../parts/table"
import { toast } from "../../shell/toasts"
import { language, languageTitles, languages, t } from "../../text/messages"
import type { Language } from "../../text/messages"

type Disposition = "true-match" | "false-positive" | "insufficient-information"
type Reason = { id: string; disposition: Disposition; titles: Record<Language, string>; retired: boolean }
const dispositions: readonly Disposition[] = ["false-positive", "true-match", "insufficient-information"]

const put = (reasons: readonly Reason[]) => ask<{ reasons: Reason[] }>("PUT", "/reasons", { body: { reasons } })

/* A word for programs, made of a title: small Latin letters and hyphens. */
const wordOf = (title: string): string =>
  title
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)

function ReasonForm({
  all,
  given,
  close,
  set,
}: {
  all: Reason[]
  given?: Reason
  close: () => void
  set: (told: { reasons: Reason[] }) => void
}) {
  const [disposition, setDisposition] = useState<Disposition>(given?.disposition ?? "false-positive")
  const [titles, setTitles] = useState<Record<Language, string>>(given?.titles ?? { ar: "", fr: "", en: "" })
  const doing = useDoing()
  const submit = async (event: Event) => {
    event.preventDefault()
    const well = await doing.run(async () => {
      const id = given?.id ?? wordOf(titles.en || titles.fr)
      const reason = { id, disposition, titles, retired: given?.retired ?? false }
      set(await put(given ? all.map((each) => (each.id === id ? reason : each)) : [...all, reason]))
    })
    if (well) close()
  }
  return (
    <Dialog title={given ? t("reasons.change") : t("reasons.add")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        {!given && (
          <SelectField
            label={t("reasons.for")}
            value={disposition}
            onChange={(value) => setDisposition(value as Disposition)}
            choices={dispositions.map((value) => ({ value, title: t(`disposition.${value}`) }))}
          />
        )}
        {languages.map((each) => (
          <TextField
            key={each}
            label={languageTitles[each]}
            value={titles[each]}
            onInput={(value) => setTitles({ ...titles, [each]: value })}
            input={{ required: true }}
          />
        ))}
        <ProblemNote problem={doing.problem} />
        <Button type="submit" tone="main" busy={doing.busy}>
          {t("action.save")}
        </Button>
      </form>
    </Dialog>
  )
}

function Change({ all, reason, set }: { all: Reason[]; reason: Reason; set: (told: { reasons: Reason[] }) => void }) {
  const doing = useDoing()
  const [open, dialog] = useDialog((close) => <ReasonForm all={all} given={reason} close={close} set={set} />)
  const retire = async (retired: boolean) =>
    set(await put(all.map((each) => (each.id === reason.id ? { ...each, retired } : each))))
  const act = () =>
    doing.run(async () => {
      await retire(!reason.retired)
      if (!reason.retired) toast(t("reasons.retired_toast"), () => retire(false))
    })
  const name = reason.titles[language.value]
  return (
    <div class="row">
      <Button label={t("people.change_of", { name })} onClick={open}>
        {t("people.change")}
      </Button>
      <Button busy={doing.busy} onClick={() => void act()}>
        {reason.retired ? t("reasons.bring_back") : t("reasons.retire")}
      </Button>
      <ProblemNote problem={doing.problem} />
      {dialog}
    </div>
  )
}

export function Reasons() {
  const loaded = useLoad((stop) => ask<{ reasons: Reason[] }>("GET", "/reasons", { signal: stop }), [])
  const all = loaded.value?.reasons ?? []
  const [add, adding] = useDialog((close) => <ReasonForm all={all} close={close} set={loaded.set} />)
  return (
    <Show of={loaded}>
      {({ reasons }) => (
        <div class="stack">
          <Table
            label={t("reasons.title")}
            rows={reasons}
            rowKey={(row) => row.id}
            columns={[
              {
                key: "title",
                title: t("reasons.reason"),
                wide: true,
                cell: (row) => (
                  <>
                    <Name text={row.titles[language.value]} /> {row.retired && <Badge>{t("reasons.retired")}</Badge>}
                  </>
                ),
              },
              { key: "for", title: t("reasons.for"), cell: (row) => t(`disposition.${row.disposition}`) },
              {
                key: "do",
                title: t("people.do"),
                cell: (row) => <Change all={reasons} reason={row} set={loaded.set} />,
              },
            ]}
            empty={<Empty title={t("reasons.none")} />}
          />
          <Button icon="plus" onClick={add}>
            {t("reasons.add")}
          </Button>
          {adding}
        </div>
      )}
    </Show>
  )
}
