/* What is being done with the lists: how far it is, how it ended, and a button to stop it. */
import { useEffect, useRef } from "preact/hooks"

import { api } from "../../api/client"
import { useDoing, useLoad } from "../../api/load"
import type { Task } from "../../api/shapes"
import { Button } from "../../parts/basic"
import { Note, ProblemNote } from "../../parts/state"
import { may, account } from "../../shell/session"
import { toast } from "../../shell/toasts"
import { t, word } from "../../text/messages"
import { usePoll } from "../../work/poll"

const isRunning = (task: Task): boolean => task.phase === "waiting" || task.phase === "running"

function Running({ task, reload }: { task: Task; reload: () => void }) {
  const doing = useDoing()
  const stop = () => doing.run(() => api("POST /tasks/{id}/cancel", { place: { id: task.id } })).then(reload)
  return (
    <div class="panel row apart">
      <p>
        <span class="strong">{word("job", task.kind)}</span> <bdi>{task.object}</bdi>{" "}
        <span class="dim">{word("task", task.phase)}</span>
      </p>
      <progress
        value={task.total ? task.done : undefined}
        max={task.total ?? undefined}
        aria-label={word("job", task.kind)}
      />
      {may("lists.change") && (
        <Button busy={doing.busy} onClick={() => void stop()}>
          {t("action.cancel")}
        </Button>
      )}
      <ProblemNote problem={doing.problem} />
    </div>
  )
}

/* The name of the list, which is known of a file when it has been read. */
const listOf = (task: Task): string => String(task.result?.list ?? task.object)

/* Tasks about lists, of this one or of all; `done` is called when one has ended. `round` changes when one was begun:
 * it may have ended before it is first seen. */
export function Working({ list, round = 0, done }: { list?: string; round?: number; done: () => void }) {
  const wanted = account.value !== null
  const loaded = useLoad(
    async (stop) => (wanted ? (await api("GET /tasks", { query: { limit: 20 }, signal: stop })).tasks : []),
    [round],
  )
  const all = (loaded.value ?? []).filter((each) => each.kind.startsWith("lists."))
  const mine = all.filter((each) => !list || listOf(each) === list)
  const running = mine.filter(isRunning)
  usePoll(running.length > 0, loaded.reload)
  const known = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    if (!loaded.value) return
    const before = known.current
    known.current = new Set(all.filter((each) => !isRunning(each)).map((each) => each.id))
    const ended = before ? mine.filter((each) => !isRunning(each) && !before.has(each.id)) : []
    for (const each of ended)
      toast(t(each.phase === "done" ? "lists.task_done" : "lists.task_failed", { list: listOf(each) }))
    if (ended.length) done()
  }, [loaded.value])
  const last = mine[0]
  return (
    <div aria-live="polite">
      {running.map((each) => (
        <Running key={each.id} task={each} reload={loaded.reload} />
      ))}
      {last?.phase === "failed" && (
        <Note tone="bad">
          <p class="strong">{t("lists.task_failed", { list: listOf(last) })}</p>
          <p>
            <bdi lang="en" dir="ltr">
              {last.error}
            </bdi>
          </p>
        </Note>
      )}
    </div>
  )
}
