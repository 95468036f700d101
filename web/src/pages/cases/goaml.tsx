/* The report to the authority: what is known of the case is filled in, what is missing is asked for, and the XML is
 * given when nothing is missing any more. */
import { useState } from "preact/hooks"

import { Problem, api } from "../../api/client"
import { useDoing, useLoad } from "../../api/load"
import type { GoamlReport, GoamlSuggestion } from "../../api/shapes"
import { Button } from "../../parts/basic"
import { SelectField, TextArea, TextField } from "../../parts/field"
import { Page, Section } from "../../parts/page"
import { Note, ProblemNote, Show } from "../../parts/state"
import { to } from "../../shell/router"
import { language, t } from "../../text/messages"

type Gap = GoamlSuggestion["missing"][number]
type Leaf = { path: string; value: string }
type Tree = { [key: string]: unknown }

const parts = (path: string): string[] =>
  path
    .slice(1)
    .split("/")
    .map((each) => each.replace(/~1/g, "/").replace(/~0/g, "~"))

function leavesOf(value: unknown, path = ""): Leaf[] {
  if (value !== null && typeof value === "object")
    return Object.entries(value).flatMap(([key, each]) =>
      leavesOf(each, `${path}/${key.replace(/~/g, "~0").replace(/\//g, "~1")}`),
    )
  return [{ path, value: String(value ?? "") }]
}

/* What the report has as a number or as a list is typed as text. */
function typed(path: string, before: unknown, text: string): unknown {
  if (path === "/report_indicators") return text.split(/[\s,]+/).filter(Boolean)
  return (typeof before === "number" || path === "/rentity_id") && /^\d+$/.test(text) ? Number(text) : text
}

/* A copy of the report with the texts put in; an empty one takes its element out. */
function filled(report: GoamlReport, texts: ReadonlyMap<string, string>): GoamlReport {
  const copy = structuredClone(report) as Tree
  for (const [path, text] of texts) {
    const keys = parts(path),
      last = keys.pop()!
    let at = copy
    for (const [place, key] of keys.entries())
      at = (at[key] ??= /^\d+$/.test(keys[place + 1] ?? last) ? [] : {}) as Tree
    if (text) at[last] = typed(path, at[last], text)
    else delete at[last]
  }
  return copy as GoamlReport
}

function download(xml: string, name: string): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([xml], { type: "application/xml" }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

function Form({ id, of }: { id: string; of: GoamlSuggestion }) {
  const [gaps, setGaps] = useState<readonly Gap[]>(of.missing),
    [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map())
  const [done, setDone] = useState(false)
  const doing = useDoing()
  const known = leavesOf(of.report)
  const set = (path: string) => (text: string) => setTexts((before) => new Map(before).set(path, text))
  const valueOf = (path: string) => texts.get(path) ?? known.find((each) => each.path === path)?.value ?? ""
  const send = () =>
    void doing.run(async () => {
      try {
        download(
          await api("POST /cases/{id}/goaml", {
            place: { id },
            query: { language: language.value },
            body: filled(of.report, texts),
          }),
          `goaml-${id}.xml`,
        )
        setGaps([])
        setDone(true)
      } catch (error) {
        if (!(error instanceof Problem) || !Array.isArray(error.more.missing)) throw error
        setGaps(error.more.missing as Gap[])
      }
    })
  const field = ({ path, says, label = path, codes }: Omit<Gap, "problem">, error?: string) => {
    const value = valueOf(path)
    const common = { label, value, ...(error ? { error } : { hint: says }) }
    if (codes?.length)
      return (
        <SelectField
          key={path}
          {...common}
          onChange={set(path)}
          choices={["", ...codes].map((each) => ({ value: each, title: each || "—" }))}
        />
      )
    const Kind = value.length > 60 ? TextArea : TextField
    return <Kind key={path} {...common} onInput={set(path)} />
  }
  const rest = known.filter(({ path }) => !gaps.some((gap) => gap.path === path))
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {done && (
        <Note tone="good">
          <p role="status">{t("goaml.done")}</p>
        </Note>
      )}
      {gaps.length > 0 && (
        <div class="panel">
          <h2>{t("goaml.missing", { n: gaps.length })}</h2>
          <div class="fields">{gaps.map((gap) => field(gap, gap.says))}</div>
        </div>
      )}
      {of.look_at.length > 0 && (
        <Note tone="warning">
          <p>{t("goaml.look_at")}</p>
          <ul>
            {of.look_at.map((each) => (
              <li key={each.element}>
                {each.label}: {t(`goaml.${each.why}`)}
              </li>
            ))}
          </ul>
        </Note>
      )}
      <Section title={t("goaml.known")}>
        <div class="fields wide">
          {rest.map(({ path }) => field({ path, says: "", label: parts(path).slice(-2).join(" / ") }))}
        </div>
      </Section>
      <ProblemNote problem={doing.problem} />
      <Button type="submit" tone="main" icon="download" busy={doing.busy}>
        {t("goaml.action")}
      </Button>
    </form>
  )
}

export default function GoamlPage({ id = "" }: { id?: string }) {
  const loaded = useLoad(
    (signal) => api("GET /cases/{id}/goaml", { place: { id }, query: { language: language.value }, signal }),
    [id],
  )
  return (
    <Page
      title={t("papers.goaml")}
      lead={t("goaml.lead")}
      actions={
        <a class="button" href={to(`cases/${id}`)}>
          {t("case.title")}
        </a>
      }
    >
      <Show of={loaded}>{(of) => <Form id={id} of={of} />}</Show>
    </Page>
  )
}
