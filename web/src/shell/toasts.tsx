/* What was done, said for a while, with a way back where there is one. It waits while it is read: under the pointer, or
 * with the focus in it. */
import { signal } from "@preact/signals"
import { useEffect, useRef, useState } from "preact/hooks"

import { asProblem } from "../api/load"
import { Button } from "../parts/basic"
import { focusHeading } from "../parts/page"
import { t } from "../text/messages"

type Toast = { key: number; text: string; undo?: (() => Promise<unknown>) | undefined }
const PATIENCE_MS = 8000
const toasts = signal<Toast[]>([])
let last = 0

export function toast(text: string, undo?: () => Promise<unknown>): void {
  toasts.value = [...toasts.value.slice(-2), { key: ++last, text, undo }]
}
const remove = (key: number): void => {
  toasts.value = toasts.value.filter((each) => each.key !== key)
}

function One({ toast: { key, text, undo } }: { toast: Toast }) {
  const [held, setHeld] = useState(false)
  const before = useRef<HTMLElement | null>(null) // what had the focus
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => remove(key), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [held])
  const leave = () => {
    if (before.current?.isConnected) before.current.focus()
    else focusHeading()
    remove(key)
  }
  const back = async () => {
    leave()
    try {
      await undo?.()
      toast(t("toast.undone"))
    } catch (error) {
      toast(t("toast.not_undone", { why: asProblem(error).detail }))
    }
  }
  return (
    <div
      class="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={({ relatedTarget, currentTarget }) => {
        setHeld(true)
        if (!currentTarget.contains(relatedTarget as Node | null)) before.current = relatedTarget as HTMLElement | null
      }}
      onFocusOut={() => setHeld(false)}
    >
      <span dir="auto">{text}</span>
      {undo && (
        <Button tone="quiet" onClick={back}>
          {t("action.undo")}
        </Button>
      )}
      <Button tone="quiet" icon="close" label={t("action.close")} onClick={leave}>
        {null}
      </Button>
    </div>
  )
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((each) => (
        <One key={each.key} toast={each} />
      ))}
    </div>
  )
}
