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

/* Tasks about lists, of this one or of all; `done` is called when one has ended. `round` changes when one was begun. */
export function Working({ list, round = 0, done }: { list?: string; round?: number; done: () => void }) {
  const wanted = account.value !== null
  const loaded = useLoad(
    async (stop) => (wanted ? (await api("GET /tasks", { query: { limit: 20 }, signal: stop })).tasks : []),
    [round],
  )
  const mine = (loaded.value ?? []).filter((each) => each.kind.startsWith("lists.") && (!list || each.object === list))
  const running = mine.filter(isRunning)
  usePoll(running.length > 0, loaded.reload)
  const before = useRef<readonly Task[]>([])
  useEffect(() => {
    const ended = mine.filter((each) => !isRunning(each) && before.current.some((old) => old.id === each.id))
    before.current = running
    for (const each of ended)
      toast(t(each.phase === "done" ? "lists.task_done" : "lists.task_failed", { list: each.object }))
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
          <p class="strong">{t("lists.task_failed", { list: last.object })}</p>
          <p dir="auto">{last.error}</p>
        </Note>
      )}
    </div>
  )
}
