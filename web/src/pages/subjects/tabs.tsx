/* The screens of the register, one beside the other. */
import { path, to } from "../../shell/router"
import { t } from "../../text/messages"

const SCREENS = [
  ["subjects", "subjects.register"],
  ["subjects/imports", "imports.title"],
  ["subjects/sources", "sources.title"],
  ["subjects/watch", "watch.title"],
] as const

export function Tabs() {
  return (
    <div class="tabs" role="group" aria-label={t("subjects.title")}>
      {SCREENS.map(([address, title]) => (
        <a key={address} href={to(address)} aria-current={path.value === address ? "true" : undefined}>
          {t(title)}
        </a>
      ))}
    </div>
  )
}
