/* What the pages of casework ask the service for. */
import { ask, fill } from "../api/client"
import type { Hit, Record as ListedRecord } from "../api/shapes"
import type { Properties } from "../parts/facts"

export type Named = { id: string; name: string }
export type Page<Key extends string, Item> = { [K in Key]: Item[] } & { next: string | null }

/* --- cases --- */

export const dispositions = ["false-positive", "true-match", "insufficient-information"] as const
export type Disposition = (typeof dispositions)[number]
export const phases = ["open", "proposed", "waiting", "closed"] as const
export type Phase = (typeof phases)[number]

export type CaseRow = {
  id: string
  label: string
  phase: Phase
  subject: { id: string; source: string; reference: string; schema: string; caption: string }
  assignee: Named | null
  escalated: boolean
  weight: number
  alerts: number
  best: { entity: string; caption: string; list: string; score: number; weight: number } | null
  due: string | null
  overdue: boolean
  opened: string
  changed: string
  closed: string | null
  version: number
}
export type Counts = {
  open: number
  proposed: number
  waiting: number
  mine: number
  overdue: number
  mentions: number
}
export type FieldDifference = { property: string; from: string[]; to: string[] }
export type Alert = {
  id: string
  entity: string
  list: string
  list_version: string
  caption: string
  schema: string
  hit: Hit
  record: ListedRecord | null
  phase: "open" | "proposed" | "waiting" | "decided"
  disposition: Disposition | null
  decision: string | null
  previous: string | null
  why: string
  receipt: number
  born: string
  changed: string
  changed_since: { subject: FieldDifference[]; entity: FieldDifference[] } | null
}
export type Decision = {
  id: string
  disposition: Disposition
  reason: { id: string; title: string }
  note: string
  phase: "proposed" | "made" | "returned" | "undone"
  alerts: string[]
  proposer: Named | null
  proposed: string
  approver: Named | null
  approved: string | null
  answer: string | null
  four_eyes: boolean
  receipt: number
}
export type CaseEvent = {
  id: string
  at: string
  kind: string
  actor: Named | null
  text: string
  detail: { [key: string]: unknown }
}
export type Attachment = {
  id: string
  file_name: string
  media_type: string
  size: number
  digest: string
  actor: Named | null
  at: string
  removed: boolean
}
export type CaseWhole = Omit<CaseRow, "subject"> & {
  subject: Subject
  alert_list: Alert[]
  decisions: Decision[]
  events: CaseEvent[]
  attachments: Attachment[]
  may: { [what: string]: boolean }
}
export type Reason = {
  id: string
  disposition: Disposition
  titles: { ar: string; fr: string; en: string }
  retired: boolean
}
export type Settings = {
  four_eyes: { true_match: boolean; false_positive: boolean; insufficient_information: boolean }
  waiting_days: number
  clearance_days: number
  attachment_bytes_most: number
}
export type Colleague = { id: string; name: string; login: string; works: boolean; approves: boolean }
export type Conflict = { by: string; what: string; at: string; version: number }
export type Mention = { case: { id: string; label: string }; event: CaseEvent; seen: boolean }
export type Decided = { decision: Decision; case: CaseRow }

export type QueueFilter = {
  phase?: string
  assignee?: string
  list?: string
  q?: string
  escalated?: string
  order?: string
}
const GET = <Answer>(path: string, query = {}, signal?: AbortSignal) =>
  ask<Answer>("GET", path, { query, ...(signal ? { signal } : {}) })
const POST = <Answer>(path: string, body?: unknown, query = {}) => ask<Answer>("POST", path, { body, query })

export const readQueue = (filter: QueueFilter, after: string | undefined, stop: AbortSignal) =>
  GET<Page<"cases", CaseRow> & { counts: Counts }>("/cases", { ...filter, after, limit: 50 }, stop)
export const readCase = (id: string, stop?: AbortSignal) => GET<CaseWhole>(fill("/cases/{id}", { id }), {}, stop)
const change = <Answer>(id: string, what: string, body: unknown) =>
  POST<Answer>(fill("/cases/{id}/", { id }) + what, body)
export const assign = (at: { id: string; version: number }, assignee: string | null) =>
  change<CaseRow>(at.id, "assign", { version: at.version, assignee })
export const escalate = (at: CaseWhole, escalated: boolean, note: string) =>
  change<CaseRow>(at.id, "escalate", { version: at.version, escalated, note })
export const setDue = (at: CaseWhole, due: string | null) => change<CaseRow>(at.id, "due", { version: at.version, due })
export const addNote = (id: string, text: string) => change<CaseEvent>(id, "notes", { text })
export const decide = (
  at: { id: string; version: number },
  given: { alerts?: string[]; disposition: Disposition; reason: string; note: string },
) => change<Decided>(at.id, "decisions", { version: at.version, ...given })
export const answer = (at: { id: string; version: number }, decision: string, approve: boolean, note: string) =>
  change<Decided>(at.id, `decisions/${encodeURIComponent(decision)}/answer`, { version: at.version, approve, note })
export const undo = (at: { id: string; version: number }, decision: string, note: string) =>
  change<Decided>(at.id, `decisions/${encodeURIComponent(decision)}/undo`, { version: at.version, note })
export const removeAttachment = (id: string, attachment: string) =>
  ask("DELETE", fill("/cases/{id}/attachments/{attachment}", { id, attachment }))
export const readReasons = async (stop?: AbortSignal) =>
  (await GET<{ reasons: Reason[] }>("/reasons", {}, stop)).reasons
export const readSettings = (stop?: AbortSignal) => GET<Settings>("/casework/settings", {}, stop)
export const readColleagues = async (stop?: AbortSignal) =>
  (await GET<{ people: Colleague[] }>("/cases/people", {}, stop)).people
export const readMentions = async (stop?: AbortSignal) =>
  (await GET<{ mentions: Mention[] }>("/mentions", {}, stop)).mentions
export const seenMentions = () => POST("/mentions/seen")

/* --- clearances --- */

export const clearanceStates = ["valid", "outdated", "expired", "revoked"] as const
type Facts = { schema?: string; properties?: Properties }
export type Clearance = {
  id: string
  subject: { id: string; caption: string }
  entity: string
  caption: string
  list: string
  state: (typeof clearanceStates)[number]
  created: string
  ends: string | null
  quieted: number
  last_quieted: string | null
  decision: {
    id: string
    case: string
    reason: { id: string; title: string } | string
    note: string
    proposer: Named | null
    approver: Named | null
  }
  rests_on: { subject: Facts; entity: Facts }
  ended: string | null
  ended_why: string
}
export const readClearances = (
  filter: { q?: string; state?: string; subject?: string; case?: string },
  after: string | undefined,
  stop: AbortSignal,
) => GET<Page<"clearances", Clearance>>("/clearances", { ...filter, after, limit: 50 }, stop)
export const readClearance = (id: string, stop: AbortSignal) =>
  GET<Clearance>(fill("/clearances/{id}", { id }), {}, stop)
export const revoke = (id: string, note: string) => POST<Clearance>(fill("/clearances/{id}/revoke", { id }), { note })

/* --- subjects --- */

export type SubjectRow = {
  id: string
  source: string
  reference: string
  schema: string
  caption: string
  state: "active" | "closed"
  created: string
  changed: string
  screened: string | null
  open_case: string | null
  alerts: number
}
export type Subject = SubjectRow & { properties: Properties }
export type SubjectWhole = Subject & {
  cases: { id: string; label: string; phase: Phase; opened: string }[]
  clearances: number
}
export type Screened = {
  hits: number
  raised: number
  refreshed?: number
  quiet?: number
  known?: number
  case: string | null
}
export type MappedColumn = string | { column: string; format?: string }
export type Mapping = {
  schema?: string | { column: string; values: { [word: string]: string } }
  reference?: string
  properties?: { [property: string]: MappedColumn[] }
  constant?: { [property: string]: string[] }
}
export type Source = { source: string; title: string; mapping: Mapping | null; subjects: number; changed: string }
export type Import = {
  id: string
  source: string
  file_name: string
  format: string
  bytes: number
  phase: TaskPhase
  done: number
  total: number | null
  added: number
  changed: number
  same: number
  closed: number
  rejected: number
  error: string | null
  created: string
  ended: string | null
}
export type Rejection = { line: number; field: string; reason: string; value: string }
export type Preview = { format: string; columns: string[]; sample: string[][]; guess: Mapping }
export type TaskPhase = "waiting" | "running" | "done" | "failed" | "cancelled"
export type Task = {
  id: string
  kind: string
  object: string
  phase: TaskPhase
  done: number
  total: number | null
  unit: string
  error: string | null
  created: string
  started: string | null
  ended: string | null
}
export type Run = Task & {
  why: string
  lists: { list: string; from: string | null; to: string; entities: number }[]
  pairs: number
  raised: number
  refreshed: number
  quiet: number
}
export type Watch = {
  lists: { list: string; version: string; at: string }[]
  subjects: number
  screened: number
  image: { subjects: number; made: string } | null
  running: Task | null
}
export const isRunning = (task: { phase: TaskPhase } | null | undefined): boolean =>
  task?.phase === "waiting" || task?.phase === "running"

export const readSubjects = (
  filter: { q?: string; source?: string; schema?: string; state?: string },
  after: string | undefined,
  stop: AbortSignal,
) => GET<Page<"subjects", SubjectRow>>("/subjects", { ...filter, after, limit: 50 }, stop)
export const readSubject = (id: string, stop?: AbortSignal) =>
  GET<SubjectWhole>(fill("/subjects/{id}", { id }), {}, stop)
export const putSubject = (given: { source: string; reference: string; schema: string; properties: Properties }) =>
  POST<{ outcome: "added" | "changed" | "same"; subject: Subject; screening: Screened }>("/subjects", given)
export const closeSubject = (id: string) => POST(fill("/subjects/{id}/close", { id }))
export const screenSubject = (id: string) => POST<Screened>(fill("/subjects/{id}/screen", { id }))
export const readSources = async (stop?: AbortSignal) =>
  (await GET<{ sources: Source[] }>("/subjects/sources", {}, stop)).sources
export const putSource = (source: string, given: { title: string; mapping: Mapping | null }) =>
  ask<Source>("PUT", fill("/subjects/sources/{source}", { source }), { body: given })
export const preview = (head: Blob, format: string, source: string) =>
  ask<Preview>("POST", "/subjects/imports/preview", { body: head, query: { format, source } })
export const readImports = (after: string | undefined, stop: AbortSignal) =>
  GET<Page<"imports", Import>>("/subjects/imports", { after, limit: 50 }, stop)
export const readImport = (id: string, stop: AbortSignal) =>
  GET<Import>(fill("/subjects/imports/{id}", { id }), {}, stop)
export const cancelImport = (id: string) => POST(fill("/subjects/imports/{id}/cancel", { id }))
export const readRejections = (id: string, after: string | undefined, stop: AbortSignal) =>
  GET<Page<"rejections", Rejection>>(fill("/subjects/imports/{id}/rejections", { id }), { after, limit: 50 }, stop)
export const readWatch = (stop: AbortSignal) => GET<Watch>("/watch", {}, stop)
export const readRuns = (before: string | undefined, stop: AbortSignal) =>
  GET<Page<"runs", Run>>("/watch/runs", { before, limit: 20 }, stop)
export const screenAll = () => POST<Run>("/watch/runs", { all: true })
