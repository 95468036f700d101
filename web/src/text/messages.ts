/* What the pages say, in the language that the person chose.
 *
 * Each language is one file (en.ts, fr.ts, ar.ts), loaded when it is chosen. English is the first: what it has, the
 * others must have (the compiler sees to that), and what no page says is found by tools/messages.mjs. A message is a
 * text, or, where it counts something, an object with a text for each of its language's plural forms, chosen by {n}.
 *
 * What is put into a text is wrapped in the isolates of Unicode, so that an Arabic name in an English sentence, or a
 * Latin one in an Arabic, does not turn what stands around it. */
import { signal } from "@preact/signals"
import { Fragment, h } from "preact"
import type { ComponentChild, ComponentChildren, VNode } from "preact"

import type { en } from "./en"

export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>
export type MessageName = keyof typeof en
export type Messages = Record<MessageName, Message>

export const languages = ["ar", "fr", "en"] as const
export type Language = (typeof languages)[number]
export const languageTitles: Record<Language, string> = { ar: "العربية", fr: "Français", en: "English" }

const KEPT = "mizan.language"
const loaders: Record<Language, () => Promise<Messages>> = {
  ar: async () => (await import("./ar")).ar,
  fr: async () => (await import("./fr")).fr,
  en: async () => (await import("./en")).en,
}

/* Both change at once, when the messages are there. */
export const language = signal<Language>("en")
const messages = signal<Messages | null>(null)

/* What properties are called comes from the service, which has it for commands, too; where it cannot be had, they are
 * called by the service's own words. */
async function properties(chosen: Language): Promise<Record<string, string>> {
  try {
    const told = await fetch(`/api/v1/words/properties?language=${chosen}`)
    const { words } = (await told.json()) as { words: { word: string; title: string }[] }
    const heading = (text: string) => text.replace(/^./u, (letter) => letter.toLocaleUpperCase())
    return Object.fromEntries(words.map(({ word, title }) => [`property.${word}`, heading(title)]))
  } catch {
    return {}
  }
}

export async function chooseLanguage(chosen: Language, keep = true): Promise<void> {
  const [own, words] = await Promise.all([loaders[chosen](), properties(chosen)])
  const loaded = { ...own, ...words }
  if (keep) localStorage.setItem(KEPT, chosen)
  language.value = chosen
  messages.value = loaded
  document.documentElement.lang = chosen
  document.documentElement.dir = chosen === "ar" ? "rtl" : "ltr"
}

const isLanguage = (text: string | null): text is Language => languages.includes(text as Language)
/* What was chosen in this browser, whatever else is known of the person. */
export function keptLanguage(): Language | null {
  const kept = localStorage.getItem(KEPT)
  return isLanguage(kept) ? kept : null
}
export const browserLanguage = (): Language =>
  navigator.languages.map((each) => each.slice(0, 2)).find(isLanguage) ?? "en"

/* Latin digits also in Arabic, as Morocco writes them. */
export const locale = (): string => ({ ar: "ar-MA-u-nu-latn", fr: "fr-MA-u-nu-latn", en: "en-GB" })[language.value]

const FIRST_ISOLATE = "\u2068",
  LAST_ISOLATE = "\u2069"
type Values = Record<string, string | number>

/* The text of a message whose {n}, if it has one, is so many. */
function chosenText(name: MessageName, count: unknown): string {
  const message = messages.value?.[name]
  if (message === undefined) return name
  if (typeof message === "string") return message
  const form = new Intl.PluralRules(locale()).select(Number(count ?? 0))
  return message[form] ?? message.other ?? name
}

export const isolated = (text: string): string => FIRST_ISOLATE + text + LAST_ISOLATE

const shown = (value: string | number): string =>
  typeof value === "number" ? new Intl.NumberFormat(locale()).format(value) : isolated(value)

/* t("lists.count", {n: 3}) */
export function t(name: MessageName, values: Values = {}): string {
  return chosenText(name, values.n).replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = values[key]
    return value === undefined ? whole : shown(value)
  })
}

/* The same with elements in it: tx("case.assigned", {name: <Name …/>}) */
export function tx(name: MessageName, values: Record<string, ComponentChild>): VNode {
  const parts: ComponentChildren[] = chosenText(name, values.n)
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 ? (values[part] ?? "") : part))
  return h(Fragment, null, ...parts)
}

/* Whether there is such a message: for words of the service, of which tomorrow's may have more. */
export const hasMessage = (name: string): name is MessageName => messages.value !== null && name in messages.value
/* The message of a family for a word of the service; the word itself where there is none. */
export function word(family: string, key: string): string {
  const name = `${family}.${key}`
  return hasMessage(name) ? t(name) : key
}
