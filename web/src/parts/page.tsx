/* The frame of a screen's content: its heading takes the focus when one comes here, so that it is read out first, and
 * names the window. */
import type { ComponentChildren } from "preact"
import { useEffect, useRef } from "preact/hooks"

import { arrival } from "../shell/router"

/* Where the focus goes when what had it is gone. */
export const focusHeading = (): void => document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true })

/* The first screen of a visit leaves the focus where the browser has it. */
let visited = false

export function Page({
  title,
  lead,
  actions,
  children,
  wide,
}: {
  title: string
  lead?: ComponentChildren
  actions?: ComponentChildren
  children: ComponentChildren
  wide?: boolean
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Mizan`
  }, [title])
  useEffect(() => {
    if (visited && !document.querySelector("main :focus")) heading.current?.focus({ preventScroll: true })
    visited = true
  }, [arrival.value])
  return (
    <div class={wide ? "page wide" : "page"}>
      <header class="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            <bdi>{title}</bdi>
          </h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export function Section({
  title,
  actions,
  children,
}: {
  title: string
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  return (
    <section class="section">
      <header class="section-head">
        <h2>{title}</h2>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </section>
  )
}
