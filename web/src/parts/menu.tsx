/* A button that opens a few choices: <details>, which needs no script to open, closed by Escape, by a choice, and by a
 * click elsewhere. */
import type { ComponentChildren } from "preact"
import { useEffect, useRef } from "preact/hooks"

import { Icon } from "./icons"
import type { IconName } from "./icons"

export function Menu({
  label,
  icon,
  text,
  children,
}: {
  label: string
  icon?: IconName
  text?: ComponentChildren
  children: ComponentChildren
}) {
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const element = details.current
      if (!element?.open) return
      if (event instanceof KeyboardEvent && event.key === "Escape") {
        element.open = false
        element.querySelector("summary")?.focus()
      } else if (
        event.type === "click" &&
        !(element.contains(event.target as Node) && !(event.target as Element).closest("[data-choice]"))
      ) {
        element.open = false
      }
    }
    addEventListener("click", close)
    addEventListener("keydown", close)
    return () => {
      removeEventListener("click", close)
      removeEventListener("keydown", close)
    }
  }, [])
  return (
    <details class="menu" ref={details}>
      <summary aria-label={text ? undefined : label} title={label}>
        {icon && <Icon name={icon} />}
        {text}
        <Icon name="down" />
      </summary>
      <div class="menu-body" role="group" aria-label={label}>
        {children}
      </div>
    </details>
  )
}

export function Choice({
  chosen,
  onChoose,
  children,
  lang,
}: {
  chosen?: boolean
  onChoose: () => void
  children: ComponentChildren
  lang?: string
}) {
  return (
    <button type="button" class="choice" data-choice aria-pressed={chosen} lang={lang} onClick={onChoose}>
      {children}
      {chosen && <Icon name="check" />}
    </button>
  )
}
