/* Reading again and again while something runs; not while nobody looks. */
import { useEffect } from "preact/hooks"

export function usePoll(running: boolean, read: () => void, every_ms = 1500): void {
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => document.hidden || read(), every_ms)
    return () => clearInterval(timer)
  }, [running, read, every_ms])
}
