/* What the pages of the register ask the service for. */
import { ask, fill } from "../api/client"
import type { Properties } from "../parts/facts"
import type { Phase } from "./cases"

type Page<Key extends string, Item> = { [K in Key]: Item[] } & { next: string | null }
const GET = <Answer>(path: string, query = {}, signal?: AbortSignal) =>
  ask<Answer>("GET", path, { query, ...(signal ? { signal } : {}) })
const POST = <Answer>(path: string, body?: unknown, query = {}) => ask<Answer>("POST", path, { body, query })

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
