/* Short lists that several screens need and that hardly change: read once and kept for a minute. */
import { useLoad } from "../api/load"
import type { Loaded } from "../api/load"
import { readColleagues, readReasons, readSettings } from "./cases"
import { readSources } from "./subjects"

const KEPT_MS = 60_000

type Kept<Value> = { read: () => Promise<Value>; forget: () => void }

function kept<Value>(read: () => Promise<Value>): Kept<Value> {
  let held: { at: number; value: Promise<Value> } | null = null
  return {
    read: () => {
      if (!held || Date.now() - held.at > KEPT_MS) {
        const value = read()
        held = { at: Date.now(), value }
        value.catch(() => (held = null))
      }
      return held.value
    },
    forget: () => (held = null),
  }
}

export const reasons = kept(() => readReasons())
export const settings = kept(() => readSettings())
export const colleagues = kept(() => readColleagues())
export const sources = kept(() => readSources())

export const useKept = <Value>(of: Kept<Value>): Loaded<Value> => useLoad(() => of.read(), [])
