/* One subject: its facts, its cases, its clearances. */
import { useState } from "preact/hooks"

import { useDoing, useLoad } from "../../api/load"
import { Badge, Button, Name, Time } from "../../parts/basic"
import { Confirm } from "../../parts/dialog"
import { Facts } from "../../parts/facts"
import { Page, Section } from "../../parts/page"
import { Empty, ProblemNote, Show } from "../../parts/state"
import { to } from "../../shell/router"
import { may } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t, tx, word } from "../../text/messages"
import { readClearances } from "../../work/cases"
import type { Phase } from "../../work/cases"
import { closeSubject, readSubject, screenSubject } from "../../work/subjects"
import type { SubjectWhole } from "../../work/subjects"
import { isOnce, PhaseBadge, schemaTitle, SubjectReference, useSources } from "../../work/words"

function Actions({ of, reload }: { of: SubjectWhole; reload: () => void }) {
  const [asked, setAsked] = useState(false)
  const doing = useDoing()
  if (of.state === "closed") return null
  const screen = () =>
    void doing.run(async () => {
      const found = await screenSubject(of.id)
      toast(
        found.case
          ? t("subjects.screened_raised", { n: found.raised + (found.refreshed ?? 0) })
          : t("subjects.screened_same", { n: found.hits }),
      )
      reload()
    })
  return (
    <>
      <Button icon="screen" busy={doing.busy} onClick={screen}>
        {t("subjects.screen")}
      </Button>
      {may("subjects.change") && <Button onClick={() => setAsked(true)}>{t("subjects.close")}</Button>}
      {asked && (
        <Confirm
          title={t("subjects.close")}
          action={t("subjects.close")}
          danger
          onClose={() => setAsked(false)}
          work={async () => {
            await closeSubject(of.id)
            reload()
          }}
        >
          <p>{tx("subjects.close_text", { name: <Name text={of.caption} /> })}</p>
        </Confirm>
      )}
      <ProblemNote problem={doing.problem} />
    </>
  )
}

function Cases({ of }: { of: SubjectWhole }) {
  if (!of.cases.length)
    return (
      <Empty icon="queue" title={t("subjects.no_cases")}>
        <p>{t("subjects.no_cases_text")}</p>
      </Empty>
    )
  return (
    <ul class="files">
      {of.cases.map((each) => (
        <li key={each.id} class="row">
          <PhaseBadge of={each.phase as Phase} />
          <a href={to(`cases/${each.id}`)}>
            <bdi dir="ltr">{each.label}</bdi>
          </a>
          <span class="dim small">
            <Time at={each.opened} as="ago" />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Clearances({ of }: { of: SubjectWhole }) {
  const loaded = useLoad(
    async (stop) =>
      of.clearances && may("cases.read")
        ? (await readClearances({ subject: of.id, state: "all" }, undefined, stop)).clearances
        : [],
    [of.id, of.clearances],
  )
  if (!loaded.value?.length) return null
  return (
    <Section title={t("clearances.title")}>
      <ul class="files">
        {loaded.value.map((each) => (
          <li key={each.id} class="row">
            <Badge tone={each.state === "valid" ? "good" : "plain"}>{word("clearance", each.state)}</Badge>
            <a href={to(`clearances/${each.id}`)}>
              <Name text={each.caption} />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export default function SubjectPage({ id = "" }: { id?: string }) {
  const loaded = useLoad((stop) => readSubject(id, stop), [id])
  const of = loaded.value,
    titleOf = useSources()
  return (
    <Page
      title={of?.caption ?? t("subjects.one")}
      actions={of && <Actions of={of} reload={loaded.reload} />}
      lead={
        of && (
          <>
            {schemaTitle(of.schema)}
            {!isOnce(of) && (
              <>
                {" "}
                · <bdi>{titleOf(of.source)}</bdi>
              </>
            )}{" "}
            · <SubjectReference of={of} /> {of.state === "closed" && <Badge>{t("subjects.closed")}</Badge>}
          </>
        )
      }
    >
      <Show of={loaded}>
        {(subject) => (
          <>
            <div class="panel">
              <Facts properties={subject.properties} />
            </div>
            <p class="dim small">
              {subject.screened ? (
                <>
                  {t("subjects.screened")} <Time at={subject.screened} />
                </>
              ) : (
                t("subjects.not_screened")
              )}{" "}
              · {t("subjects.changed")} <Time at={subject.changed} /> · {t("subjects.created")}{" "}
              <Time at={subject.created} />
            </p>
            <Section title={t("subjects.cases")}>
              <Cases of={subject} />
            </Section>
            <Clearances of={subject} />
          </>
        )}
      </Show>
    </Page>
  )
}
