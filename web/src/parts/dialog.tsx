/* The browser's own dialog: it keeps the focus inside, gives it back, and closes on Escape. */
import type { ComponentChildren } from "preact"
import { useEffect, useId, useRef, useState } from "preact/hooks"

import { useDoing } from "../api/load"
import { t } from "../text/messages"
import { Button } from "./basic"
import { ProblemNote } from "./state"

export function Dialog({
  title,
  onClose,
  children,
  fixed,
}: {
  title: string
  onClose: () => void
  children: ComponentChildren
  fixed?: boolean // it is to be answered: no Escape, no cross
}) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        if (!fixed) onClose()
      }}
    >
      <header class="dialog-head">
        <h2 id={id}>{title}</h2>
        {!fixed && (
          <Button tone="quiet" icon="close" label={t("action.close")} onClick={onClose}>
            {null}
          </Button>
        )}
      </header>
      {children}
    </dialog>
  )
}

/* A question before what cannot be undone. */
export function Confirm({
  title,
  children,
  action,
  danger,
  work,
  onClose,
}: {
  title: string
  children: ComponentChildren
  action: string
  danger?: boolean
  work: () => Promise<unknown>
  onClose: () => void
}) {
  const doing = useDoing()
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <ProblemNote problem={doing.problem} />
      <footer class="dialog-foot">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button
          tone={danger ? "danger" : "main"}
          busy={doing.busy}
          onClick={async () => {
            if (await doing.run(work)) onClose()
          }}
        >
          {action}
        </Button>
      </footer>
    </Dialog>
  )
}

/* What opens a dialog: [open, the dialog when it is open] */
export function useDialog(render: (close: () => void) => ComponentChildren): [() => void, ComponentChildren] {
  const [open, setOpen] = useState(false)
  return [() => setOpen(true), open ? render(() => setOpen(false)) : null]
}
