/* The smallest parts: names, codes, times, badges, buttons. */
import type { ComponentChildren } from "preact"

import { fill } from "../api/client"
import { ago, day, moment, momentWhole, scriptOf } from "../text/format"
import { Icon } from "./icons"
import type { IconName } from "./icons"

export { fill }

/* A name, or any text that somebody else wrote: set by its own letters' direction, and never as markup. */
export function Name({ text, strong }: { text: string; strong?: boolean }) {
  const { dir, lang } = scriptOf(text)
  return (
    <bdi class={strong ? "name strong" : "name"} dir={dir} lang={lang}>
      {text}
    </bdi>
  )
}

/* A number of a document, an identifier, a version: from left to right in every language. */
export function Code({ text, cut }: { text: string; cut?: number }) {
  return (
    <bdi class="code" dir="ltr" title={cut && text.length > cut ? text : undefined}>
      {cut ? text.slice(0, cut) : text}
    </bdi>
  )
}

/* A time: how long ago, with the whole beside the pointer; or the whole where the moment matters. */
export function Time({ at, as = "moment" }: { at: string | null | undefined; as?: "ago" | "day" | "moment" }) {
  if (!at) return <span class="none">—</span>
  const text = as === "ago" ? ago(at) : as === "day" ? day(at) : moment(at)
  return (
    <time dateTime={at} title={momentWhole(at)}>
      {text}
    </time>
  )
}

export type Tone = "plain" | "good" | "warning" | "bad" | "accent"

export function Badge({
  tone = "plain",
  icon,
  children,
}: {
  tone?: Tone
  icon?: IconName
  children: ComponentChildren
}) {
  return (
    <span class={`badge ${tone}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  )
}

export type ButtonProps = {
  children: ComponentChildren
  onClick?: (event: MouseEvent) => void
  type?: "button" | "submit"
  tone?: "plain" | "main" | "quiet" | "danger"
  icon?: IconName
  busy?: boolean
  disabled?: boolean
  label?: string // read out, where the children are a picture
  title?: string
  keys?: string // the shortcut, shown in it
}

/* While it works it cannot be pressed again, but keeps the focus. */
export function Button({
  children,
  onClick,
  type = "button",
  tone = "plain",
  icon,
  busy,
  disabled,
  label,
  title,
  keys,
}: ButtonProps) {
  return (
    <button
      type={type}
      class={`button ${tone}`}
      disabled={disabled}
      aria-busy={busy}
      aria-disabled={busy}
      aria-label={label}
      title={title}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {icon && <Icon name={icon} />}
      {children}
      {keys && <kbd>{keys}</kbd>}
    </button>
  )
}
