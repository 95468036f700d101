/* Choosing a file, or dropping one; and how far something has come. */
import { useState } from "preact/hooks"

import { Icon } from "../parts/icons"
import { percent } from "../text/format"
import { t } from "../text/messages"

export function FileDrop({
  label,
  hint,
  id,
  onFile,
  busy,
  accept,
}: {
  label: string
  hint?: string | undefined
  id: string
  onFile: (file: File) => void
  busy?: boolean
  accept?: string
}) {
  const [over, setOver] = useState(false)
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0]
    if (file && !busy) onFile(file)
  }
  return (
    <label
      class={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files)
      }}
    >
      <Icon name="clip" />
      <span>
        <span class="strong">{label}</span> <span class="dim">{t("files.or_drop")}</span>
      </span>
      {hint && (
        <span class="dim small" id={id}>
          {hint}
        </span>
      )}
      <input
        type="file"
        class="unseen"
        accept={accept}
        disabled={busy}
        aria-describedby={hint ? id : undefined}
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ""
        }}
      />
    </label>
  )
}

/* share: from 0 to 1; null: it is not known how much there is */
export function Progress({ label, share }: { label: string; share: number | null }) {
  return (
    <div class="progress">
      <progress aria-label={label} max={1} value={share ?? undefined} />
      <span class="small dim" dir="auto">
        {label}
        {share !== null && (
          <>
            {" "}
            <bdi dir="ltr">{percent(share)}</bdi>
          </>
        )}
      </span>
    </div>
  )
}
