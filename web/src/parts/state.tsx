/* What stands where there is nothing yet, nothing at all, or something went wrong: in the place where it would be. */
import type { ComponentChildren } from "preact"

import { Problem } from "../api/client"
import type { Loaded } from "../api/load"
import { PREFIX } from "../shell/router"
import { hasMessage, t } from "../text/messages"
import { Button } from "./basic"
import { Icon } from "./icons"
import type { IconName } from "./icons"

export function Loading() {
  return (
    <p class="loading" role="status">
      {t("state.loading")}
    </p>
  )
}

/* A problem, what can be done about it, and a button to try again where that may help: what is not there does not come
 * by asking again. The service's own sentences are English, for which the page has none in its language. */
export function ProblemNote({ problem, retry }: { problem: Problem | null; retry?: () => void }) {
  if (!problem) return null
  const family = `problem.${problem.status}`
  const coded = `problem.code.${String(problem.more.code)}`
  return (
    <div class="note bad" role="alert">
      <Icon name="warning" />
      <div>
        <p class="strong">{hasMessage(family) ? t(family) : t("problem.any")}</p>
        {hasMessage(coded) ? (
          <p>{t(coded)}</p>
        ) : (
          problem.detail && (
            <p>
              <bdi lang="en" dir="ltr">
                {problem.detail}
              </bdi>
            </p>
          )
        )}
        {problem.requestId && <p class="dim small">{t("problem.request", { id: problem.requestId })}</p>}
        {retry && (
          <p>
            {problem.status === 404 ? (
              <a href={PREFIX}>{t("absent.home")}</a>
            ) : (
              <Button icon="refresh" onClick={retry}>
                {t("action.retry")}
              </Button>
            )}
          </p>
        )}
      </div>
    </div>
  )
}

/* An empty state teaches: what would stand here, and how it comes about. */
export function Empty({
  icon = "info",
  title,
  children,
}: {
  icon?: IconName
  title: string
  children?: ComponentChildren
}) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="strong">{title}</p>
      {children}
    </div>
  )
}

export function Note({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "good" | "warning" | "bad"
  children: ComponentChildren
}) {
  return (
    <div class={`note ${tone}`}>
      <Icon name={tone === "good" ? "check" : tone === "plain" ? "info" : "warning"} />
      <div>{children}</div>
    </div>
  )
}

/* What was read, or why it is not there. */
export function Show<Value>({ of, children }: { of: Loaded<Value>; children: (value: Value) => ComponentChildren }) {
  return (
    <>
      <ProblemNote problem={of.problem} retry={of.reload} />
      {of.value !== undefined ? (
        <div class={of.loading ? "reloading" : ""} aria-busy={of.loading}>
          {children(of.value)}
        </div>
      ) : (
        of.loading && <Loading />
      )}
    </>
  )
}
