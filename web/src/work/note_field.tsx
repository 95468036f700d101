/* A text in which "@" completes the names of colleagues. */
import { useId, useRef, useState } from "preact/hooks"

import { Name } from "../parts/basic"
import { Field, directionOf } from "../parts/field"
import { t } from "../text/messages"
import type { Colleague } from "./cases"
import { colleagues } from "./shared"

const MOST = 6
type Asked = { from: number; to: number; found: Colleague[]; at: number }

const fits = (person: Colleague, begun: string): boolean =>
  [person.login, ...person.name.split(/\s+/)].some((each) => each.toLowerCase().startsWith(begun))

async function asking(text: string, caret: number): Promise<Asked | null> {
  const begun = /(?:^|\s)@([^\s@]{0,40})$/u.exec(text.slice(0, caret))?.[1]
  if (begun === undefined) return null
  const people = await colleagues.read().catch(() => [])
  const found = people.filter((each) => fits(each, begun.toLowerCase())).slice(0, MOST)
  return found.length ? { from: caret - begun.length, to: caret, found, at: 0 } : null
}

export function NoteField({
  label,
  hint,
  value,
  onInput,
  rows = 3,
  input,
}: {
  label: string
  hint?: string
  value: string
  onInput: (value: string) => void
  rows?: number
  input?: (element: HTMLTextAreaElement | null) => void
}) {
  const list = useId()
  const area = useRef<HTMLTextAreaElement | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const look = async () => {
    const element = area.current
    if (element) setAsked(await asking(element.value, element.selectionStart))
  }
  const take = ({ from, to }: Asked, person: Colleague) => {
    onInput(`${value.slice(0, from)}${person.login} ${value.slice(to)}`)
    setAsked(null)
    const caret = from + person.login.length + 1
    setTimeout(() => {
      area.current?.focus()
      area.current?.setSelectionRange(caret, caret)
    })
  }
  const press = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return area.current?.form?.requestSubmit()
    if (!asked) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const person = asked.found[asked.at]
    if (step) setAsked({ ...asked, at: (asked.at + step + asked.found.length) % asked.found.length })
    else if ((event.key === "Enter" || event.key === "Tab") && person) take(asked, person)
    else if (event.key === "Escape") setAsked(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Field label={label} hint={hint ?? t("note.hint")}>
      {(attributes) => (
        <div class="complete">
          <textarea
            {...attributes}
            ref={(element) => {
              area.current = element
              input?.(element)
            }}
            dir={directionOf(value)}
            rows={rows}
            value={value}
            maxLength={4000}
            aria-autocomplete="list"
            aria-controls={asked ? list : undefined}
            aria-activedescendant={asked ? `${list}-${asked.at}` : undefined}
            onInput={(event) => {
              onInput(event.currentTarget.value)
              void look()
            }}
            onKeyDown={press}
            onBlur={() => setTimeout(() => setAsked(null), 150)}
          />
          {asked && (
            <ul class="complete-list" role="listbox" id={list} aria-label={t("note.people")}>
              {asked.found.map((person, at) => (
                <li
                  key={person.id}
                  id={`${list}-${at}`}
                  role="option"
                  aria-selected={at === asked.at}
                  onPointerDown={(event) => {
                    event.preventDefault()
                    take(asked, person)
                  }}
                >
                  <Name text={person.name} />{" "}
                  <bdi dir="ltr" class="dim small">
                    @{person.login}
                  </bdi>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Field>
  )
}
