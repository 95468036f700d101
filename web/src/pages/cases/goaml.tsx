/* The report to the authority: what is known of the case is filled in, what is missing is asked for, and the XML is
 * given when nothing is missing any more. */
import { useState } from "preact/hooks"

import { Problem, api } from "../../api/client"
import { useDoing, useLoad } from "../../api/load"
import type { GoamlForm, GoamlReport, GoamlSuggestion } from "../../api/shapes"
import { Button } from "../../parts/basic"
import { Page } from "../../parts/page"
import { Note, ProblemNote, Show } from "../../parts/state"
import { to } from "../../shell/router"
import { may } from "../../shell/session"
import { language, t } from "../../text/messages"
import { Fields, goTo, labelOf, useForm, withValue } from "../../work/goaml"
import type { Gap } from "../../work/goaml"

function download(xml: string, name: string): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([xml], { type: "application/xml" }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

function Missing({ gaps, form }: { gaps: readonly Gap[]; form: GoamlForm }) {
  const once = gaps.some(({ path }) => form.fields.some((each) => !each.of_case && path.startsWith(`/${each.name}`)))
  return (
    <Note tone="warning">
      <p class="strong" role="status">
        {t("goaml.missing", { n: gaps.length })}
      </p>
      <ul>
        {gaps.map(({ path, says }) => (
          <li key={path}>
            <a
              href={`#${path}`}
              onClick={(event) => {
                event.preventDefault()
                goTo(path)
              }}
            >
              {labelOf(form, path) || path}
            </a>{" "}
            <span class="dim">{says}</span>
          </li>
        ))}
      </ul>
      {once && (
        <p>
          {t("goaml.once")} {may("cases.settings") && <a href={to("goaml")}>{t("goaml.settings")}</a>}
        </p>
      )}
    </Note>
  )
}

function Form({ id, of, form }: { id: string; of: GoamlSuggestion; form: GoamlForm }) {
  const [gaps, setGaps] = useState<readonly Gap[]>(of.missing)
  const [tree, setTree] = useState<unknown>(of.report)
  const [done, setDone] = useState(false)
  const doing = useDoing()
  const set = (path: string, value: unknown) => {
    setTree((before: unknown) => withValue(before, path, value))
    setGaps((before) => before.filter((gap) => !`${path}/`.startsWith(`${gap.path}/`)))
    setDone(false)
  }
  const send = () =>
    doing.run(async () => {
      try {
        const asked = { place: { id }, query: { language: language.value }, body: tree as GoamlReport }
        download(await api("POST /cases/{id}/goaml", asked), `goaml-${id}.xml`)
        setGaps([])
        setDone(true)
      } catch (error) {
        if (!(error instanceof Problem) || !Array.isArray(error.more.missing)) throw error
        setGaps(error.more.missing as Gap[])
      }
      scrollTo(0, 0)
    })
  return (
    <form
      class="form goaml"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {done && (
        <Note tone="good">
          <p role="status">{t("goaml.done")}</p>
        </Note>
      )}
      {gaps.length > 0 && <Missing gaps={gaps} form={form} />}
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
      <Fields fields={form.fields} path="" asked={{ form, tree, gaps, set }} />
      <ProblemNote problem={doing.problem} />
      <Button type="submit" tone="main" icon="download" busy={doing.busy}>
        {t("goaml.action")}
      </Button>
    </form>
  )
}

export default function GoamlPage({ id = "" }: { id?: string }) {
  const form = useForm()
  const loaded = useLoad(
    (signal) => api("GET /cases/{id}/goaml", { place: { id }, query: { language: language.value }, signal }),
    [id, language.value],
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
      <Show of={loaded}>{(of) => <Show of={form}>{(fields) => <Form id={id} of={of} form={fields} />}</Show>}</Show>
    </Page>
  )
}
