/* What the pages of the register ask the service for, and the shapes it answers in, by the words that pages use. */
import { api, ask } from "../api/client"
import type {
  Operations,
  SubjectColumn,
  SubjectDraft,
  SubjectImport,
  SubjectMapping,
  SubjectPreview,
  SubjectRejection,
  SubjectRow,
  SubjectSource,
  Subject as SubjectWhole,
  Watch,
  WatchRun,
} from "../api/shapes"

export type { SubjectRow, SubjectWhole, Watch }
export type Source = SubjectSource
export type Import = SubjectImport
export type Rejection = SubjectRejection
export type Run = WatchRun
export type TaskPhase = Import["phase"]
export type MappedColumn = string | SubjectColumn
/* One form of what may be written in several. */
export type Mapping = Omit<SubjectMapping, "properties" | "constant"> & {
  properties: { [property: string]: MappedColumn[] }
  constant: { [property: string]: string[] }
}
export type Preview = Omit<SubjectPreview, "guess"> & { guess: Mapping | null }
type SubjectFilter = NonNullable<NonNullable<Operations["GET /subjects"]["asked"][0]>["query"]>
export const isRunning = (task: { phase: TaskPhase } | null | undefined): boolean =>
  task?.phase === "waiting" || task?.phase === "running"

const listed = <Item>(of: { [key: string]: Item | Item[] } = {}): { [key: string]: Item[] } =>
  Object.fromEntries(Object.entries(of).map(([key, each]) => [key, Array.isArray(each) ? each : [each]]))
export const mappingOf = (given: SubjectMapping): Mapping => ({
  ...given,
  properties: listed<MappedColumn>(given.properties),
  constant: listed(given.constant),
})

const PAGE = 50
export const readSubjects = (filter: SubjectFilter, after: string | undefined, signal: AbortSignal) =>
  api("GET /subjects", { query: { ...filter, after, limit: PAGE }, signal })
export const readSubject = (id: string, signal?: AbortSignal) => api("GET /subjects/{id}", { place: { id }, signal })
export const putSubject = (body: SubjectDraft) => api("POST /subjects", { body })
export const closeSubject = (id: string) => api("POST /subjects/{id}/close", { place: { id } })
export const screenSubject = (id: string) => api("POST /subjects/{id}/screen", { place: { id } })
export const readSources = async (signal?: AbortSignal) => (await api("GET /subjects/sources", { signal })).sources
export const putSource = (source: string, title: string, mapping: Mapping | null) =>
  api("PUT /subjects/sources/{source}", { place: { source }, body: { title, ...(mapping ? { mapping } : {}) } })
export async function preview(head: Blob, file_name: string, source: string): Promise<Preview> {
  const query = { file_name, source }
  const found = await ask<SubjectPreview>("POST", "/subjects/imports/preview", { body: head, query })
  return { ...found, guess: found.guess && mappingOf(found.guess as SubjectMapping) }
}
export const readImports = (before: string | undefined, signal: AbortSignal) =>
  api("GET /subjects/imports", { query: { before, limit: PAGE }, signal })
export const readImport = (id: string, signal: AbortSignal) =>
  api("GET /subjects/imports/{id}", { place: { id }, signal })
export const cancelImport = (id: string) => api("POST /subjects/imports/{id}/cancel", { place: { id } })
export const readRejections = (id: string, after: string | undefined, signal: AbortSignal) =>
  api("GET /subjects/imports/{id}/rejections", {
    place: { id },
    query: { ...(after ? { after: Number(after) } : {}), limit: PAGE },
    signal,
  })
export const readWatch = (signal: AbortSignal) => api("GET /watch", { signal })
export const readPartly = (after: string | undefined, signal: AbortSignal) =>
  api("GET /watch/subjects", { query: { after, limit: 20 }, signal })
export const readRuns = (before: string | undefined, signal: AbortSignal) =>
  api("GET /watch/runs", { query: { before, limit: 20 }, signal })
export const screenAll = () => api("POST /watch/runs", { body: { all: true } })
