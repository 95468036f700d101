/* What is shown this one time: a password or a key that nobody can look up later. */
import { useRef, useState } from "preact/hooks"

import { Button } from "../../parts/basic"
import { Note } from "../../parts/state"
import { t } from "../../text/messages"

export function Once({ title, text, secret, done }: { title: string; text: string; secret: string; done: () => void }) {
  const shown = useRef<HTMLElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret)
      setCopied(true)
    } catch {
      // not allowed here: it is marked, to be copied by hand
      if (shown.current) getSelection()?.selectAllChildren(shown.current)
    }
  }
  return (
    <Note tone="good">
      <p class="strong">{title}</p>
      <p>{text}</p>
      <p>
        <code class="once" dir="ltr" ref={shown}>
          {secret}
        </code>
      </p>
      <div class="row">
        <Button onClick={() => void copy()} icon={copied ? "check" : undefined}>
          {copied ? t("once.copied") : t("once.copy")}
        </Button>
        <Button onClick={done}>{t("once.done")}</Button>
      </div>
    </Note>
  )
}
