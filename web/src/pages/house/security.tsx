/* The page that audits the service's own settings: what is well, what is not, and what to do. */
import { ask } from "../../api/client"
import { useLoad } from "../../api/load"
import { Badge } from "../../parts/basic"
import type { Tone } from "../../parts/basic"
import type { IconName } from "../../parts/icons"
import { Page } from "../../parts/page"
import { Note, Show } from "../../parts/state"
import { language, t } from "../../text/messages"
import type { Language } from "../../text/messages"

type State = "bad" | "warning" | "unknown" | "good"
type Texts = string | Record<Language, string>
type Check = { id: string; state: State; what: Texts; remedy?: Texts | null }

const order: readonly State[] = ["bad", "warning", "unknown", "good"]
const tones: Record<State, Tone> = { bad: "bad", warning: "warning", unknown: "plain", good: "good" }
const icons: Record<State, IconName> = { bad: "warning", warning: "warning", unknown: "info", good: "check" }
const said = (texts: Texts): string => (typeof texts === "string" ? texts : texts[language.value])

export default function SecurityPage() {
  const loaded = useLoad((stop) => ask<{ checks: Check[] }>("GET", "/service/security", { signal: stop }), [])
  return (
    <Page title={t("security.title")} lead={t("security.lead")}>
      <Show of={loaded}>
        {({ checks }) => {
          const open = checks.filter((each) => each.state === "bad" || each.state === "warning").length
          return (
            <>
              <Note tone={open ? "warning" : "good"}>
                {open ? t("security.open", { n: open }) : t("security.all_good")}
              </Note>
              <ul class="checks">
                {order
                  .flatMap((state) => checks.filter((each) => each.state === state))
                  .map((each) => (
                    <li key={each.id} class="panel">
                      <Badge tone={tones[each.state]} icon={icons[each.state]}>
                        {t(`security.${each.state}`)}
                      </Badge>
                      <div>
                        <p dir="auto">{said(each.what)}</p>
                        {each.remedy && each.state !== "good" && (
                          <p class="dim" dir="auto">
                            {said(each.remedy)}
                          </p>
                        )}
                      </div>
                    </li>
                  ))}
              </ul>
            </>
          )
        }}
      </Show>
    </Page>
  )
}
