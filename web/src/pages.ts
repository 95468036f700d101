/* The screens: one line each. A screen is offered to whoever has all of its rights; its file is loaded when it is opened.
 *
 * `nav` puts it into the navigation, in the order of this table; `keys` is the second key behind "g". The address may have
 * {names}, which the screen gets as its properties. web/README.md tells how to add one. */
import type { ComponentType } from "preact"

import type { Right } from "./api/shapes"
import type { IconName } from "./parts/icons"
import type { MessageName } from "./text/messages"

type Screen = ComponentType<Record<string, string>>
export type Group = "work" | "lists" | "proof" | "house"

export type PageEntry = {
  path: string
  rights: readonly Right[]
  load: () => Promise<{ default: unknown }>
  title: MessageName
  under?: string // the screen of the navigation that it belongs to, where its address does not say so
  nav?: { group: Group; icon: IconName; keys?: string }
}

/* Screens of one room come in one file: a file for each would be many small ones, which pack badly. */
const work = (screen: keyof typeof import("./pages/work")) => async () => ({
  default: (await import("./pages/work"))[screen],
})

const proof = (screen: keyof typeof import("./pages/proof")) => async () => ({
  default: (await import("./pages/proof"))[screen],
})
const house = (screen: keyof typeof import("./pages/house")) => async () => ({
  default: (await import("./pages/house"))[screen],
})

export const pages: readonly PageEntry[] = [
  {
    path: "screen",
    rights: ["screen"],
    title: "screen.title",
    load: () => import("./pages/screen/screen"),
    nav: { group: "work", icon: "screen", keys: "f" },
  },
  {
    path: "queue",
    rights: ["cases.read"],
    title: "queue.title",
    load: work("Queue"),
    nav: { group: "work", icon: "queue", keys: "q" },
  },
  { path: "mentions", rights: ["cases.read"], title: "mentions.title", load: work("Mentions"), under: "queue" },
  { path: "cases/{id}", rights: ["cases.read"], title: "case.title", load: work("Case"), under: "queue" },
  {
    path: "subjects",
    rights: ["subjects.read"],
    title: "subjects.title",
    load: work("Subjects"),
    nav: { group: "work", icon: "subjects", keys: "s" },
  },
  { path: "subjects/new", rights: ["subjects.change"], title: "subjects.add", load: work("AddSubject") },
  { path: "subjects/imports", rights: ["subjects.read"], title: "imports.title", load: work("Imports") },
  { path: "subjects/imports/new", rights: ["subjects.change"], title: "imports.new", load: work("NewImport") },
  { path: "subjects/imports/{id}", rights: ["subjects.read"], title: "imports.one", load: work("Import") },
  { path: "subjects/sources", rights: ["subjects.read"], title: "sources.title", load: work("Sources") },
  { path: "subjects/watch", rights: ["subjects.read"], title: "watch.title", load: work("Watch") },
  { path: "subjects/{id}", rights: ["subjects.read"], title: "subjects.one", load: work("Subject") },
  {
    path: "clearances",
    rights: ["cases.read"],
    title: "clearances.title",
    load: work("Clearances"),
    nav: { group: "work", icon: "clearances", keys: "c" },
  },
  { path: "clearances/{id}", rights: ["cases.read"], title: "clearances.one", load: work("Clearance") },
  {
    path: "lists",
    rights: ["lists.read"],
    title: "lists.title",
    load: () => import("./pages/lists/lists"),
    nav: { group: "lists", icon: "lists", keys: "l" },
  },
  {
    path: "lists",
    rights: ["lists.read"],
    title: "lists.title",
    load: () => import("./pages/lists/lists"),
    nav: { group: "lists", icon: "lists", keys: "l" },
  },
  {
    path: "figures",
    rights: ["reports"],
    title: "figures.title",
    load: proof("Figures"),
    nav: { group: "proof", icon: "balance", keys: "b" },
  },
  {
    path: "effectiveness",
    rights: ["reports"],
    title: "effectiveness.title",
    load: proof("Effectiveness"),
    nav: { group: "proof", icon: "chart", keys: "e" },
  },
  {
    path: "audit",
    rights: ["audit"],
    title: "audit.title",
    load: proof("Audit"),
    nav: { group: "proof", icon: "audit", keys: "a" },
  },
  { path: "audit/{number}", rights: ["audit"], title: "audit.title", load: proof("Entry") },
  {
    path: "people",
    rights: ["people.read"],
    title: "people.title",
    load: house("People"),
    nav: { group: "house", icon: "person", keys: "p" },
  },
  {
    path: "keys",
    rights: ["people.read"],
    title: "keys.title",
    load: house("Keys"),
    nav: { group: "house", icon: "link", keys: "k" },
  },
  {
    path: "agency",
    rights: ["people.read"],
    title: "agency.title",
    load: house("Agency"),
    nav: { group: "house", icon: "info" },
  },
  {
    path: "rules",
    rights: ["cases.settings"],
    title: "rules.title",
    load: house("Rules"),
    nav: { group: "house", icon: "settings", keys: "r" },
  },
  {
    path: "security",
    rights: ["people.read"],
    title: "security.title",
    load: house("Security"),
    nav: { group: "house", icon: "warning" },
  },
  { path: "account", rights: ["account.own"], title: "account.title", load: () => import("./pages/account/account") },
]

export const loadScreen = async (entry: PageEntry): Promise<Screen> => (await entry.load()).default as Screen
