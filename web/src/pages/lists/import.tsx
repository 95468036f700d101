/* Bringing in a file of a list: which file, which list, and of which form where that is not found out. What comes of it
 * is a task, told by the page behind. */
import { useId, useState } from "preact/hooks"

import { useDoing } from "../../api/load"
import { upload } from "../../api/upload"
import { Button, Name } from "../../parts/basic"
import { Dialog, useDialog } from "../../parts/dialog"
import { CheckField, SelectField, TextField } from "../../parts/field"
import { ProblemNote } from "../../parts/state"
import { may } from "../../shell/session"
import { bytes } from "../../text/format"
import { t } from "../../text/messages"
import { FileDrop, Progress } from "../../work/file_drop"

/* As `mizan lists formats` names them; but not `ofac`, which is several files. */
const FORMATS = "un ofac-xml us-csl us-csl-json eu eu-xml uk uk-list australia canada ftm csv json".split(" ")

type Props = { list?: string; begun: () => void; close: () => void }

function ImportDialog({ list = "", begun, close }: Props) {
  const [file, setFile] = useState<File | null>(null),
    [name, setName] = useState(list),
    [format, setFormat] = useState(""),
    [accept, setAccept] = useState(false),
    [share, setShare] = useState<number | null>(null)
  const doing = useDoing(),
    hint = useId()
  const send = async () => {
    const sent = await doing.run(async () => {
      setShare(0)
      try {
        const query = { list: name.trim(), format, file_name: file!.name, accept }
        await upload("/lists/import", query, file!, setShare).answer
      } finally {
        setShare(null)
      }
    })
    if (!sent) return
    begun()
    close()
  }
  return (
    <Dialog title={t("imports.new")} onClose={close}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (file) void send()
        }}
      >
        <FileDrop
          label={t(file ? "imports.other" : "imports.choose")}
          hint={t("files.limit", { size: bytes(2 ** 31) })}
          id={hint}
          onFile={setFile}
          busy={doing.busy}
        />
        {file && (
          <p>
            <Name text={file.name} strong /> <span class="dim">{bytes(file.size)}</span>
          </p>
        )}
        {!list && (
          <TextField
            label={t("lists.name")}
            hint={t("lists.name_hint")}
            code
            value={name}
            onInput={setName}
            input={{ autocomplete: "off", maxLength: 63 }}
          />
        )}
        <SelectField
          label={t("lists.format")}
          value={format}
          onChange={setFormat}
          choices={[
            { value: "", title: t("lists.format_found") },
            ...FORMATS.map((each) => ({ value: each, title: each })),
          ]}
        />
        <CheckField label={t("lists.accept")} checked={accept} onChange={setAccept} />
        <ProblemNote problem={doing.problem} />
        {share !== null && <Progress label={t("files.sending")} share={share} />}
        <footer class="dialog-foot">
          <Button onClick={close}>{t("action.cancel")}</Button>
          <Button type="submit" tone="main" busy={doing.busy} disabled={!file}>
            {t("imports.start")}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

export function ImportButton({ list, begun }: { list?: string; begun: () => void }) {
  const [open, dialog] = useDialog((close) => <ImportDialog list={list} begun={begun} close={close} />)
  return may("lists.change") ? (
    <>
      <Button onClick={open}>{t("imports.new")}</Button>
      {dialog}
    </>
  ) : null
}
