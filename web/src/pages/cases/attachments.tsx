/* Files of a case: dropped or chosen, kept by the hash of their bytes, and given back only as downloads. */
import { useId, useState } from "preact/hooks"

import { addressOf, fill } from "../../api/client"
import { useDoing } from "../../api/load"
import { upload } from "../../api/upload"
import { Button, Code, Name, Time } from "../../parts/basic"
import { Confirm } from "../../parts/dialog"
import { Icon } from "../../parts/icons"
import { Section } from "../../parts/page"
import { Note, ProblemNote } from "../../parts/state"
import { may } from "../../shell/session"
import { bytes } from "../../text/format"
import { t, tx } from "../../text/messages"
import { FileDrop, Progress } from "../../work/file_drop"
import { removeAttachment } from "../../work/cases"
import type { Attachment } from "../../work/cases"
import { settings, useKept } from "../../work/shared"
import type { CaseProps } from "./case"

const place = (of: CaseProps["of"], each: Attachment) =>
  addressOf(fill("/cases/{id}/attachments/{attachment}", { id: of.id, attachment: each.id }))

function One({ each, of, reload }: CaseProps & { each: Attachment }) {
  const [asked, setAsked] = useState(false)
  return (
    <li class="row">
      <Icon name="clip" />
      <span class="file">
        {each.removed ? (
          <del>
            <Name text={each.file_name} />
          </del>
        ) : (
          <a href={place(of, each)} download>
            <Name text={each.file_name} />
          </a>
        )}
      </span>
      <span class="dim small">
        {bytes(each.size)} ·{" "}
        {each.actor && (
          <>
            <Name text={each.actor.name} /> ·{" "}
          </>
        )}
        <Time at={each.at} as="ago" /> · <Code text={each.digest} cut={12} />
      </span>
      {!each.removed && may("cases.work") && (
        <Button
          tone="quiet"
          icon="close"
          label={t("files.remove", { name: each.file_name })}
          onClick={() => setAsked(true)}
        >
          {null}
        </Button>
      )}
      {asked && (
        <Confirm
          title={t("files.remove_title")}
          action={t("files.remove_action")}
          danger
          onClose={() => setAsked(false)}
          work={async () => {
            await removeAttachment(of.id, each.id)
            reload()
          }}
        >
          <p>{tx("files.remove_text", { name: <Name text={each.file_name} /> })}</p>
        </Confirm>
      )}
    </li>
  )
}

export function Attachments({ of, reload }: CaseProps) {
  const limit = useKept(settings).value?.attachment_bytes_most
  const [share, setShare] = useState<number | null>(null),
    [tooLarge, setTooLarge] = useState<File | null>(null)
  const doing = useDoing()
  const hint = useId()
  const send = (file: File) => {
    setTooLarge(limit && file.size > limit ? file : null)
    if (limit && file.size > limit) return
    void doing.run(async () => {
      setShare(0)
      try {
        await upload(fill("/cases/{id}/attachments", { id: of.id }), { file_name: file.name }, file, setShare).answer
      } finally {
        setShare(null)
      }
      reload()
    })
  }
  return (
    <Section title={t("files.title")}>
      <ul class="files">
        {of.attachments.map((each) => (
          <One key={each.id} each={each} of={of} reload={reload} />
        ))}
      </ul>
      {may("cases.work") && (
        <FileDrop
          label={t("files.add")}
          hint={limit ? t("files.limit", { size: bytes(limit) }) : undefined}
          id={hint}
          onFile={send}
          busy={share !== null}
        />
      )}
      {share !== null && <Progress label={t("files.sending")} share={share} />}
      {tooLarge && (
        <Note tone="bad">
          <p role="alert">
            {tx("files.too_large", {
              name: <Name text={tooLarge.name} />,
              size: bytes(tooLarge.size),
              limit: bytes(limit ?? 0),
            })}
          </p>
        </Note>
      )}
      <ProblemNote problem={doing.problem} />
    </Section>
  )
}
