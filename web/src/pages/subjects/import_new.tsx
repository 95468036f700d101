/* Bringing in a file: which, what its columns are, whether it is the whole of its source. The mapping is kept with the
 * source, so that the next file of it needs no more than to be chosen. */
import { useId, useState } from "preact/hooks"

import { useDoing } from "../../api/load"
import { upload } from "../../api/upload"
import { Button, Name } from "../../parts/basic"
import { CheckField, TextField } from "../../parts/field"
import { Page } from "../../parts/page"
import { Note, ProblemNote } from "../../parts/state"
import { go, parameter, to } from "../../shell/router"
import { bytes } from "../../text/format"
import { t } from "../../text/messages"
import { FileDrop, Progress } from "../../work/file_drop"
import { mappingOf, preview, putSource } from "../../work/subjects"
import type { Import, Mapping, Preview } from "../../work/subjects"
import { sources, useKept } from "../../work/shared"
import { MappingTable, whyNot } from "./mapping"
import { Tabs } from "./tabs"

const HEAD_BYTES = 256 * 1024
const sourceOf = (text: string): string =>
  text
    .trim()
    .replace(/[^\w.-]+/g, "-")
    .slice(0, 64)

function Whole({ whole, choose }: { whole: boolean; choose: (whole: boolean) => void }) {
  const name = useId()
  return (
    <fieldset class="reasons">
      <legend>{t("imports.how")}</legend>
      {([false, true] as const).map((each) => (
        <label key={String(each)}>
          <input type="radio" name={name} checked={whole === each} onChange={() => choose(each)} />
          <span>{t(each ? "imports.whole" : "imports.addition")}</span>
        </label>
      ))}
      {whole && <Note tone="warning">{t("imports.whole_text")}</Note>}
    </fieldset>
  )
}

type Looked = { file: File; preview: Preview; mapping: Mapping | null }

function Confirmed({
  looked,
  source,
  title,
  setMapping,
}: {
  looked: Looked
  source: string
  title: string
  setMapping: (mapping: Mapping) => void
}) {
  const [whole, setWhole] = useState(false),
    [accept, setAccept] = useState(false),
    [share, setShare] = useState<number | null>(null)
  const doing = useDoing()
  const missing = looked.mapping && whyNot(looked.mapping)
  const send = () =>
    void doing.run(async () => {
      setShare(0)
      try {
        await putSource(source, title, looked.mapping)
        sources.forget()
        const begun = await upload<Import>(
          "/subjects/imports",
          { source, format: looked.preview.format, file_name: looked.file.name, whole, accept },
          looked.file,
          setShare,
        ).answer
        go(to(`subjects/imports/${begun.id}`))
      } finally {
        setShare(null)
      }
    })
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!missing) send()
      }}
    >
      {looked.mapping ? (
        <MappingTable of={looked.preview} mapping={looked.mapping} onChange={setMapping} />
      ) : (
        <Note>{t("imports.jsonl")}</Note>
      )}
      <Whole whole={whole} choose={setWhole} />
      {whole && <CheckField label={t("imports.accept")} checked={accept} onChange={setAccept} />}
      {missing && <Note tone="warning">{t(missing)}</Note>}
      <ProblemNote problem={doing.problem} />
      {share !== null && <Progress label={t("files.sending")} share={share} />}
      <Button type="submit" tone="main" busy={doing.busy} disabled={Boolean(missing)}>
        {t("imports.start")}
      </Button>
    </form>
  )
}

export default function NewImportPage() {
  const known = useKept(sources).value ?? []
  const [source, setSource] = useState(parameter("source")),
    [title, setTitle] = useState("")
  const [looked, setLooked] = useState<Looked | null>(null)
  const doing = useDoing(),
    hint = useId()
  const before = known.find((each) => each.source === source)
  const look = (file: File) => {
    setLooked(null)
    const from = source || sourceOf(file.name.replace(/\.[^.]*$/, "").replace(/[\d_-]+$/, "")) || "customers"
    setSource(from)
    void doing.run(async () => {
      const head = /\.xlsx$/i.test(file.name) ? file : file.slice(0, HEAD_BYTES)
      const found = await preview(head, file.name, from)
      const kept = known.find((each) => each.source === from)?.mapping
      setLooked({ file, preview: found, mapping: found.guess && kept ? mappingOf(kept) : found.guess })
    })
  }
  return (
    <Page title={t("imports.new")} lead={t("imports.new_lead")} wide>
      <Tabs />
      <div class="stack">
        <div class="panel stack">
          <FileDrop
            label={looked ? t("imports.other") : t("imports.choose")}
            hint={t("imports.formats")}
            id={hint}
            onFile={look}
            busy={doing.busy}
            accept=".csv,.tsv,.txt,.xlsx,.jsonl,.ndjson"
          />
          {looked && (
            <p>
              <Name text={looked.file.name} strong /> <span class="dim">{bytes(looked.file.size)}</span>
            </p>
          )}
          <ProblemNote problem={doing.problem} />
          {looked && (
            <div class="fields">
              <TextField
                label={t("subjects.source")}
                hint={before ? t("imports.known_source") : t("subjects.source_hint")}
                code
                value={source}
                onInput={(text) => setSource(sourceOf(text))}
                input={{ required: true, list: "sources", autocomplete: "off" }}
              />
              {!before && (
                <TextField label={t("sources.name")} hint={t("sources.name_hint")} value={title} onInput={setTitle} />
              )}
              <datalist id="sources">
                {known.map((each) => (
                  <option key={each.source} value={each.source}>
                    {each.title}
                  </option>
                ))}
              </datalist>
            </div>
          )}
        </div>
        {looked && (
          <Confirmed
            looked={looked}
            source={source}
            title={title || before?.title || source}
            setMapping={(mapping) => setLooked({ ...looked, mapping })}
          />
        )}
      </div>
    </Page>
  )
}
