/* What words of the service are called: there are many, so they come from it, in the language of the page. */
import { api } from "../api/client"
import { useLoad } from "../api/load"
import { Badge, Name } from "../parts/basic"
import { language, t, word } from "../text/messages"

export function useTold(family: "audit" | "effectiveness") {
  const { value } = useLoad(
    (signal) => api("GET /words/{family}", { place: { family }, query: { language: language.value }, signal }),
    [language.value],
  )
  const words = value?.words ?? []
  const title = (key: string): string => words.find((each) => each.word === key)?.title ?? (value ? key : "")
  return { words, title }
}

/* Who did something, and how, where it was not at a page. */
export function Actor({ of }: { of: { actor: { name: string } | null; actor_kind: string } }) {
  const how = of.actor_kind === "command" ? t("actor.by_command") : of.actor_kind === "key" && t("actor.key")
  return of.actor?.name ? (
    <>
      <Name text={of.actor.name} /> {how && <Badge>{how}</Badge>}
    </>
  ) : (
    <>{of.actor_kind ? word("actor", of.actor_kind) : "—"}</>
  )
}
