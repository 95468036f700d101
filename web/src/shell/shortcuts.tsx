/* Keys. A screen says which it knows while it is shown; "?" lists them.
 *
 * A letter is known by what it writes or, where the keyboard writes no Latin (an Arabic one), by its place; so "j" is
 * the same key to everybody. Single keys do nothing while something is typed, and can be turned off altogether. */
import { signal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"

import { Dialog } from "../parts/dialog"
import { CheckField } from "../parts/field"
import { t } from "../text/messages"
import { chooseShortcuts, shortcutsOn } from "./preferences"

/* keys: "j", "/", "Enter", "g s" (one behind the other); also: another key for the same, "ArrowDown" */
export type Shortcut = { keys: string; also?: string; title: string; run: () => void }

const known = signal<readonly (readonly Shortcut[])[]>([])
export const listOpen = signal(false)

export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const now = useRef(shortcuts)
  now.current = shortcuts
  useEffect(() => {
    const own = shortcuts.map((each, at) => ({ ...each, run: () => now.current[at]?.run() }))
    known.value = [...known.value, own]
    return () => {
      known.value = known.value.filter((each) => each !== own)
    }
  }, [shortcuts.map((each) => each.keys + each.title).join()])
}

function keyOf(event: KeyboardEvent): string {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase()
  if (/^Key[A-Z]$/.test(event.code) && !/^[\x21-\x7e]$/.test(event.key)) return event.code.slice(3).toLowerCase()
  return event.key === "؟" ? "?" : event.key
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))

const signs: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑" }

let before = ""
let beforeAt = 0
const PATIENCE_MS = 1500

function press(event: KeyboardEvent): void {
  if (!shortcutsOn.value || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (event.defaultPrevented || typing(event.target) || document.querySelector("dialog[open]")) return
  const key = keyOf(event)
  // Enter and space belong to the button that has the focus
  if ((key === "Enter" || key === " ") && (event.target as Element).closest?.("a, button, summary")) return
  const pair = event.timeStamp - beforeAt < PATIENCE_MS ? `${before} ${key}` : ""
  before = key
  beforeAt = event.timeStamp
  const all = [...known.value].reverse().flat()
  const found = all.find((each) => each.keys === pair) ?? all.find((each) => each.keys === key || each.also === key)
  if (!found) return
  event.preventDefault()
  before = ""
  found.run()
}

export function startShortcuts(): void {
  addEventListener("keydown", press)
}

export function ShortcutList() {
  useShortcuts([{ keys: "?", title: t("shortcuts.title"), run: () => (listOpen.value = true) }])
  if (!listOpen.value) return null
  return (
    <Dialog title={t("shortcuts.title")} onClose={() => (listOpen.value = false)}>
      <dl class="shortcuts">
        {known.value.flat().map((each) => (
          <div key={each.keys}>
            <dt>{each.title}</dt>
            <dd dir="ltr">
              {[...each.keys.split(" "), ...(each.also ? [each.also] : [])].map((key) => (
                <kbd key={key}>{signs[key] ?? key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <CheckField
        label={t("shortcuts.on")}
        hint={t("shortcuts.on_hint")}
        checked={shortcutsOn.value}
        onChange={chooseShortcuts}
      />
    </Dialog>
  )
}
