/* How cases, decisions and people are shown, wherever they are. */
import type { ComponentChildren } from "preact"

import { Problem } from "../api/client"
import { Badge, Button, Name, Time } from "../parts/basic"
import type { Tone } from "../parts/basic"
import type { IconName } from "../parts/icons"
import { Note, ProblemNote } from "../parts/state"
import { account, may } from "../shell/session"
import { language, t, tx, word } from "../text/messages"
import { sources, useKept } from "./shared"
import type { CaseRow, Conflict, Disposition, Named, Phase, Titles } from "./cases"

export const dispositionIcon: Record<Disposition, IconName> = {
  "true-match": "warning",
  "false-positive": "check",
  "insufficient-information": "info",
}
const dispositionTone: Record<Disposition, Tone> = {
  "true-match": "bad",
  "false-positive": "good",
  "insufficient-information": "warning",
}

export function DispositionBadge({ of }: { of: Disposition }) {
  return (
    <Badge tone={dispositionTone[of] ?? "plain"} icon={dispositionIcon[of] ?? "info"}>
      {word("disposition", of)}
    </Badge>
  )
}

const phaseTone: Record<Phase, Tone> = { open: "plain", proposed: "accent", waiting: "warning", closed: "good" }

export function PhaseBadge({ of }: { of: Phase }) {
  return <Badge tone={phaseTone[of] ?? "plain"}>{word("phase", of)}</Badge>
}

export function Person({ of }: { of: Named | null | undefined }) {
  if (!of) return <span class="none">—</span>
  return of.id === account.value?.person.id ? <>{t("person.me")}</> : <Name text={of.name} />
}

/* The end of the time for a case: in words, and marked when it has passed. */
export function Due({ of }: { of: Pick<CaseRow, "due" | "overdue"> }) {
  return of.overdue ? (
    <Badge tone="bad" icon="clock">
      <Time at={of.due} as="ago" />
    </Badge>
  ) : (
    <Time at={of.due} as="ago" />
  )
}

export const reasonTitle = ({ titles }: { titles: Titles }): string => titles[language.value]

/* Codes of lists are read as codes; of what there may be no name of here. */
export const ListCode = ({ of }: { of: string }) => (
  <Badge>
    <bdi dir="ltr">{of}</bdi>
  </Badge>
)

export const isMine = (row: Pick<CaseRow, "assignee">): boolean =>
  row.assignee !== null && row.assignee.id === account.value?.person.id
export const mayWork = (): boolean => may("cases.work")

export const conflictOf = (problem: Problem | null): Conflict | null =>
  problem?.status === 409 && typeof problem.more.conflict === "object" ? (problem.more.conflict as Conflict) : null

/* What stood in the way of a change: where another was faster, who, with what, and a way to see it. */
export function ChangeProblem({ problem, see }: { problem: Problem | null; see: () => void }): ComponentChildren {
  const conflict = conflictOf(problem)
  if (!conflict) return <ProblemNote problem={problem} />
  return (
    <div role="alert">
      <Note tone="warning">
        <p class="strong">{tx("conflict.title", { by: <Name text={conflict.by} /> })}</p>
        <p>
          {word("event", conflict.what)} · <Time at={conflict.at} as="ago" />. {t("conflict.kept")}
        </p>
        <p>
          <Button icon="refresh" onClick={see}>
            {t("conflict.see")}
          </Button>
        </p>
      </Note>
    </div>
  )
}

/* Its number in its source; who was only screened has none that says something. */
export function SubjectReference({ of }: { of: { source: string; reference: string } }) {
  return isOnce(of) ? <>{t("subjects.once")}</> : <Name text={of.reference} />
}

/* Where a subject comes from, as the agency calls it. */
export function useSources(): (source: string) => string {
  const known = useKept(sources).value
  return (source) => sourceTitle(known?.find((each) => each.source === source) ?? { source })
}
export const isOnce = (of: { source: string }): boolean => of.source === "screening"
export const sourceTitle = (of: { source: string; title?: string }): string =>
  isOnce(of) ? t("subjects.once") : of.title || of.source

/* "Person", "Vessel": as the language says. */
export const schemaTitle = (schema: string): string => word("schema", schema)
