/* The filters of a list. What is searched for counts when typing has paused, or by Enter; it may be somebody's name, so it
 * is kept in the memory of the page, while the other filters stand in its address. */
import type { Signal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import { useEffect, useState } from "preact/hooks"

import { TextField } from "./field"

const SETTLED_MS = 250

export function Filters({
  label,
  typed,
  children,
}: {
  label: string
  typed: Signal<string>
  children: ComponentChildren
}) {
  const [text, setText] = useState(typed.value)
  const settle = () => {
    typed.value = text.trim()
  }
  useEffect(() => {
    const timer = setTimeout(settle, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <form
      class="filters"
      onSubmit={(event) => {
        event.preventDefault()
        settle()
      }}
    >
      <TextField type="search" label={label} hideLabel value={text} onInput={setText} input={{ placeholder: label }} />
      {children}
    </form>
  )
}
