/* What was done, said for a while, with a way back where there is one. It waits while it is read: under the pointer, or
 * with the focus in it. */
import { signal } from "@preact/signals"
import { useEffect, useState } from "preact/hooks"

import { asProblem } from "../api/load"
import { Button } from "../parts/basic"
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
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => remove(key), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [held])
  const back = async () => {
    remove(key)
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
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <span dir="auto">{text}</span>
      {undo && (
        <Button tone="quiet" onClick={back}>
          {t("action.undo")}
        </Button>
      )}
      <Button tone="quiet" icon="close" label={t("action.close")} onClick={() => remove(key)}>
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
