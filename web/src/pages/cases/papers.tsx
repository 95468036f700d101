/* What leaves the house: the case file, and the report to the authority. */
import { addressOf, fill } from "../../api/client"
import { Icon } from "../../parts/icons"
import { to } from "../../shell/router"
import { may } from "../../shell/session"
import { language, languages, languageTitles, t } from "../../text/messages"
import type { CaseWhole } from "../../work/cases"

export function Papers({ of }: { of: CaseWhole }) {
  const file = (each: string) => addressOf(fill("/cases/{id}/file", { id: of.id }), { language: each })
  const matched = of.alert_list.some((each) => each.disposition === "true-match" && each.phase === "decided")
  return (
    <section class="panel" aria-label={t("papers.title")}>
      <h2>{t("papers.title")}</h2>
      <p class="row">
        <Icon name="lists" />
        <a href={file(language.value)} target="_blank">
          {t("papers.file")}
        </a>
        {languages
          .filter((each) => each !== language.value)
          .map((each) => (
            <a key={each} class="small" href={file(each)} target="_blank" lang={each}>
              {languageTitles[each]}
            </a>
          ))}
      </p>
      {matched && may("reports") && (
        <p class="row">
          <Icon name="download" />
          <a href={to(`cases/${of.id}/goaml`)}>{t("papers.goaml")}</a>
        </p>
      )}
    </section>
  )
}
