/* Who is at the page, and what they may. */
import { computed, signal } from "@preact/signals"

import { api, csrf, renewal, signedIn } from "../api/client"
import type { Account, Right, Who } from "../api/shapes"
import { browserLanguage, chooseLanguage, keptLanguage } from "../text/messages"

export const who = signal<Who | null>(null)
export const account = computed<Account | null>(() => who.value?.account ?? null)
export const may = (right: Right): boolean => who.value?.rights.includes(right) ?? false
export const mayAll = (rights: readonly Right[]): boolean => rights.every(may)

/* Something is to be done before anything else is allowed. */
export const pending = computed<"password" | "second-factor" | null>(() => {
  if (account.value?.must_change_password) return "password"
  return account.value?.must_add_second_factor ? "second-factor" : null
})

async function take(told: Who): Promise<void> {
  csrf.value = told.account?.csrf ?? ""
  signedIn.value = told.kind === "person"
  who.value = told
  const own = told.account?.person.language
  if (!keptLanguage() && own) await chooseLanguage(own, false)
}

export async function learnWho(): Promise<void> {
  await take(await api("GET /who"))
}

renewal.run = async () => {
  const token = csrf.value
  const person = account.value?.person.id
  const told = await api("GET /who")
  if (told.kind !== "person") return "ended"
  if (told.account?.person.id !== person) location.assign("/app") // somebody else signed in elsewhere
  await take(told)
  return csrf.value === token ? "same" : "renewed"
}

export async function startLanguage(): Promise<void> {
  await chooseLanguage(keptLanguage() ?? browserLanguage(), false)
}

/* After a sign-in, or a change of the own account. */
export const takeAccount = (told: Account): Promise<void> =>
  take({ kind: "person", sign_in: true, rights: told.rights, account: told })

export async function signOut(): Promise<void> {
  await api("DELETE /session")
  signedIn.value = false
  location.assign("/app") // whatever was on the screen goes
}
