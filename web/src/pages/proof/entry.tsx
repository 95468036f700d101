/* One entry of the audit chain; a screening is a receipt, and can be made again. */
import { useState } from "preact/hooks"

import { ask } from "../../api/client"
import { useDoing, useLoad } from "../../api/load"
import { Badge, Button, Code, Time } from "../../parts/basic"
import { Page, Section } from "../../parts/page"
import { Note, ProblemNote, Show } from "../../parts/state"
import { to } from "../../shell/router"
import { language, t } from "../../text/messages"
import { Actor, useTold } from "../../work/told"
import type { Entry, Replay } from "./shapes"

const tones = { identical: "good", "other-build": "warning", different: "bad", "not-possible": "warning" } as const

function Receipt({ number }: { number: string }) {
  const [replay, setReplay] = useState<Replay | null>(null)
  const doing = useDoing()
  const again = () =>
    doing.run(async () => setReplay(await ask<Replay>("POST", `/receipts/${encodeURIComponent(number)}/replay`)))
  return (
    <Section title={t("receipt.title")}>
      <div class="panel stack">
        <p>{t("receipt.text")}</p>
        <div class="row">
          <Button tone="main" icon="refresh" busy={doing.busy} onClick={() => void again()}>
            {t("receipt.replay")}
          </Button>
          <a class="button" href={`/api/v1/receipts/${encodeURIComponent(number)}`} download={`receipt-${number}.json`}>
            {t("receipt.file")}
          </a>
          <a
            class="button"
            href={`/api/v1/receipts/${encodeURIComponent(number)}/certificate?language=${language.value}`}
            target="_blank"
            rel="noopener"
          >
            {t("receipt.certificate")}
          </a>
        </div>
        <ProblemNote problem={doing.problem} />
        {replay && (
          <Note tone={replay.proved ? tones[replay.outcome] : "bad"}>
            <p class="strong">{t(`replay.${replay.outcome}`)}</p>
            <p>{t(replay.proved ? "replay.proved" : "replay.unproved")}</p>
            {replay.difference && (
              <pre class="code" dir="ltr" tabIndex={0}>
                {replay.difference}
              </pre>
            )}
          </Note>
        )}
      </div>
    </Section>
  )
}

const Json = ({ of, label }: { of: unknown; label: string }) => (
  <pre class="panel code json" dir="ltr" tabIndex={0} role="region" aria-label={label}>
    {JSON.stringify(of, null, 2)}
  </pre>
)

export default function EntryPage({ number }: { number: string }) {
  const told = useTold("audit")
  const loaded = useLoad(
    (stop) => ask<Entry>("GET", `/audit/${encodeURIComponent(number)}`, { signal: stop }),
    [number],
  )
  return (
    <Page title={t("audit.entry", { number })} lead={<a href={to("audit")}>{t("audit.title")}</a>}>
      <Show of={loaded}>
        {(entry) => (
          <>
            <div class="panel">
              <dl class="facts">
                <div>
                  <dt>{t("audit.kind")}</dt>
                  <dd>{told.title(entry.kind)}</dd>
                </div>
                <div>
                  <dt>{t("audit.at")}</dt>
                  <dd>
                    <Time at={entry.at} />
                  </dd>
                </div>
                <div>
                  <dt>{t("audit.actor")}</dt>
                  <dd>
                    <Actor of={entry} />
                  </dd>
                </div>
                <div>
                  <dt>{t("audit.hash")}</dt>
                  <dd>
                    <Code text={entry.hash} />
                  </dd>
                </div>
                <div>
                  <dt>{t("audit.previous")}</dt>
                  <dd>
                    {entry.number > 1 ? (
                      <a href={to(`audit/${entry.number - 1}`)}>
                        <Code text={entry.previous} />
                      </a>
                    ) : (
                      <Code text={entry.previous} />
                    )}
                  </dd>
                </div>
              </dl>
            </div>
            {entry.kind === "screening" && <Receipt number={number} />}
            <Section title={t("audit.body")}>
              <Json of={entry.body} label={t("audit.body")} />
            </Section>
            <Section title={t("audit.personal")}>
              {entry.erased ? (
                <Badge tone="warning">{t("audit.erased_text")}</Badge>
              ) : entry.personal ? (
                <Json of={entry.personal} label={t("audit.personal")} />
              ) : (
                <p class="dim">{t("audit.no_personal")}</p>
              )}
            </Section>
          </>
        )}
      </Show>
    </Page>
  )
}
