/* The screens: one line each. A screen is offered to whoever has all of its rights.
 *
 * `nav` puts it into the navigation, in the order of this table; `keys` is the second key behind "g". The address may have
 * {names}, which the screen gets as its properties. web/README.md tells how to add one. */
import type { ComponentType } from "preact"

import type { Right } from "./api/shapes"
import type { IconName } from "./parts/icons"
import * as screens from "./screens"
import type { MessageName } from "./text/messages"

type Screen = ComponentType<Record<string, string>>
export type Group = "work" | "lists" | "proof" | "house"

export type PageEntry = {
  path: string
  rights: readonly Right[]
  screen: keyof typeof import("./screens")
  title: MessageName
  under?: string // the screen of the navigation that it belongs to, where its address does not say so
  nav?: { group: Group; icon: IconName; keys?: string }
}

export const pages: readonly PageEntry[] = [
  {
    path: "screen",
    rights: ["screen"],
    title: "screen.title",
    screen: "Screening",
    nav: { group: "work", icon: "screen", keys: "f" },
  },
  {
    path: "queue",
    rights: ["cases.read"],
    title: "queue.title",
    screen: "Queue",
    nav: { group: "work", icon: "queue", keys: "q" },
  },
  { path: "mentions", rights: ["cases.read"], title: "mentions.title", screen: "Mentions", under: "queue" },
  { path: "cases/{id}", rights: ["cases.read"], title: "case.title", screen: "Case", under: "queue" },
  {
    path: "cases/{id}/goaml",
    rights: ["reports", "cases.read"],
    title: "papers.goaml",
    screen: "Goaml",
    under: "queue",
  },
  {
    path: "subjects",
    rights: ["subjects.read"],
    title: "subjects.title",
    screen: "Subjects",
    nav: { group: "work", icon: "subjects", keys: "s" },
  },
  { path: "subjects/new", rights: ["subjects.change"], title: "subjects.add", screen: "AddSubject" },
  { path: "subjects/imports", rights: ["subjects.read"], title: "imports.title", screen: "Imports" },
  { path: "subjects/imports/new", rights: ["subjects.change"], title: "imports.new", screen: "NewImport" },
  { path: "subjects/imports/{id}", rights: ["subjects.read"], title: "imports.one", screen: "Import" },
  { path: "subjects/sources", rights: ["subjects.read"], title: "sources.title", screen: "Sources" },
  { path: "subjects/watch", rights: ["subjects.read"], title: "watch.title", screen: "Watch" },
  { path: "subjects/{id}", rights: ["subjects.read"], title: "subjects.one", screen: "Subject" },
  {
    path: "clearances",
    rights: ["cases.read"],
    title: "clearances.title",
    screen: "Clearances",
    nav: { group: "work", icon: "clearances", keys: "c" },
  },
  { path: "clearances/{id}", rights: ["cases.read"], title: "clearances.one", screen: "Clearance" },
  {
    path: "lists",
    rights: ["lists.read"],
    title: "lists.title",
    screen: "Lists",
    nav: { group: "lists", icon: "lists", keys: "l" },
  },
  { path: "lists/{list}", rights: ["lists.read"], title: "lists.title", screen: "List" },
  { path: "entities/{id}", rights: ["lists.read"], title: "entity.facts", screen: "Entity", under: "screen" },
  {
    path: "figures",
    rights: ["reports"],
    title: "figures.title",
    screen: "Figures",
    nav: { group: "proof", icon: "balance", keys: "b" },
  },
  {
    path: "effectiveness",
    rights: ["reports"],
    title: "effectiveness.title",
    screen: "Effectiveness",
    nav: { group: "proof", icon: "chart", keys: "e" },
  },
  {
    path: "audit",
    rights: ["audit"],
    title: "audit.title",
    screen: "Audit",
    nav: { group: "proof", icon: "audit", keys: "a" },
  },
  { path: "audit/{number}", rights: ["audit"], title: "audit.title", screen: "Entry" },
  {
    path: "people",
    rights: ["people.read"],
    title: "people.title",
    screen: "People",
    nav: { group: "house", icon: "person", keys: "p" },
  },
  {
    path: "keys",
    rights: ["people.read"],
    title: "keys.title",
    screen: "Keys",
    nav: { group: "house", icon: "link", keys: "k" },
  },
  {
    path: "agency",
    rights: ["people.read"],
    title: "agency.title",
    screen: "Agency",
    nav: { group: "house", icon: "info" },
  },
  {
    path: "rules",
    rights: ["cases.settings"],
    title: "rules.title",
    screen: "Rules",
    nav: { group: "house", icon: "settings", keys: "r" },
  },
  {
    path: "goaml",
    rights: ["cases.settings", "reports"],
    title: "goaml.settings",
    screen: "GoamlSettings",
    nav: { group: "house", icon: "link" },
  },
  {
    path: "policies",
    rights: ["people.read"],
    title: "policies.title",
    screen: "Policies",
    nav: { group: "house", icon: "balance" },
  },
  {
    path: "security",
    rights: ["people.read"],
    title: "security.title",
    screen: "Security",
    nav: { group: "house", icon: "warning" },
  },
  { path: "account", rights: ["account.own"], title: "account.title", screen: "Account" },
]

/* All screens are in the one script: apart they would weigh more, all the more one by one. */
export const loadScreen = async (entry: PageEntry): Promise<Screen> => screens[entry.screen] as Screen
