/* Addresses: each screen has one, and so have its filters, which are parameters behind "?". No personal data stands in an
 * address: what is typed of a person stays in the memory of the page. */
import { computed, signal } from "@preact/signals"

export const PREFIX = "/app"

const here = signal(new URL(location.href))
/* Without the prefix and its slash: "entities/un-123". */
export const path = computed(() => here.value.pathname.slice(PREFIX.length + 1).replace(/\/+$/, ""))
export const search = computed(() => here.value.searchParams)
/* Changes when another screen is shown, not when a filter changes. */
export const arrival = signal(0)

export const to = (screen: string, query: Record<string, string | undefined> = {}): string => {
  const given = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1])
  const text = new URLSearchParams(given).toString()
  return `${PREFIX}/${screen}${text ? `?${text}` : ""}`
}

function arrive(): void {
  const before = here.value.pathname
  here.value = new URL(location.href)
  if (here.value.pathname !== before) arrival.value++
}

export function go(address: string, replace = false): void {
  history[replace ? "replaceState" : "pushState"](null, "", address)
  arrive()
}

/* A filter of the screen: it is read from the address and written there, and "back" does not go through each letter. */
export const parameter = (name: string): string => search.value.get(name) ?? ""
export function setParameters(values: Record<string, string | undefined>): void {
  const next = new URL(here.value)
  for (const [name, value] of Object.entries(values))
    value ? next.searchParams.set(name, value) : next.searchParams.delete(name)
  go(next.pathname + next.search, true)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/* The values of {names} when the path fits the pattern: match("entities/{id}", "entities/un-1") */
export function match(pattern: string, given: string): Record<string, string> | null {
  const wanted = pattern.split("/"),
    parts = given.split("/")
  if (wanted.length !== parts.length) return null
  const found: Record<string, string> = {}
  for (const [at, each] of wanted.entries()) {
    const part = decoded(parts[at] ?? "")
    if (each.startsWith("{")) found[each.slice(1, -1)] = part
    else if (each !== part) return null
  }
  return found
}

/* Links to screens are plain links; a plain click on one is taken without loading the page anew. */
function take(event: MouseEvent): void {
  const link = (event.target as Element).closest?.("a")
  if (
    !link ||
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return
  if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return
  if (link.pathname !== PREFIX && !link.pathname.startsWith(`${PREFIX}/`)) return
  if (link.hash && link.pathname === location.pathname) return
  event.preventDefault()
  go(link.pathname + link.search + link.hash)
  scrollTo(0, 0)
}

export function startRouter(): void {
  addEventListener("popstate", arrive)
  addEventListener("click", take)
}
