/* A subject by hand. It is screened at once; what was found is said. */
import { useState } from "preact/hooks"

import { useDoing } from "../../api/load"
import { Button } from "../../parts/basic"
import { isCountry, propertyTitle } from "../../parts/facts"
import { SelectField, TextArea, TextField } from "../../parts/field"
import { Page } from "../../parts/page"
import { ProblemNote } from "../../parts/state"
import { go, to } from "../../shell/router"
import { toast } from "../../shell/toasts"
import { country } from "../../text/format"
import { t, word } from "../../text/messages"
import { dated, propertiesOf, schemataOffered } from "../../work/schemata"
import { putSubject } from "../../work/subjects"
import { sources, useKept } from "../../work/shared"
import { schemaTitle } from "../../work/words"

type Typed = { [property: string]: string }
const values = (text: string): string[] =>
  text
    .split("\n")
    .map((each) => each.trim())
    .filter(Boolean)

export default function AddSubjectPage() {
  const [schema, setSchema] = useState("Person")
  const [source, setSource] = useState(""),
    [reference, setReference] = useState(""),
    [typed, setTyped] = useState<Typed>({})
  const from = useKept(sources).value ?? []
  const doing = useDoing()
  const asked = propertiesOf[schema] ?? []
  const send = () =>
    void doing.run(async () => {
      const properties = Object.fromEntries(
        asked.map((each) => [each, values(typed[each] ?? "")]).filter(([, of]) => of!.length),
      )
      const { subject, screening } = await putSubject({
        source: source.trim(),
        reference: reference.trim(),
        schema,
        properties,
      })
      sources.forget()
      toast(screening.case ? t("subjects.added_raised", { n: screening.raised }) : t("subjects.added"))
      go(to(screening.case ? `cases/${screening.case}` : `subjects/${subject.id}`))
    })
  return (
    <Page title={t("subjects.add")} lead={t("subjects.add_lead")}>
      <form
        class="form panel"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <div class="fields">
          <SelectField
            label={t("subjects.schema")}
            value={schema}
            onChange={setSchema}
            choices={schemataOffered.map((value) => ({ value, title: schemaTitle(value) }))}
          />
          <TextField
            label={t("subjects.source")}
            hint={t("subjects.source_hint")}
            code
            value={source}
            onInput={setSource}
            input={{ required: true, list: "sources", autocomplete: "off", maxLength: 64 }}
          />
          <TextField
            label={t("subjects.reference")}
            hint={t("subjects.reference_hint")}
            value={reference}
            onInput={setReference}
            input={{ required: true, autocomplete: "off", maxLength: 200 }}
          />
          <datalist id="sources">
            {from.map((each) => (
              <option key={each.source} value={each.source}>
                {each.title}
              </option>
            ))}
          </datalist>
        </div>
        <p class="hint dim small">{t("subjects.each_line")}</p>
        <div class="fields wide">
          {asked.map((property) =>
            property === "gender" ? (
              <SelectField
                key={property}
                label={propertyTitle(property)}
                value={typed[property] ?? ""}
                onChange={(gender) => setTyped((before) => ({ ...before, gender }))}
                choices={["", "male", "female", "other"].map((value) => ({
                  value,
                  title: value && word("gender", value),
                }))}
              />
            ) : (
              <TextArea
                key={property}
                label={propertyTitle(property)}
                rows={property === "name" || property === "alias" ? 2 : 1}
                value={typed[property] ?? ""}
                hint={
                  dated.has(property)
                    ? t("screen.birth_hint")
                    : isCountry(property)
                      ? `${country("ma")} · ma`
                      : undefined
                }
                onInput={(text) => setTyped((before) => ({ ...before, [property]: text }))}
              />
            ),
          )}
        </div>
        <ProblemNote problem={doing.problem} />
        <Button
          type="submit"
          tone="main"
          busy={doing.busy}
          disabled={!values(typed.name ?? "").length || !source.trim() || !reference.trim()}
        >
          {t("subjects.add_action")}
        </Button>
      </form>
    </Page>
  )
}
