/* What the service tells of the audit chain. */
export type Checkpoint = {
  number: number
  at: string
  hash: string
  public_key: string
  signature: string
  text: string
}
export type Chain = {
  entries: number
  hash: string
  checkpoints: number
  public_key: string | null
  last_checkpoint: Checkpoint | null
}
export type Verdict = {
  whole: boolean
  signed: number
  entries: number
  checkpoints: number
  erased: number
  first_bad: number | null
  what: string | null
}
export type Entry = {
  number: number
  at: string
  kind: string
  actor_kind: string
  actor: { id: string; name: string } | null
  object: string
  hash: string
  previous: string
  body: Record<string, unknown>
  personal: Record<string, unknown> | null
  erased: boolean
  line?: string
}
export type Replay = {
  outcome: "identical" | "different" | "other-build" | "not-possible"
  proved: boolean
  difference: string
  answer: unknown
}
