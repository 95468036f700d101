/* The audit chain: whether it is whole, its checkpoints, and its entries. */
import { useState } from "preact/hooks"

import { ask } from "../../api/client"
import { useDoing, useLoad, usePages } from "../../api/load"
import { Badge, Button, Code, Name, Time } from "../../parts/basic"
import { Dialog, useDialog } from "../../parts/dialog"
import { SelectField, TextField } from "../../parts/field"
import { Page, Section } from "../../parts/page"
import { Empty, Note, ProblemNote, Show } from "../../parts/state"
import { More, Table } from "../../parts/table"
import { parameter, setParameters, to } from "../../shell/router"
import { number } from "../../text/format"
import { t } from "../../text/messages"
import { Actor, useTold } from "../../work/told"
import type { Chain, Checkpoint, Entry, Verdict } from "./shapes"

function Verify({ chain }: { chain: Chain }) {
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [later, setLater] = useState(false)
  const doing = useDoing()
  const verify = () =>
    doing.run(async () => {
      const told = await ask<Verdict | { id: string; phase: string }>("POST", "/audit/verify")
      if ("whole" in told) setVerdict(told)
      setLater(!("whole" in told))
    })
  return (
    <div class="stack">
      <div class="row">
        <Button tone="main" icon="audit" busy={doing.busy} onClick={() => void verify()}>
          {t("audit.verify")}
        </Button>
        <span class="dim">{t("audit.entries_count", { n: chain.entries })}</span>
      </div>
      <ProblemNote problem={doing.problem} />
      {later && <Note>{t("audit.verify_later")}</Note>}
      {verdict &&
        (verdict.whole ? (
          <Note tone={verdict.signed ? "good" : "warning"}>
            <p class="strong">{t("audit.whole")}</p>
            <p>
              {t("audit.whole_text", { n: verdict.entries, checkpoints: verdict.checkpoints, erased: verdict.erased })}
            </p>
            {!verdict.signed && <p>{t("audit.unsigned_text")}</p>}
          </Note>
        ) : (
          <Note tone="bad">
            <p class="strong">{t("audit.broken", { number: verdict.first_bad ?? 0 })}</p>
            {verdict.what && <p dir="ltr">{verdict.what}</p>}
          </Note>
        ))}
    </div>
  )
}

function CheckpointText({ checkpoint, close }: { checkpoint: Checkpoint; close: () => void }) {
  return (
    <Dialog title={t("audit.checkpoint_of", { number: checkpoint.number })} onClose={close}>
      <p>{t("audit.checkpoint_text")}</p>
      <pre class="panel code" dir="ltr" tabIndex={0}>
        {checkpoint.text}
      </pre>
      <a
        class="button"
        download={`checkpoint-${checkpoint.number}.txt`}
        href={`data:text/plain;charset=utf-8,${encodeURIComponent(checkpoint.text)}`}
      >
        {t("audit.keep_file")}
      </a>
    </Dialog>
  )
}

function ChainState() {
  const loaded = useLoad((stop) => ask<Chain>("GET", "/audit/chain", { signal: stop }), [])
  const doing = useDoing()
  const [signed, setSigned] = useState<Checkpoint | null>(null)
  const [show, shown] = useDialog((close) => (
    <CheckpointText checkpoint={signed ?? loaded.value!.last_checkpoint!} close={close} />
  ))
  const sign = () =>
    doing.run(async () => {
      setSigned(await ask<Checkpoint>("POST", "/audit/checkpoints"))
      loaded.reload()
      show()
    })
  return (
    <Show of={loaded}>
      {(chain) => (
        <div class="grid">
          <div class="panel">
            <Verify chain={chain} />
          </div>
          <div class="panel stack">
            <dl class="facts">
              <div>
                <dt>{t("audit.last_checkpoint")}</dt>
                <dd>
                  {chain.last_checkpoint ? (
                    <>
                      <Code text={String(chain.last_checkpoint.number)} /> ·{" "}
                      <Time at={chain.last_checkpoint.at} as="ago" />
                    </>
                  ) : (
                    t("audit.no_checkpoint")
                  )}
                </dd>
              </div>
              <div>
                <dt>{t("audit.public_key")}</dt>
                <dd>
                  <Code text={chain.public_key ?? "—"} cut={24} />
                </dd>
              </div>
            </dl>
            <div class="row">
              <Button busy={doing.busy} onClick={() => void sign()}>
                {t("audit.sign")}
              </Button>
              {chain.last_checkpoint && (
                <Button
                  onClick={() => {
                    setSigned(null)
                    show()
                  }}
                >
                  {t("audit.show_checkpoint")}
                </Button>
              )}
            </div>
            <ProblemNote problem={doing.problem} />
            {shown}
          </div>
        </div>
      )}
    </Show>
  )
}

type Told = ReturnType<typeof useTold>

/* A word that ends in a dot stands for all that begin so. */
const inGroup = (kind: string, told: Told) =>
  told.words.some(({ word }) => word.endsWith(".") && word !== kind && kind.startsWith(word))

function Filters({ told }: { told: Told }) {
  return (
    <form class="filters fields" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label={t("audit.kind")}
        value={parameter("kind")}
        onChange={(kind) => setParameters({ kind })}
        choices={[
          { value: "", title: t("audit.any") },
          ...told.words.map(({ word, title }) => ({
            value: word,
            title: (inGroup(word, told) ? "\u2003" : "") + title,
          })),
        ]}
      />
      <TextField
        label={t("audit.since")}
        type="date"
        value={parameter("since")}
        onInput={(since) => setParameters({ since })}
      />
      <TextField
        label={t("audit.until")}
        type="date"
        value={parameter("until")}
        onInput={(until) => setParameters({ until })}
      />
    </form>
  )
}

/* Who was screened, where that was not erased. */
const screened = ({ personal }: Entry): string | undefined =>
  (personal as { query?: { properties?: { name?: string[] } } } | null)?.query?.properties?.name?.[0]

export default function AuditPage() {
  const told = useTold("audit")
  const asked = { kind: parameter("kind"), since: parameter("since"), until: parameter("until") }
  const pages = usePages(async (before, stop) => {
    const { entries, next } = await ask<{ entries: Entry[]; next: string | null }>("GET", "/audit", {
      query: { ...asked, before },
      signal: stop,
    })
    return { items: entries, next }
  }, Object.values(asked))
  const csv = `/api/v1/audit?${new URLSearchParams({ ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value)), format: "csv" }).toString()}`
  return (
    <Page title={t("audit.title")} lead={t("audit.lead")} wide>
      <ChainState />
      <Section title={t("audit.entries")}>
        <Filters told={told} />
        {(pages.items.length > 0 || (!pages.loading && !pages.problem)) && (
          <Table
            label={t("audit.entries")}
            rows={pages.items}
            rowKey={(row) => String(row.number)}
            csv={csv}
            columns={[
              {
                key: "number",
                title: t("audit.number"),
                end: true,
                cell: (row) => <a href={to(`audit/${row.number}`)}>{number(row.number)}</a>,
              },
              { key: "at", title: t("audit.at"), cell: (row) => <Time at={row.at} /> },
              {
                key: "kind",
                title: t("audit.kind"),
                cell: (row) => (
                  <>
                    {told.title(row.kind)} {screened(row) && <Name text={screened(row)!} />}{" "}
                    {row.erased && <Badge>{t("audit.erased")}</Badge>}
                  </>
                ),
              },
              {
                key: "actor",
                title: t("audit.actor"),
                cell: (row) => <Actor of={row} />,
              },
              { key: "hash", title: t("audit.hash"), cell: (row) => <Code text={row.hash} cut={12} /> },
            ]}
            empty={
              <Empty icon="audit" title={t("audit.none")}>
                <p>{t("audit.none_text")}</p>
              </Empty>
            }
          />
        )}
        <More pages={pages} />
      </Section>
    </Page>
  )
}
