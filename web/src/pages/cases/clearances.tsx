/* The clearances that rest on the decisions of a case. */
import { useLoad } from "../../api/load"
import { Badge, Name, Time } from "../../parts/basic"
import { Section } from "../../parts/page"
import { to } from "../../shell/router"
import { t, word } from "../../text/messages"
import { readClearances } from "../../work/cases"
import type { CaseWhole } from "../../work/cases"

export function Clearances({ of }: { of: CaseWhole }) {
  const loaded = useLoad(
    async (stop) => {
      if (!of.decisions.some((each) => each.disposition === "false-positive")) return []
      return (await readClearances({ case: of.id, state: "all" }, undefined, stop)).clearances
    },
    [of.version],
  )
  if (!loaded.value?.length) return null
  return (
    <Section title={t("clearances.title")}>
      <ul class="files">
        {loaded.value.map((each) => (
          <li key={each.id} class="row">
            <Badge tone={each.state === "valid" ? "good" : "plain"}>{word("clearance", each.state)}</Badge>
            <a href={to(`clearances/${each.id}`)}>
              <Name text={each.caption} />
            </a>
            {each.ends && (
              <span class="dim small">
                {t("clearances.ends")} <Time at={each.ends} as="day" />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
