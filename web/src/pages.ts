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
  nav?: { group: Group; icon: IconName; keys?: string }
}

export const pages: readonly PageEntry[] = [
  {
    path: "lists",
    rights: ["lists.read"],
    title: "lists.title",
    load: () => import("./pages/lists/lists"),
    nav: { group: "lists", icon: "lists", keys: "l" },
  },
  { path: "account", rights: ["account.own"], title: "account.title", load: () => import("./pages/account/account") },
]

export const loadScreen = async (entry: PageEntry): Promise<Screen> => (await entry.load()).default as Screen
