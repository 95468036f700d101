/* The elements of a goAML report as fields: the service tells which there are, what each is called and which codes it
 * takes (GET /goaml/form); what a report says is a tree by the names of the elements. */
import { useState } from "preact/hooks"
import type { ComponentChildren } from "preact"

import { api } from "../api/client"
import { useLoad } from "../api/load"
import type { GoamlField, GoamlForm } from "../api/shapes"
import { Button } from "../parts/basic"
import { CheckField, SelectField, TextArea, TextField } from "../parts/field"
import { language, locale, t } from "../text/messages"

export type Gap = { path: string; says: string }
type Asked = { form: GoamlForm; tree: unknown; gaps: readonly Gap[]; set: (path: string, value: unknown) => void }

export const useForm = () =>
  useLoad((signal) => api("GET /goaml/form", { query: { language: language.value }, signal }), [language.value])

const keysOf = (path: string): string[] => path.split("/").slice(1)
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === "" || (value !== null && typeof value === "object" && !Object.keys(value).length)
const at = (tree: unknown, path: string): unknown =>
  keysOf(path).reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], tree)

/* A copy with this value at the place; an empty one takes its element out. */
export function withValue(tree: unknown, path: string, value: unknown): unknown {
  const [key, ...rest] = keysOf(path)
  if (key === undefined) return value
  const list = Array.isArray(tree) || (tree === undefined && /^\d+$/.test(key))
  const inner = withValue(
    (tree as Record<string, unknown> | undefined)?.[key],
    rest.map((each) => `/${each}`).join(""),
    value,
  )
  if (list) {
    const items = [...((tree as unknown[]) ?? [])]
    items.splice(Number(key), 1, ...(isEmpty(inner) && !rest.length ? [] : [inner]))
    return items
  }
  const copy = { ...(tree as object), [key]: inner } as Record<string, unknown>
  if (isEmpty(inner)) delete copy[key]
  return copy
}

/* "Parties › Person › Last name" */
export function labelOf(form: GoamlForm, path: string): string {
  let fields: readonly GoamlField[] = form.fields
  const labels = keysOf(path).flatMap((key) => {
    const field = fields.find((each) => each.name === key)
    fields = field?.fields ?? fields
    return field ? [field.label] : []
  })
  return labels.slice(-2).join(" › ")
}

export function goTo(path: string): void {
  const field = document.querySelector(`[data-path="${path}"]`)
  for (let fold = field?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true
  field?.querySelector<HTMLElement>("input, select, textarea, button")?.focus()
}

function codeChoices(form: GoamlForm, type: string, value: string) {
  const currencies = type === "currency_type" && new Intl.DisplayNames(locale(), { type: "currency" })
  const known = (form.codes[type] ?? []).map(
    ({ code, title = currencies && code.length === 3 ? currencies.of(code) : "" }) => ({
      value: code,
      title: !title || title === code ? code : type === "report_indicator_type" ? `${code} ${title}` : title,
    }),
  )
  const other = value && !known.some((each) => each.value === value) ? [{ value, title: value }] : []
  return [{ value: "", title: "—" }, ...other, ...known]
}

function One({ field, path, label, asked }: { field: GoamlField; path: string; label: string; asked: Asked }) {
  const value = at(asked.tree, path),
    text = String(value ?? ""),
    error = asked.gaps.find((each) => each.path === path)?.says
  const set = (given: unknown) => asked.set(path, given)
  const common = { label, ...(error ? { error } : {}) }
  if (field.kind === "group")
    return (
      <fieldset class="choices">
        <legend>{label}</legend>
        {error && <p class="error">{error}</p>}
        <Fields fields={field.fields!} path={path} asked={asked} />
      </fieldset>
    )
  if (field.kind === "code")
    return <SelectField {...common} value={text} onChange={set} choices={codeChoices(asked.form, field.codes!, text)} />
  if (field.kind === "truth" || field.kind === "fixed")
    return <CheckField label={label} checked={value === true} onChange={(on) => set(on || undefined)} />
  if ((field.letters_most ?? 0) > 255) return <TextArea {...common} value={text} onInput={set} />
  if (field.kind === "date") return <TextField {...common} type="date" value={text.slice(0, 10)} onInput={set} />
  const whole = (given: string) => set(/^\d+$/.test(given) ? Number(given) : given)
  return <TextField {...common} value={text} onInput={field.kind === "whole" ? whole : set} />
}

/* An array: what is in it, and one more. */
function Many({ field, path, asked }: { field: GoamlField; path: string; asked: Asked }) {
  const items = (at(asked.tree, path) as unknown[] | undefined) ?? [],
    group = field.kind === "group"
  const error = asked.gaps.find((each) => each.path === path)?.says
  return (
    <>
      {(group ? items : [...items, undefined]).map((_, place) => (
        <div key={place} class="stack">
          <One
            field={field}
            path={`${path}/${place}`}
            label={place ? `${field.label} (${place + 1})` : field.label}
            asked={place || group || !error ? asked : { ...asked, gaps: [{ path: `${path}/0`, says: error }] }}
          />
          {group && !(field.required && items.length === 1) && (
            <p>
              <Button icon="close" onClick={() => asked.set(`${path}/${place}`, undefined)}>
                {t("goaml.remove")}
              </Button>
            </p>
          )}
        </div>
      ))}
      {group && (
        <p>
          <Button icon="plus" onClick={() => asked.set(`${path}/${items.length}`, { "": undefined })}>
            {field.label}
          </Button>
        </p>
      )}
    </>
  )
}

/* What is said or must be said stands there; the rest is folded away. What is typed later stays where it is. */
export function Fields({
  fields,
  path,
  asked,
  all,
}: {
  fields: readonly GoamlField[]
  path: string
  asked: Asked
  all?: boolean
}) {
  const [first] = useState(asked.tree)
  const place = (field: GoamlField) => `${path}/${field.name}`
  const has = (field: GoamlField) => !isEmpty(at(first, place(field)))
  const left = (field: GoamlField) => field.either && !has(field) && fields.some((each) => each.either && has(each))
  const needed = (field: GoamlField) =>
    all ||
    has(field) ||
    (field.required && !field.either) ||
    asked.gaps.some((each) => `${each.path}/`.startsWith(`${place(field)}/`))
  const show = (these: readonly GoamlField[]): ComponentChildren => (
    <div class="fields wide">
      {these.map((field) => (
        <div
          key={field.name}
          data-path={place(field)}
          class={field.kind === "group" || (field.letters_most ?? 0) > 255 ? "whole stack" : undefined}
        >
          {field.many ? (
            <Many field={field} path={place(field)} asked={asked} />
          ) : (
            <One field={field} path={place(field)} label={field.label} asked={asked} />
          )}
        </div>
      ))}
    </div>
  )
  const rest = fields.filter((field) => !needed(field) && !left(field))
  return (
    <>
      {show(fields.filter(needed))}
      {rest.length > 0 && (
        <details>
          <summary>{t("goaml.rest")}</summary>
          {show(rest)}
        </details>
      )}
    </>
  )
}
