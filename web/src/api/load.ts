/* What a screen reads from the service, with what it shows meanwhile and when it fails. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks"

import { Problem } from "./client"

export type Loaded<Value> = {
  value: Value | undefined // stays while it is read anew
  problem: Problem | null
  loading: boolean
  reload: () => void
  set: (value: Value) => void // what a change answered, in place of reading again
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(-1, String(error))

/* Reads when the screen is shown and whenever one of `on` changes; a reading that was overtaken is broken off. */
export function useLoad<Value>(read: (stop: AbortSignal) => Promise<Value>, on: readonly unknown[]): Loaded<Value> {
  const [round, setRound] = useState(0)
  const [state, setState] = useState<Omit<Loaded<Value>, "reload" | "set">>({
    value: undefined,
    problem: null,
    loading: true,
  })
  const reader = useRef(read)
  reader.current = read
  useEffect(() => {
    const stop = new AbortController()
    setState((before) => ({ ...before, loading: true, problem: null }))
    reader.current(stop.signal).then(
      (value) => stop.signal.aborted || setState({ value, problem: null, loading: false }),
      (error: unknown) =>
        stop.signal.aborted ||
        setState((before) => ({ value: before.value, problem: asProblem(error), loading: false })),
    )
    return () => stop.abort()
  }, [...on, round])
  const reload = useCallback(() => setRound((before) => before + 1), [])
  const set = useCallback((value: Value) => setState({ value, problem: null, loading: false }), [])
  return { ...state, reload, set }
}

/* Pages of a list, one behind the other: read(cursor) answers the items and the cursor of the next page. */
export type Pages<Item> = {
  items: Item[]
  problem: Problem | null
  loading: boolean
  more: (() => void) | null // null: that was all
  reload: () => void
}

export function usePages<Item>(
  read: (cursor: string | undefined, stop: AbortSignal) => Promise<{ items: Item[]; next: string | null }>,
  on: readonly unknown[],
): Pages<Item> {
  const [items, setItems] = useState<Item[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [cursor, setCursor] = useState<string | undefined>(undefined)
  const first = useLoad((stop) => read(undefined, stop), on)
  const later = useLoad(async (stop) => (cursor === undefined ? undefined : read(cursor, stop)), [cursor])
  useEffect(() => {
    if (!first.value) return
    setItems(first.value.items)
    setNext(first.value.next)
    setCursor(undefined)
  }, [first.value])
  useEffect(() => {
    if (!later.value || cursor === undefined) return
    setItems((before) => [...before, ...later.value!.items])
    setNext(later.value.next)
  }, [later.value])
  return {
    items,
    problem: first.problem ?? later.problem,
    loading: first.loading || (cursor !== undefined && later.loading),
    more: next === null ? null : () => setCursor(next),
    reload: later.problem ? later.reload : first.reload,
  }
}

/* A change that a button makes: it runs once at a time, and what goes wrong is shown beside the button. */
export type Doing = {
  busy: boolean
  problem: Problem | null
  run: (work: () => Promise<unknown>) => Promise<boolean>
  clear: () => void
}

export function useDoing(): Doing {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const running = useRef(false)
  const run = useCallback(async (work: () => Promise<unknown>) => {
    if (running.current) return false
    running.current = true
    setBusy(true)
    setProblem(null)
    try {
      await work()
      return true
    } catch (error) {
      setProblem(asProblem(error))
      return false
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])
  return { busy, problem, run, clear: useCallback(() => setProblem(null), []) }
}
