/* What the pages of casework ask the service for, and the shapes it answers in, by the words that pages use. */
import { api } from "../api/client"
import type {
  Alert,
  Attachment,
  Case,
  CaseEvent,
  CasePage,
  CasePeople,
  CasePhase,
  CaseReason,
  CaseWhole,
  CaseworkSettings,
  Clearance,
  Conflict,
  Decision,
  DecisionDone,
  Disposition,
  FactChange,
  Mentions,
  Named,
  Operations,
  ReasonTitles,
} from "../api/shapes"

export type { Alert, Attachment, CaseEvent, CaseWhole, Clearance, Conflict, Decision, Disposition, FactChange, Named }
export type CaseRow = Case
export type Phase = CasePhase
export type Counts = CasePage["counts"]
export type Colleague = CasePeople["people"][number]
export type Mention = Mentions["mentions"][number]
export type Decided = DecisionDone
export type Reason = CaseReason
export type Titles = ReasonTitles
export type Settings = CaseworkSettings
type QueryOf<Name extends keyof Operations> = Operations[Name]["asked"] extends [asked?: { query?: infer Query }]
  ? NonNullable<Query>
  : never
export type QueueFilter = QueryOf<"GET /cases">
export type ClearanceFilter = QueryOf<"GET /clearances">
/* A case as it was seen. */
export type Seen = { id: string; version: number }

export const dispositions: readonly Disposition[] = ["false-positive", "true-match", "insufficient-information"]
export const phases: readonly Phase[] = ["open", "proposed", "waiting", "closed"]
/* Where a decision is proposed, that one is answered first. */
export const decidable = (phase: Phase): boolean => phase === "open" || phase === "waiting"
export const clearanceStates: readonly Clearance["state"][] = ["valid", "outdated", "expired", "revoked"]
const PAGE = 50

export const readQueue = (filter: QueueFilter, after: string | undefined, signal: AbortSignal) =>
  api("GET /cases", { query: { ...filter, after, limit: PAGE }, signal })
export const readCase = (id: string, signal?: AbortSignal) => api("GET /cases/{id}", { place: { id }, signal })
export const assign = ({ id, version }: Seen, assignee: string | null) =>
  api("POST /cases/{id}/assign", { place: { id }, body: { version, assignee } })
export const escalate = ({ id, version }: Seen, escalated: boolean, note: string) =>
  api("POST /cases/{id}/escalate", { place: { id }, body: { version, escalated, note } })
export const setDue = ({ id, version }: Seen, due: string | null) =>
  api("POST /cases/{id}/due", { place: { id }, body: { version, due } })
export const addNote = (id: string, text: string) => api("POST /cases/{id}/notes", { place: { id }, body: { text } })
export const decide = (
  { id, version }: Seen,
  given: { alerts?: string[]; disposition: Disposition; reason: string; note: string },
) => api("POST /cases/{id}/decisions", { place: { id }, body: { version, ...given } })
export const answer = ({ id, version }: Seen, decision: string, approve: boolean, note: string) =>
  api("POST /cases/{id}/decisions/{decision}/answer", { place: { id, decision }, body: { version, approve, note } })
export const undo = ({ id, version }: Seen, decision: string, note: string) =>
  api("POST /cases/{id}/decisions/{decision}/undo", { place: { id, decision }, body: { version, note } })
export const removeAttachment = (id: string, attachment: string) =>
  api("DELETE /cases/{id}/attachments/{attachment}", { place: { id, attachment } })
export const readReasons = async (signal?: AbortSignal) => (await api("GET /reasons", { signal })).reasons
export const readSettings = (signal?: AbortSignal) => api("GET /casework/settings", { signal })
export const readColleagues = async (signal?: AbortSignal) => (await api("GET /cases/people", { signal })).people
export const readMentions = (before: string | undefined, signal: AbortSignal) =>
  api("GET /mentions", { query: { before, limit: PAGE }, signal })
export const seenMentions = () => api("POST /mentions/seen")
export const readClearances = (filter: ClearanceFilter, after: string | undefined, signal: AbortSignal) =>
  api("GET /clearances", { query: { ...filter, after, limit: PAGE }, signal })
export const readClearance = (id: string, signal: AbortSignal) => api("GET /clearances/{id}", { place: { id }, signal })
export const revoke = (id: string, note: string) =>
  api("POST /clearances/{id}/revoke", { place: { id }, body: { note } })
