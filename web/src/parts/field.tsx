/* What is typed or chosen, with its label, what it takes, and what is wrong with it. */
import type { ComponentChildren, Ref } from "preact"
import { useId } from "preact/hooks"

import { isolated } from "../text/messages"

type Common = { label: string; hint?: string; error?: string; hideLabel?: boolean }
type Attributes = { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined }

export function Field({
  label,
  hint,
  error,
  hideLabel,
  children,
}: Common & { children: (attributes: Attributes) => ComponentChildren }) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined
  return (
    <div class="field">
      <label for={id} class={hideLabel ? "unseen" : undefined}>
        {label}
      </label>
      {children({ id, "aria-describedby": described, "aria-invalid": error ? true : undefined })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

/* What a field may have besides; the types of Preact know one shape for each type of field, which helps nobody here. */
type More = {
  autocomplete?: string
  autocapitalize?: string
  spellcheck?: boolean
  required?: boolean
  placeholder?: string
  inputMode?: "numeric" | "search"
  list?: string
  min?: string | number
  max?: string | number
  step?: string | number
  maxLength?: number
  ref?: Ref<HTMLInputElement>
  onKeyDown?: (event: KeyboardEvent) => void
}

type TextProps = Common & {
  value: string
  onInput: (value: string) => void
  type?: "text" | "password" | "search" | "email" | "number" | "date" | "datetime-local"
  code?: boolean // from left to right whatever the language
  input?: More
}

/* By its own letters; while there are none, that of the page, where its placeholder and the caret stand. */
export const directionOf = (value: string) => (value ? "auto" : undefined)

export function TextField({ value, onInput, type = "text", code, input, ...common }: TextProps) {
  const dir =
    code || ["password", "email", "number", "date", "datetime-local"].includes(type) ? "ltr" : directionOf(value)
  return (
    <Field {...common}>
      {(attributes) => (
        <input
          {...({ ...input, ...attributes, type } as object)}
          dir={dir}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

export function TextArea({
  value,
  onInput,
  rows = 4,
  ...common
}: Common & { value: string; onInput: (value: string) => void; rows?: number }) {
  return (
    <Field {...common}>
      {(attributes) => (
        <textarea
          {...attributes}
          dir={directionOf(value)}
          rows={rows}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

export type Choice = { value: string; title: string }

export function SelectField({
  value,
  onChange,
  choices,
  ...common
}: Common & {
  value: string
  onChange: (value: string) => void
  choices: readonly Choice[]
}) {
  return (
    <Field {...common}>
      {(attributes) => (
        <select {...attributes} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {choices.map((each) => (
            <option key={each.value} value={each.value} selected={each.value === value}>
              {isolated(each.title)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function CheckField({
  label,
  checked,
  onChange,
  hint,
}: {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  hint?: string
}) {
  const id = useId()
  return (
    <div class="field check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
